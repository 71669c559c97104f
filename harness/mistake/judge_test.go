package mistake

import (
	"testing"
)

// program is one with the fate of a test's choice.
func program(f Fate) Program {
	steps := func(build, vet, static, run, race Outcome) Program {
		return Program{Steps: []Step{{Name: Build, Outcome: build}, {Name: Vet, Outcome: vet}, {Name: Staticcheck, Outcome: static}, {Name: Run, Outcome: run}, {Name: Race, Outcome: race}}}
	}
	switch f {
	case FateRejected:
		return Program{Steps: []Step{{Name: Build, Outcome: Rejected}}}
	case FateGone:
		return steps(Warned, Found, Found, Right, Right)
	case FateWarned:
		return steps(Warned, Found, Found, Silent, Stopped)
	case FateVetted:
		return steps(Passed, Found, Found, Stopped, Stopped)
	case FateLinted:
		return steps(Passed, Passed, Found, Stopped, Stopped)
	case FateStopped:
		return steps(Passed, Passed, Passed, Stopped, Stopped)
	case FateTested:
		return steps(Passed, Passed, Passed, Right, Stopped)
	case FateHung:
		return steps(Passed, Passed, Passed, Hung, Hung)
	}
	return steps(Passed, Passed, Passed, Silent, Silent)
}

func TestFate(t *testing.T) {
	for _, f := range Fates() {
		if got := program(f).Fate(); got != f {
			t.Errorf("%s, want %s", got, f)
		}
	}
	rust := Program{Steps: []Step{{Name: Build, Outcome: Passed}, {Name: Clippy, Outcome: Passed}, {Name: Debug, Outcome: Stopped}, {Name: Release, Outcome: Silent}}}
	if got := rust.Fate(); got != FateTested {
		t.Errorf("stopped in debug alone: %s", got)
	}
	edited := program(FateSilent)
	rejected := program(FateRejected)
	rejected.Edited = &edited
	if rejected.EditedFate() != FateSilent || rust.EditedFate() != FateTested {
		t.Error("the fate after the edit")
	}
}

func TestBars(t *testing.T) {
	for bar, want := range map[Bar]int{BarCompiler: 2, BarShipped: 4, BarAny: 5} {
		passes := 0
		for _, f := range Fates() {
			if bar.Passes(f) {
				passes++
			}
		}
		if passes != want {
			t.Errorf("%s passes %d fates, want %d", bar, passes, want)
		}
	}
}

// result has the two fates, and "gone" or what edited says after the edit of a rejected Rust program.
func result(id, class, related string, inGo, inRust, edited Fate) Result {
	r := Result{ID: id, Class: class, Related: related, Go: program(inGo), Rust: program(inRust)}
	if inRust == FateRejected {
		p := program(edited)
		r.Rust.Edited = &p
	}
	return r
}

func TestJudge(t *testing.T) {
	rust := func(id, related string) Result {
		return result(id, "memory", related, FateSilent, FateRejected, FateGone)
	}
	golang := func(id, related string) Result {
		return result(id, "types", related, FateVetted, FateSilent, "")
	}
	edited := func(id string) Result { return result(id, "memory", "", FateSilent, FateRejected, FateSilent) }
	for _, c := range []struct {
		name      string
		defects   []Result
		want      string
		holds     [4]bool // whole, drop-one, related-once, cheapest-edit
		wantOther string  // the same question the other way round
	}{
		{"nothing", nil, Inconclusive, [4]bool{}, Inconclusive},
		{"two more", []Result{rust("a", ""), rust("b", "")}, Supported, [4]bool{true, true, true, true}, Refuted},
		{"one more", []Result{rust("a", "")}, Inconclusive, [4]bool{true, false, true, true}, Refuted},
		{"as many", []Result{rust("a", ""), golang("b", "")}, Inconclusive, [4]bool{}, Inconclusive},
		{"related", []Result{rust("a", "x"), rust("b", "x"), rust("c", "x"), golang("d", "")}, Inconclusive, [4]bool{true, true, false, true}, Refuted},
		{"half of a group", []Result{rust("a", "x"), golang("b", "x"), rust("c", ""), rust("d", "")}, Supported, [4]bool{true, true, true, true}, Refuted},
		{"silent after the edit", []Result{edited("a"), edited("b")}, Inconclusive, [4]bool{true, true, true, false}, Refuted},
		{"fewer", []Result{golang("a", ""), golang("b", "")}, Refuted, [4]bool{}, Supported},
	} {
		s := Study{Defects: c.defects}
		a := Judge(s, Question{X: Rust, Y: Go, Bar: BarShipped})
		if a.Verdict != c.want {
			t.Errorf("%s: %s, want %s", c.name, a.Verdict, c.want)
		}
		for i, v := range a.Views {
			if v.Holds != c.holds[i] {
				t.Errorf("%s: %s holds: %v", c.name, v.Name, v.Holds)
			}
		}
		if got := Judge(s, Question{X: Go, Y: Rust, Bar: BarShipped}).Verdict; got != c.wantOther {
			t.Errorf("%s: the other way round %s, want %s", c.name, got, c.wantOther)
		}
	}
}

func TestJudgeOfClasses(t *testing.T) {
	s := Study{Defects: []Result{
		result("a", "memory", "", FateSilent, FateWarned, ""), result("b", "concurrency", "", FateSilent, FateVetted, ""),
		result("c", "types", "", FateRejected, FateSilent, ""), result("d", "types", "", FateWarned, FateSilent, ""),
	}}
	if got := Judge(s, Question{X: Rust, Y: Go, Bar: Headline}).Verdict; got != Inconclusive {
		t.Errorf("of all: %s", got)
	}
	if got := Judge(s, Question{X: Rust, Y: Go, Bar: Headline, Classes: Safety()}).Verdict; got != Supported {
		t.Errorf("of memory and concurrency: %s", got)
	}
	if got := Judge(s, Question{X: Rust, Y: Go, Bar: BarCompiler, Classes: Safety()}).Verdict; got == Supported {
		t.Errorf("by the compiler alone: %s", got)
	}
}

func TestDropOneNamesTheDefectThatCountsMost(t *testing.T) {
	s := Study{Defects: []Result{
		result("both", "memory", "", FateVetted, FateVetted, ""), result("one", "memory", "", FateSilent, FateWarned, ""), result("two", "memory", "", FateSilent, FateWarned, ""),
	}}
	v := Judge(s, Question{X: Rust, Y: Go, Bar: BarShipped}).Views[1]
	if v.Note != "one" || v.X != 2 || v.Y != 1 || v.Of != 2 {
		t.Errorf("%+v", v)
	}
}
