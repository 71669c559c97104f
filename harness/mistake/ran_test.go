package mistake

import (
	"slices"
	"strings"
	"testing"
)

// A program that is only warned about is run all the same, and one that was refused is run after its edit.
func TestRuns(t *testing.T) {
	warned := func(ordinary, tested Outcome) Program {
		return Program{Steps: []Step{{Name: Build, Outcome: Warned}, {Name: Clippy, Outcome: Found}, {Name: Debug, Outcome: tested}, {Name: Release, Outcome: ordinary}}}
	}
	refused := func(edited *Program) Program {
		return Program{Steps: []Step{{Name: Build, Outcome: Rejected}}, Edited: edited}
	}
	edited := func(p Program) Program { return refused(&p) }
	s := Study{Defects: []Result{
		{ID: "a", Class: "memory", Rust: warned(Silent, Stopped), Go: program(FateSilent)},       // warned, tested
		{ID: "b", Class: "memory", Rust: edited(warned(Silent, Silent)), Go: program(FateGone)},  // both, silent
		{ID: "c", Class: "memory", Rust: edited(warned(Right, Right)), Go: program(FateStopped)}, // refused, gone: nothing is left to be warned about
		{ID: "d", Class: "memory", Rust: edited(program(FateStopped)), Go: program(FateVetted)},  // refused, stopped
		{ID: "e", Class: "memory", Rust: refused(nil), Go: program(FateSilent)},                  // the study keeps no edited program
		{ID: "f", Class: "types", Rust: edited(program(FateHung)), Go: program(FateWarned)},      // of another class
	}}
	want := []RunCount{{FateGone, 1, 0}, {FateStopped, 1, 0}, {FateTested, 0, 1}, {FateSilent, 1, 1}, {FateUnknown, 1, 0}}
	if got := s.Runs([]string{"memory"}, Rust); !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := s.Runs([]string{"memory"}, Go); !slices.Equal(got, []RunCount{{FateStopped, 0, 1}}) {
		t.Errorf("of Go: %+v", got)
	}
	if got := s.Runs(nil, Rust); len(got) != 6 || got[3] != (RunCount{FateHung, 1, 0}) {
		t.Errorf("of all: %+v", got)
	}
}

// A question says what is counted: tools that warn notice a mistake and don't stop its program, and the bar of errors says that it is of these.
func TestQuestionsSayWhatIsCounted(t *testing.T) {
	for bar, want := range map[Bar]string{
		BarShipped:  "rustc with clippy notices more of the same mistakes before they run than go build with go vet",
		BarCompiler: "by errors alone, rustc notices more of the same mistakes before they run than go build",
	} {
		if got := (Question{X: Rust, Y: Go, Bar: bar}).String(); got != want || strings.Contains(got, "stop") {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
