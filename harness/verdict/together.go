package verdict

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/digits"
	"github.com/assay-bench/assay/harness/stats"
	"github.com/assay-bench/assay/harness/trial"
)

// The parts of the study that a reading may be about, as in a claims file.
const (
	PartWorks = claim.TogetherWorks
	PartCall  = claim.TogetherCall
	PartBuild = claim.TogetherBuild
)

// Together is the evidence of "both languages work in one program", and of what it costs.
type Together struct {
	Part         string         `json:"part"`   // what the reading is about: "works", "call" or "build"
	Works        []TogetherWork `json:"works"`  // in the program's order
	Rounds       int            `json:"rounds"` // processes of each program
	BuildWithout float64        `json:"build_without_s"`
	BuildWith    float64        `json:"build_with_s"`
	BuildAdds    Interval       `json:"build_adds_s"` // with less without, pair by pair
	BytesWithout int64          `json:"bytes_without"`
	BytesWith    int64          `json:"bytes_with"`
	Tools        []string       `json:"tools"` // with their versions
}

// TogetherWork is one function, written in both languages. Times are means over the rounds, in ns a call.
type TogetherWork struct {
	Work      string   `json:"work"`
	Go        float64  `json:"go_ns"`     // Go calls Go
	Border    float64  `json:"border_ns"` // Go calls Rust
	Rust      float64  `json:"rust_ns"`   // Rust calls Rust
	Adds      Interval `json:"adds_ns"`   // border less go, round by round
	Differing int      `json:"differing"` // rounds in which an answer was another one than Go's of the first round
}

// minRounds is the least for an interval, as many replicates as a nightly run has.
const minRounds = 8

const (
	togetherWorksRule = "supported when the Go program with a part in Rust builds, runs, and gives the same answers as Go alone and Rust alone in every round; refuted when one differs"
	togetherCallRule  = "supported when the interval of the time that the border adds to the call of the function that does least lies wholly above zero; refuted when it lies wholly below; else inconclusive"
	togetherBuildRule = "supported when the interval of the seconds that the part in Rust adds to a clean build lies wholly above zero; refuted when it lies wholly below; else inconclusive"
)

// together judges one part of the study.
func (c *court) together(r claim.Reading, body []byte) (Reading, error) {
	var found trial.Together
	if err := json.Unmarshal(body, &found); err != nil {
		return Reading{}, fmt.Errorf("study of together: %w", err)
	}
	if out, is := undemonstrated(found.Missing, found.Failed); is {
		return out, nil
	}
	e, err := c.crossings(r.Part, found)
	if err != nil {
		return Reading{}, fmt.Errorf("study of together: %w", err)
	}
	works := e.worksReading()
	if r.Part == claim.TogetherWorks {
		return works, nil
	}
	rule := togetherCallRule
	if r.Part == claim.TogetherBuild {
		rule = togetherBuildRule
	}
	if works.Verdict != Supported {
		return Reading{Verdict: Inconclusive, Rule: rule, Together: e, Reason: "the answers differ, so that the times are not of the same work: " + works.Reason, WouldChange: "equal answers"}, nil
	}
	if r.Part == claim.TogetherBuild {
		return e.buildReading(), nil
	}
	return e.callReading(), nil
}

// undemonstrated is a demonstration or study that was not made, and why.
func undemonstrated(missing, failed string) (Reading, bool) {
	switch {
	case missing != "":
		return Reading{Verdict: NotMeasured, Reason: "not measured: " + missing, Rule: "none: nothing was built", WouldChange: "a host that has the tools, and the run made anew"}, true
	case failed != "":
		return Reading{Verdict: NotMeasured, Reason: "the demonstration failed, which says nothing about the claim: " + failed, Rule: "none: nothing was shown",
			WouldChange: "the demonstration put right, and the run made anew"}, true
	}
	return Reading{}, false
}

// crossings takes means and intervals.
func (c *court) crossings(part string, found trial.Together) (*Together, error) {
	e := &Together{Part: part, BytesWithout: found.BytesWithout, BytesWith: found.BytesWith, Tools: found.Tools}
	var without, with []float64
	for _, b := range found.Builds {
		without, with = append(without, b.WithoutSeconds), append(with, b.WithSeconds)
	}
	adds, err := stats.PairedT(with, without, c.limits.Confidence)
	if err != nil {
		return nil, fmt.Errorf("builds: %w", err)
	}
	e.BuildWithout, e.BuildWith, e.BuildAdds = shown(average(without)), shown(average(with)), *plainInterval(adds)
	for _, call := range found.Calls {
		e.Rounds = max(e.Rounds, call.Round)
		if slices.ContainsFunc(e.Works, func(w TogetherWork) bool { return w.Work == call.Work }) {
			continue
		}
		w, err := c.crossing(call.Work, found.Calls)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", call.Work, err)
		}
		e.Works = append(e.Works, w)
	}
	if e.Rounds < minRounds {
		return nil, fmt.Errorf("%d rounds; an interval takes %d", e.Rounds, minRounds)
	}
	return e, nil
}

// crossing is one work. Rounds are in order on each side, so that they pair.
func (c *court) crossing(work string, calls []trial.TimedCalls) (TogetherWork, error) {
	nanos := map[string][]float64{}
	answer, differs := "", map[int]bool{}
	for _, call := range calls {
		if call.Work != work {
			continue
		}
		nanos[call.Side] = append(nanos[call.Side], call.Nanos)
		if answer == "" && call.Side == trial.GoCallsGo {
			answer = call.Answer
		}
	}
	for _, call := range calls {
		if call.Work == work && call.Answer != answer {
			differs[call.Round] = true
		}
	}
	goes, border, rust := nanos[trial.GoCallsGo], nanos[trial.GoCallsRust], nanos[trial.RustCallsRust]
	if len(rust) != len(goes) {
		return TogetherWork{}, errors.New("the sides have unlike numbers of rounds")
	}
	adds, err := stats.PairedT(border, goes, c.limits.Confidence)
	if err != nil {
		return TogetherWork{}, err
	}
	return TogetherWork{Work: work, Go: shown(average(goes)), Border: shown(average(border)), Rust: shown(average(rust)), Adds: *plainInterval(adds), Differing: len(differs)}, nil
}

func average(xs []float64) float64 {
	sum := 0.0
	for _, x := range xs {
		sum += x
	}
	return sum / float64(len(xs))
}

func (e *Together) worksReading() Reading {
	out := Reading{Verdict: Supported, Rule: togetherWorksRule, Together: e, WouldChange: "an answer that differs"}
	var differing []string
	for _, w := range e.Works {
		if w.Differing > 0 {
			differing = append(differing, fmt.Sprintf("%s in %d of %s", w.Work, w.Differing, plural(e.Rounds, "round")))
		}
	}
	out.Reason = fmt.Sprintf("it builds, runs, and gives Go's own answers to %s in each of %s", plural(len(e.Works), "function"), plural(e.Rounds, "round"))
	if len(differing) > 0 {
		out.Verdict, out.WouldChange = Refuted, "the same answers"
		out.Reason = "answers differ: " + strings.Join(differing, ", ")
	}
	return out
}

// callReading decides by the function that does least: there the border weighs most.
func (e *Together) callReading() Reading {
	least := slices.MinFunc(e.Works, func(a, b TogetherWork) int { return cmp.Compare(a.Go, b.Go) })
	return Reading{Verdict: above(least.Adds), Rule: togetherCallRule, Together: e, WouldChange: wouldReach(least.Adds),
		Reason: fmt.Sprintf("%s: %s ns a call from Go into Rust against %s ns within Go; the border adds %s", least.Work, number(least.Border), number(least.Go), differenceWords(least.Adds, "ns"))}
}

func (e *Together) buildReading() Reading {
	return Reading{Verdict: above(e.BuildAdds), Rule: togetherBuildRule, Together: e, WouldChange: wouldReach(e.BuildAdds),
		Reason: fmt.Sprintf("a clean build takes %s s with the part in Rust and %s s without; that adds %s", number(e.BuildWith), number(e.BuildWithout), differenceWords(e.BuildAdds, "s"))}
}

func differenceWords(in Interval, unit string) string {
	return fmt.Sprintf("%s %s (%s interval %s %s)", number(in.Center), unit, percent(in.Confidence), digits.Interval(in.Low, in.High, " to ", number), unit)
}

// above says what an interval says of "more than zero".
func above(in Interval) Verdict {
	switch {
	case in.Low > 0:
		return Supported
	case in.High < 0:
		return Refuted
	}
	return Inconclusive
}

func wouldReach(in Interval) string {
	if above(in) == Inconclusive {
		return "a quieter host, on which the interval does not reach zero"
	}
	return "an interval that reaches zero"
}
