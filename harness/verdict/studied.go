package verdict

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/mistake"
	"github.com/assay-bench/assay/harness/trial"
)

// Studies are the results of what a run studied before its first trial, as env.json has them, by id.
type Studies map[string]json.RawMessage

// Conformance is the evidence of "these targets give the same answers".
type Conformance struct {
	Targets []ConformingTarget `json:"targets"` // in the order of the plan
}

// ConformingTarget is what the contract's requests showed of one target.
type ConformingTarget struct {
	ID          string `json:"id"`
	Checked     int    `json:"checked"`
	Differences int    `json:"differences"`
}

// studied judges a reading by a study; one that the run does not hold leaves it unmeasured.
func (c *court) studied(r claim.Reading) Reading {
	body, made := c.studies[r.Study]
	if !made {
		return Reading{Verdict: NotMeasured, Reason: "the run holds no study of " + r.Study, Rule: "none: nothing was studied", WouldChange: "a run that makes the study"}
	}
	var out Reading
	var err error
	switch r.Study {
	case claim.Defects:
		out, err = c.defects(r, body)
	case claim.Conformance:
		out, err = c.conformance(r, body)
	case claim.Together:
		out, err = c.together(r, body)
	case claim.AsyncRuntime:
		out, err = c.asyncRuntime(body)
	default:
		err = fmt.Errorf("this version judges no study %q", r.Study)
	}
	if err != nil {
		return Reading{Verdict: NotMeasured, Reason: err.Error(), Rule: "none: the study cannot be read", WouldChange: "the version of assay that made the run"}
	}
	return out
}

const conformanceRule = "supported when every target gives the contract's answers, byte for byte, to its golden and random requests; refuted when one differs. A run does not begin where one differs"

// conformance judges whether all targets answer alike. A target of the reading that the run did not ask leaves it unmeasured: what the
// others answer says nothing of it. Readings of before they named targets are about those of the plan.
func (c *court) conformance(r claim.Reading, body []byte) (Reading, error) {
	var found trial.Conformance
	if err := json.Unmarshal(body, &found); err != nil {
		return Reading{}, fmt.Errorf("study of conformance: %w", err)
	}
	for _, id := range []string{r.X, r.Y} {
		if _, asked := found[id]; id != "" && !asked {
			return Reading{
				Verdict: NotMeasured, Rule: "none: the answers of one side alone are no comparison",
				Reason:      "this run asked " + id + " nothing: no cell of its plan takes it, so that its answers are not known",
				WouldChange: "a run with a cell that " + id + " takes part in",
			}, nil
		}
	}
	out := Reading{Verdict: Supported, Rule: conformanceRule, Conformance: &Conformance{}, WouldChange: "an answer that differs"}
	var parts []string
	for _, t := range c.plan.Targets {
		seen, ok := found[t.ID]
		if !ok {
			return Reading{}, fmt.Errorf("study of conformance: it holds nothing of %s", t.ID)
		}
		out.Conformance.Targets = append(out.Conformance.Targets, ConformingTarget{t.ID, seen.Checked, seen.Differences})
		parts = append(parts, fmt.Sprintf("%s passes %s of %s checks", t.ID, count(seen.Checked-seen.Differences), count(seen.Checked)))
		if seen.Differences > 0 {
			out.Verdict, out.WouldChange = Refuted, "the same answers from all"
		}
	}
	out.Reason = strings.Join(parts, ", ")
	return out, nil
}

// Defects is the evidence of "X's tools notice more of the same mistakes before they run than Y's".
type Defects struct {
	X       string       `json:"x"` // language
	Y       string       `json:"y"`
	Classes []string     `json:"classes,omitempty"` // none: all
	Views   []DefectView `json:"views"`
	// ByErrors are the same four ways, of the mistakes that the compilers refuse or the languages make harmless: without warnings and
	// linters. They stand beside Views and decide nothing.
	ByErrors []DefectView  `json:"by_errors,omitempty"`
	ByClass  []DefectClass `json:"by_class"`
	Ends     []DefectEnd   `json:"ends,omitempty"` // of the mistakes of the reading's classes
	Runs     []DefectRun   `json:"runs,omitempty"` // likewise: what their programs do when they are run all the same
	Tools    []string      `json:"tools"`          // with their versions
}

// DefectView is one way to count: how many of the mistakes each language's tools notice before they run.
type DefectView struct {
	Name  string  `json:"name"` // "whole", "drop-one", "related-once", "cheapest-edit"
	X     float64 `json:"x"`    // fractions where related mistakes share a count
	Y     float64 `json:"y"`
	Of    float64 `json:"of"`
	Holds bool    `json:"holds"`          // X notices more
	Note  string  `json:"note,omitempty"` // drop-one: the mistake whose absence brings the two nearest
}

// DefectClass counts the mistakes of one class that are noticed before they run.
type DefectClass struct {
	Class string `json:"class"`
	X     int    `json:"x"`
	Y     int    `json:"y"`
	Of    int    `json:"of"`
}

const defectsRule = "supported when the one language's compiler and own linter notice more of the mistakes before they run, on the whole corpus, with any one mistake dropped, " +
	"with related ones counted once, and after the cheapest edits that satisfy the compilers; refuted when they do so in none of these; else inconclusive"

// defects judges by package mistake's rule, which is pure.
func (c *court) defects(r claim.Reading, body []byte) (Reading, error) {
	study, err := mistake.ParseStudy(body)
	if err != nil {
		return Reading{}, err
	}
	if out, not := undemonstrated(study.Missing, ""); not {
		return out, nil
	}
	if why := unstudied(study, r); why != "" {
		return Reading{Verdict: NotMeasured, Reason: why, Rule: "none: no program of it was studied", WouldChange: "a corpus that has it"}, nil
	}
	answer := mistake.Judge(study, mistake.Question{X: r.X, Y: r.Y, Classes: r.Classes, Bar: mistake.Headline})
	e := &Defects{X: r.X, Y: r.Y, Classes: r.Classes}
	e.Views = defectViews(answer)
	e.ByErrors = defectViews(mistake.Judge(study, mistake.Question{X: r.X, Y: r.Y, Classes: r.Classes, Bar: mistake.BarCompiler}))
	for _, class := range mistake.Classes() {
		if x, y := study.Noticed(class, r.X, mistake.Headline), study.Noticed(class, r.Y, mistake.Headline); x.Of > 0 {
			e.ByClass = append(e.ByClass, DefectClass{class, x.N, y.N, x.Of})
		}
	}
	e.Ends = defectEnds(study, r.X, r.Y, r.Classes)
	e.Runs = defectRuns(study, r.X, r.Y, r.Classes)
	for _, t := range study.Tools {
		e.Tools = append(e.Tools, t.Name+" "+t.Version)
	}
	return Reading{Verdict: Verdict(answer.Verdict), Rule: defectsRule, Defects: e, Reason: defectsReason(answer), WouldChange: defectsWouldChange(answer)}, nil
}

func defectViews(a mistake.Answer) []DefectView {
	var views []DefectView
	for _, v := range a.Views {
		views = append(views, DefectView{v.Name, v.X, v.Y, v.Of, v.Holds, v.Note})
	}
	return views
}

// unstudied says what of a reading the study holds nothing of, "" where it has all: a language, or a class of mistakes.
func unstudied(s mistake.Study, r claim.Reading) string {
	for _, language := range []string{r.X, r.Y} {
		if language != mistake.Go && language != mistake.Rust {
			return fmt.Sprintf("the study of defects is of %s and %s, and holds nothing of %q", mistake.Go, mistake.Rust, language)
		}
	}
	for _, class := range r.Classes {
		if !slices.ContainsFunc(s.Defects, func(d mistake.Result) bool { return d.Class == class }) {
			return fmt.Sprintf("the study of defects holds no mistake of the class %q", class)
		}
	}
	if len(s.Defects) == 0 {
		return "the study of defects holds no mistake"
	}
	return ""
}

// defectsReason gives the counts of every view.
func defectsReason(a mistake.Answer) string {
	names := map[string]string{
		mistake.Whole: "of all", mistake.DropOne: "at the least with one dropped", mistake.Once: "with related ones counted once", mistake.Cheapest: "after the cheapest edits",
	}
	var parts []string
	for _, v := range a.Views {
		parts = append(parts, fmt.Sprintf("%s %s against %s of %s", names[v.Name], tally(v.X), tally(v.Y), tally(v.Of)))
	}
	return fmt.Sprintf("noticed before they run, %s against %s: %s", a.X, a.Y, strings.Join(parts, "; "))
}

// tally writes a count, whose fractions are shares of related mistakes.
func tally(v float64) string { return strconv.FormatFloat(math.Round(10*v)/10, 'f', -1, 64) }

func defectsWouldChange(a mistake.Answer) string {
	if a.Verdict == mistake.Inconclusive {
		return "a corpus on which all four ways to count agree"
	}
	return "other mistakes, or tools of other versions: a corpus is a list of kinds, not a sample of what people do"
}
