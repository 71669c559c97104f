package mistake

import (
	"fmt"
	"slices"
	"strings"
)

// A Question is "X's tools notice more of the same mistakes before they run than Y's", of some classes.
type Question struct {
	X, Y    string   // languages
	Classes []string // none for the whole corpus
	Bar     Bar
}

// Safety are the classes that a claim of memory safety is about.
func Safety() []string { return []string{"memory", "concurrency"} }

// Names of the views.
const (
	Whole    = "whole"
	DropOne  = "drop-one"
	Once     = "related-once"
	Cheapest = "cheapest-edit"
)

// A View is one way to count the same study. Counts of views other than DropOne are of the whole view; with related
// defects counted once, each group counts as the share of its defects that were noticed.
type View struct {
	Name     string
	X, Y     float64 // noticed before they run
	Of       float64 // defects, or groups
	Holds    bool    // X above Y; DropOne: whichever is dropped
	HoldsNot bool    // X not above Y; DropOne: whichever is dropped
	Note     string  // DropOne: the defect whose absence brings X nearest to Y
}

// An Answer is a judged question.
type Answer struct {
	Question
	Views   []View
	Verdict string // supported, refuted or inconclusive
}

// The verdicts, in the words of package verdict.
const (
	Supported    = "supported"
	Refuted      = "refuted"
	Inconclusive = "inconclusive"
)

// tie is the difference of counts below which they are equal. Shares of groups are fractions, added in one order.
const tie = 1e-9

// Judge answers a question from a study. Supported: it holds in all four views. Refuted: it holds in none, whichever
// defect is dropped. It is a pure function.
func Judge(s Study, q Question) Answer {
	results := s.of(q.Classes)
	a := Answer{Question: q, Views: []View{
		q.count(Whole, results, units, false), q.dropOne(results), q.count(Once, results, groups, false), q.count(Cheapest, results, units, true),
	}}
	holds, holdsNot := 0, 0
	for _, v := range a.Views {
		if v.Holds {
			holds++
		}
		if v.HoldsNot {
			holdsNot++
		}
	}
	switch {
	case holds == len(a.Views):
		a.Verdict = Supported
	case holdsNot == len(a.Views) && len(results) > 0:
		a.Verdict = Refuted
	default:
		a.Verdict = Inconclusive
	}
	return a
}

// count is a view in which each unit, a list of results, counts once.
func (q Question) count(name string, results []Result, split func([]Result) [][]Result, edited bool) View {
	v := View{Name: name}
	for _, unit := range split(results) {
		v.Of++
		v.X += q.share(unit, q.X, edited)
		v.Y += q.share(unit, q.Y, edited)
	}
	v.Holds = v.X-v.Y > tie
	v.HoldsNot = !v.Holds
	return v
}

// share is the part of a unit that was noticed before it ran.
func (q Question) share(unit []Result, language string, edited bool) float64 {
	noticed := 0
	for _, r := range unit {
		if q.Bar.Passes(fate(r, language, edited)) {
			noticed++
		}
	}
	return float64(noticed) / float64(len(unit))
}

// dropOne counts with each defect dropped in turn, and shows the counts in which X leads by the least.
func (q Question) dropOne(results []Result) View {
	v := View{Name: DropOne, Holds: len(results) > 0, HoldsNot: true}
	for i, r := range results {
		rest := slices.Concat(results[:i], results[i+1:])
		without := q.count(DropOne, rest, units, false)
		v.Holds = v.Holds && without.Holds
		v.HoldsNot = v.HoldsNot && without.HoldsNot
		if v.Note == "" || without.X-without.Y < v.X-v.Y-tie {
			v.X, v.Y, v.Of, v.Note = without.X, without.Y, without.Of, r.ID
		}
	}
	return v
}

func units(results []Result) [][]Result {
	all := make([][]Result, len(results))
	for i := range results {
		all[i] = results[i : i+1]
	}
	return all
}

// groups are related results together, in the order of their first; a result without relations is a group of its own.
func groups(results []Result) [][]Result {
	var all [][]Result
	at := map[string]int{}
	for _, r := range results {
		i, known := at[r.Related]
		if r.Related == "" || !known {
			if r.Related != "" {
				at[r.Related] = len(all)
			}
			all = append(all, []Result{r})
			continue
		}
		all[i] = append(all[i], r)
	}
	return all
}

// String is the question in words.
func (q Question) String() string {
	of := ""
	if len(q.Classes) > 0 {
		of = " of " + strings.Join(q.Classes, " and ")
	}
	by := ""
	if q.Bar == BarCompiler {
		by = "by errors alone, "
	}
	return fmt.Sprintf("%s%s notices more of the same mistakes%s before they run than %s", by, toolchain(q.X, q.Bar), of, toolchain(q.Y, q.Bar))
}

func toolchain(language string, bar Bar) string {
	names := map[string]map[Bar]string{
		Go:   {BarCompiler: "go build", BarShipped: "go build with go vet", BarAny: "go build with go vet and staticcheck"},
		Rust: {BarCompiler: "rustc", BarShipped: "rustc with clippy", BarAny: "rustc with clippy"},
	}
	return names[language][bar]
}
