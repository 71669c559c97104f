package verdict

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/mistake"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/trial"
)

// studyOf has so many mistakes that only Rust's compiler rejects, only Go's, and that run silently in both.
func studyOf(t *testing.T, rust, golang, silent int) json.RawMessage {
	t.Helper()
	program := func(outcome mistake.Outcome, runs ...string) mistake.Program {
		p := mistake.Program{Steps: []mistake.Step{{Name: mistake.Build, Outcome: outcome}}}
		if outcome == mistake.Rejected {
			p.Edited = &mistake.Program{Steps: []mistake.Step{{Name: mistake.Build, Outcome: mistake.Rejected}}}
			return p
		}
		for _, name := range runs {
			p.Steps = append(p.Steps, mistake.Step{Name: name, Outcome: mistake.Silent})
		}
		return p
	}
	s := mistake.Study{Schema: mistake.Schema, Tools: []mistake.Tool{{Name: "rustc", Version: "1.95"}}}
	for i := range rust + golang + silent {
		r := mistake.Result{ID: fmt.Sprint("m", i), Class: "memory", Go: program(mistake.Passed, mistake.Run, mistake.Race), Rust: program(mistake.Passed, mistake.Debug, mistake.Release)}
		switch {
		case i < rust:
			r.Rust = program(mistake.Rejected)
		case i < rust+golang:
			r.Go = program(mistake.Rejected)
		}
		s.Defects = append(s.Defects, r)
	}
	body, err := s.JSON()
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestStudyOfDefects(t *testing.T) {
	for _, c := range []struct {
		rust, golang int
		want         Verdict
		reason       string
	}{
		{5, 2, Supported, "of all 5 against 2 of 10"},
		{2, 5, Refuted, "of all 2 against 5 of 10"},
		{3, 2, Inconclusive, "at the least with one dropped 2 against 2 of 9"},
	} {
		s := newSynthetic(5).claims(claim.Reading{Shape: claim.Studied, Study: claim.Defects, X: mistake.Rust, Y: mistake.Go})
		j := JudgeWith(s.plan, Studies{claim.Defects: studyOf(t, c.rust, c.golang, 10-c.rust-c.golang)}, s.run(nil).records)
		r := reading(t, j, 0)
		if r.Verdict != c.want || !strings.Contains(r.Reason, c.reason) || len(r.Defects.Views) != 4 || len(r.Defects.ByClass) != 1 || r.Rule == "" || r.WouldChange == "" {
			t.Errorf("%d against %d: %s (%s) %+v", c.rust, c.golang, r.Verdict, r.Reason, r.Defects)
		}
		silent := 10 - c.rust - c.golang
		want := []DefectEnd{
			{"rejected", true, c.rust, c.golang, c.rust, c.golang}, {"silent", false, c.golang + silent, c.rust + silent, c.golang + silent, c.rust + silent},
		}
		if !slices.Equal(r.Defects.Ends, want) {
			t.Errorf("%d against %d end so: %+v, want %+v", c.rust, c.golang, r.Defects.Ends, want)
		}
		// The edited programs of this study were refused again, so that it holds no run of them.
		if want := []DefectRun{{"unknown", c.rust, c.golang, 0, 0}}; !slices.Equal(r.Defects.Runs, want) || len(r.Defects.ByErrors) != 4 {
			t.Errorf("run: %+v, want %+v; by errors %+v", r.Defects.Runs, want, r.Defects.ByErrors)
		}
		if !strings.HasPrefix(r.Reason, "noticed before they run, rust against go: ") || strings.Contains(r.Rule, "stop") {
			t.Errorf("%s; %s", r.Reason, r.Rule)
		}
		if j.FamilySize != 0 {
			t.Errorf("a study counts in the family of %d", j.FamilySize)
		}
	}
}

// The ends of a reading are of its classes alone, before and after the edit, and none of no mistake.
func TestEndsOfDefects(t *testing.T) {
	program := func(build, run mistake.Outcome) mistake.Program {
		return mistake.Program{Steps: []mistake.Step{{Name: mistake.Build, Outcome: build}, {Name: mistake.Run, Outcome: run}, {Name: mistake.Release, Outcome: run}}}
	}
	rejected := program(mistake.Rejected, mistake.Unreached)
	edited := program(mistake.Passed, mistake.Stopped)
	rejected.Edited = &edited
	s := mistake.Study{Defects: []mistake.Result{
		{ID: "a", Class: "memory", Go: program(mistake.Passed, mistake.Stopped), Rust: rejected},
		{ID: "b", Class: "memory", Go: program(mistake.Passed, mistake.Silent), Rust: program(mistake.Passed, mistake.Stopped)},
		{ID: "c", Class: "types", Go: program(mistake.Passed, mistake.Hung), Rust: program(mistake.Passed, mistake.Hung)},
	}}
	want := []DefectEnd{{"rejected", true, 1, 0, 0, 0}, {"stopped", false, 1, 1, 2, 1}, {"silent", false, 0, 1, 0, 1}}
	if got := defectEnds(s, mistake.Rust, mistake.Go, []string{"memory"}); !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := defectEnds(s, mistake.Rust, mistake.Go, nil); len(got) != 4 || got[2] != (DefectEnd{"hung", false, 1, 1, 1, 1}) {
		t.Errorf("of all: %+v", got)
	}
}

// Warnings decide, and errors alone stand beside: the programs of warnings run, and how they end is told.
func TestWarningsStandApartFromErrors(t *testing.T) {
	passed := mistake.Program{Steps: []mistake.Step{{Name: mistake.Build, Outcome: mistake.Passed}, {Name: mistake.Run, Outcome: mistake.Silent}, {Name: mistake.Race, Outcome: mistake.Silent}}}
	warned := mistake.Program{Steps: []mistake.Step{{Name: mistake.Build, Outcome: mistake.Warned}, {Name: mistake.Debug, Outcome: mistake.Stopped}, {Name: mistake.Release, Outcome: mistake.Stopped}}}
	study := mistake.Study{Schema: mistake.Schema}
	for i := range 3 {
		study.Defects = append(study.Defects, mistake.Result{ID: fmt.Sprint("m", i), Class: "memory", Go: passed, Rust: warned})
	}
	body, err := study.JSON()
	if err != nil {
		t.Fatal(err)
	}
	s := newSynthetic(5).claims(claim.Reading{Shape: claim.Studied, Study: claim.Defects, X: mistake.Rust, Y: mistake.Go})
	r := reading(t, JudgeWith(s.plan, Studies{claim.Defects: body}, nil), 0)
	if r.Verdict != Supported || r.Defects.Views[0].X != 3 || !r.Defects.Views[0].Holds {
		t.Errorf("%s (%s) %+v", r.Verdict, r.Reason, r.Defects)
	}
	if v := r.Defects.ByErrors[0]; v.Name != mistake.Whole || v.X != 0 || v.Y != 0 || v.Of != 3 || v.Holds {
		t.Errorf("by errors alone: %+v", r.Defects.ByErrors)
	}
	if want := []DefectRun{{"stopped", 0, 0, 3, 0}}; !slices.Equal(r.Defects.Runs, want) {
		t.Errorf("run: %+v, want %+v", r.Defects.Runs, want)
	}
}

func TestStudyOfConformance(t *testing.T) {
	for _, c := range []struct {
		found trial.Conformance
		want  Verdict
	}{
		{trial.Conformance{goServer: {Checked: 1145}, rustServer: {Checked: 1114}}, Supported},
		{trial.Conformance{goServer: {Checked: 1145}, rustServer: {Checked: 1114, Differences: 2}}, Refuted},
		{trial.Conformance{goServer: {Checked: 1145}}, NotMeasured},
	} {
		body, err := json.Marshal(c.found)
		if err != nil {
			t.Fatal(err)
		}
		s := newSynthetic(5).claims(claim.Reading{Shape: claim.Studied, Study: claim.Conformance})
		s.plan.Targets = []target.Target{{ID: goServer}, {ID: rustServer}}
		if r := reading(t, JudgeWith(s.plan, Studies{claim.Conformance: body}, nil), 0); r.Verdict != c.want || r.Reason == "" {
			t.Errorf("%+v: %s (%s), want %s", c.found, r.Verdict, r.Reason, c.want)
		}
	}
}

// A server that a reading names and the run did not ask leaves it unmeasured, whatever the others answer.
func TestConformanceOfATargetThatWasNotAsked(t *testing.T) {
	for _, c := range []struct {
		asked []string
		want  Verdict
	}{{[]string{rustServer}, NotMeasured}, {[]string{goServer}, NotMeasured}, {[]string{goServer, rustServer}, Supported}} {
		s := newSynthetic(5).claims(claim.Reading{Shape: claim.Studied, Study: claim.Conformance, X: rustServer, Y: goServer})
		s.plan.Targets = nil
		found := trial.Conformance{}
		for _, id := range c.asked {
			s.plan.Targets = append(s.plan.Targets, target.Target{ID: id})
			found[id] = trial.Conformity{Checked: 1548}
		}
		body, err := json.Marshal(found)
		if err != nil {
			t.Fatal(err)
		}
		r := reading(t, JudgeWith(s.plan, Studies{claim.Conformance: body}, nil), 0)
		missing := map[string]string{rustServer: goServer, goServer: rustServer}[c.asked[0]]
		if r.Verdict != c.want || c.want == NotMeasured && (!strings.Contains(r.Reason, "asked "+missing+" nothing") || r.WouldChange == "") {
			t.Errorf("asked %v: %s (%s), want %s", c.asked, r.Verdict, r.Reason, c.want)
		}
	}
}

// A language or class of which the study has no program is not judged by the programs of another.
func TestDefectsThatWereNotStudied(t *testing.T) {
	for want, r := range map[string]claim.Reading{
		`holds nothing of "zig"`:           {X: "zig", Y: mistake.Go},
		`holds nothing of "c"`:             {X: mistake.Rust, Y: "c"},
		`no mistake of the class "timing"`: {X: mistake.Rust, Y: mistake.Go, Classes: []string{"memory", "timing"}},
	} {
		r.Shape, r.Study = claim.Studied, claim.Defects
		s := newSynthetic(5).claims(r)
		if got := reading(t, JudgeWith(s.plan, Studies{claim.Defects: studyOf(t, 5, 2, 3)}, nil), 0); got.Verdict != NotMeasured || !strings.Contains(got.Reason, want) {
			t.Errorf("%s: %s (%s)", want, got.Verdict, got.Reason)
		}
	}
	s := newSynthetic(5).claims(claim.Reading{Shape: claim.Studied, Study: claim.Defects, X: mistake.Rust, Y: mistake.Go})
	if got := reading(t, JudgeWith(s.plan, Studies{claim.Defects: studyOf(t, 0, 0, 0)}, nil), 0); got.Verdict != NotMeasured {
		t.Errorf("without a mistake: %s (%s)", got.Verdict, got.Reason)
	}
}

// A study that is not there, is not in the plan or cannot be read gives no verdict, and says why.
func TestStudiesThatAreNotThere(t *testing.T) {
	r := claim.Reading{ID: "r", Shape: claim.Studied, Study: claim.Defects, X: mistake.Rust, Y: mistake.Go}
	for reason, studies := range map[string]Studies{
		"the run holds no study of defects":               nil,
		"not measured: clippy-driver is not in PATH":      {claim.Defects: json.RawMessage(`{"schema": 1, "missing": "clippy-driver is not in PATH; install it"}`)},
		"schema 99, this version reads 1":                 {claim.Defects: json.RawMessage(`{"schema": 99}`)},
		"study of defects: json: unknown field \"other\"": {claim.Defects: json.RawMessage(`{"other": 1}`)},
	} {
		s := newSynthetic(5).claims(r)
		if got := reading(t, JudgeWith(s.plan, studies, nil), 0); got.Verdict != NotMeasured || !strings.Contains(got.Reason, reason) {
			t.Errorf("%s: %s (%s)", reason, got.Verdict, got.Reason)
		}
	}
	s := newSynthetic(5).claims(r)
	s.plan.LeftOut = append(s.plan.LeftOut, plan.LeftOut{Claim: "c0", Reading: "r", Why: "the study of defects is not in the standard profile"})
	if got := reading(t, s.judge(), 0); got.Verdict != NotMeasured || !strings.Contains(got.Reason, "not in this plan: the study of defects") {
		t.Errorf("%s (%s)", got.Verdict, got.Reason)
	}
}
