package verdict

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/trial"
)

// crossed is a study of two works over so many rounds, in which the border adds about so many ns and Rust so many seconds to a build.
func crossed(rounds int, nanos, seconds float64) trial.Together {
	out := trial.Together{Tools: []string{"go", "rustc"}, BytesWithout: 1000, BytesWith: 1500}
	for i := range 5 {
		out.Builds = append(out.Builds, trial.PairOfBuilds{WithoutSeconds: 0.2, WithSeconds: 0.2 + seconds + 0.01*float64(i%3-1)})
	}
	for round := 1; round <= rounds; round++ {
		for _, work := range []string{"long", "short"} {
			base := map[string]float64{"long": 1000, "short": 1}[work]
			for side, adds := range map[string]float64{trial.GoCallsGo: 0, trial.GoCallsRust: nanos + 0.1*float64(round%3-1), trial.RustCallsRust: 0} {
				out.Calls = append(out.Calls, trial.TimedCalls{Round: round, Work: work, Side: side, Calls: 10, Nanos: base + adds, Answer: work})
			}
		}
	}
	return out
}

func judged(t *testing.T, study string, found any, readings ...claim.Reading) []Reading {
	t.Helper()
	body, err := json.Marshal(found)
	if err != nil {
		t.Fatal(err)
	}
	s := newSynthetic(5).claims(readings[0])
	s.plan.Ledger.Claims[0].Readings, s.plan.Ledger.Claims[0].Every = readings, true
	j := JudgeWith(s.plan, Studies{study: body}, nil)
	return j.Claims[0].Readings
}

func togetherReadings() []claim.Reading {
	var out []claim.Reading
	for _, part := range []string{claim.TogetherWorks, claim.TogetherCall, claim.TogetherBuild} {
		out = append(out, claim.Reading{ID: part, Shape: claim.Studied, Study: claim.Together, Part: part})
	}
	return out
}

func TestStudyOfTogether(t *testing.T) {
	wrong := crossed(10, 25, 0.4)
	for i, c := range wrong.Calls {
		if c.Round == 3 && c.Work == "long" && c.Side == trial.GoCallsRust {
			wrong.Calls[i].Answer = "other"
		}
	}
	for name, c := range map[string]struct {
		found  trial.Together
		want   [3]Verdict
		reason string // of one of them
	}{
		"as it is":           {crossed(10, 25, 0.4), [3]Verdict{Supported, Supported, Supported}, "short: 26.0 ns a call from Go into Rust against 1.00 ns within Go; the border adds 25.0 ns"},
		"a border for less":  {crossed(10, -0.5, -0.1), [3]Verdict{Supported, Refuted, Refuted}, "that adds -0.1"},
		"a border of noise":  {crossed(10, 0, 0), [3]Verdict{Supported, Inconclusive, Inconclusive}, "gives Go's own answers to 2 functions in each of 10 rounds"},
		"a wrong answer":     {wrong, [3]Verdict{Refuted, Inconclusive, Inconclusive}, "answers differ: long in 1 of 10 rounds"},
		"too few rounds":     {crossed(7, 25, 0.4), [3]Verdict{NotMeasured, NotMeasured, NotMeasured}, "7 rounds; an interval takes 8"},
		"no C compiler":      {trial.Together{Missing: "cc is not in PATH; install gcc"}, [3]Verdict{NotMeasured, NotMeasured, NotMeasured}, "not measured: cc is not in PATH; install gcc"},
		"one does not build": {trial.Together{Failed: "`rustc` failed: no"}, [3]Verdict{NotMeasured, NotMeasured, NotMeasured}, "which says nothing about the claim: `rustc` failed: no"},
		"nothing in it":      {trial.Together{}, [3]Verdict{NotMeasured, NotMeasured, NotMeasured}, "study of together: builds"},
	} {
		said := false
		for i, r := range judged(t, claim.Together, c.found, togetherReadings()...) {
			said = said || strings.Contains(r.Reason, c.reason)
			if r.Verdict != c.want[i] || r.Rule == "" || r.WouldChange == "" || (r.Together == nil) != (r.Verdict == NotMeasured) {
				t.Errorf("%s, reading %s: %s (%s)", name, r.ID, r.Verdict, r.Reason)
			}
		}
		if !said {
			t.Errorf("%s: no reading says %q", name, c.reason)
		}
	}
}

func TestStudyOfAsyncRuntime(t *testing.T) {
	study := func(alone, control string) trial.AsyncRuntime {
		return trial.AsyncRuntime{Programs: []trial.AsyncProgram{
			{ID: "a", About: "async main", Executor: trial.NoExecutor, Outcome: trial.WorkRefused},
			{ID: "b", About: "a future", Executor: trial.NoExecutor, Outcome: alone},
			{ID: "c", About: "a goroutine", Executor: trial.LanguageExecutor, Outcome: control},
		}}
	}
	for name, c := range map[string]struct {
		found  trial.AsyncRuntime
		want   Verdict
		reason string
	}{
		"as it is":               {study(trial.WorkIdle, trial.WorkRan), Refuted, "it does not run: async main (the compiler refuses it); a future (builds and ends, and its work has not run); the controls do: a goroutine (runs)"},
		"one runs":               {study(trial.WorkRan, trial.WorkRan), Supported, "it runs: a future (runs)"},
		"nor does the control":   {study(trial.WorkIdle, trial.WorkIdle), Inconclusive, "a control did not run its work either: a goroutine"},
		"no rustc":               {trial.AsyncRuntime{Missing: "rustc is not in PATH; install Rust"}, NotMeasured, "not measured: rustc is not in PATH"},
		"a program broke":        {trial.AsyncRuntime{Failed: "future ended with exit status 101"}, NotMeasured, "future ended with exit status 101"},
		"a list without control": {trial.AsyncRuntime{Programs: study(trial.WorkIdle, "").Programs[:2]}, NotMeasured, "no program of one of the two kinds"},
	} {
		r := judged(t, claim.AsyncRuntime, c.found, claim.Reading{ID: "r", Shape: claim.Studied, Study: claim.AsyncRuntime, Context: []string{"nowhere"}})[0]
		if r.Verdict != c.want || !strings.Contains(r.Reason, c.reason) || r.Rule == "" || r.WouldChange == "" || r.Documented == nil {
			t.Errorf("%s: %s (%s)", name, r.Verdict, r.Reason)
		}
	}
}
