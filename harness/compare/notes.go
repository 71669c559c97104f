package compare

import (
	"fmt"
	"reflect"

	"github.com/assay-bench/assay/harness/target"
)

// notes are doubts about the comparison as a whole, in plain words.
func (p pair) notes(c Comparison) []string {
	var all []string
	if p.sameRun() {
		all = append(all, "A and B are the same run: nothing can differ.")
	} else if c.B.Started.Before(c.A.Started) {
		all = append(all, "B began before A.")
	}
	for _, s := range []struct {
		name string
		of   Side
	}{{"A", c.A}, {"B", c.B}} {
		if missing := s.of.Trials.Missing; missing > 0 {
			all = append(all, fmt.Sprintf("%s is incomplete: %s of %s have no usable trial.", s.name, count(missing), plural(s.of.Trials.Planned, "slot")))
		}
	}
	if c.Class != NotComparable {
		all = append(all, p.withholdNote()...)
	}
	all = append(all, nullNote(c)...)
	// At least: Welch over blocks knows the spread within each run alone, and what a run as a whole has, its hour and its neighbours,
	// moves more.
	if n := byChance(c.Ratios) + byChance(c.Metrics); n > 0 && !p.sameRun() {
		all = append(all, fmt.Sprintf("%s compared; if nothing had changed, at least about %s would be shown as moved all the same (1 in %.0f): the intervals know the noise between blocks of a run, and not that between runs, such as another hour or other neighbours.",
			plural(n, "number"), number((1-confidence)*float64(n)), 1/(1-confidence)))
	}
	return all
}

func (p pair) sameRun() bool {
	return p.a.Env.StartedAt.Equal(p.b.Env.StartedAt) && reflect.DeepEqual(p.a.Plan, p.b.Plan) && reflect.DeepEqual(p.a.Records, p.b.Records)
}

// nullNote says that the host or the load side changed, where more numbers of the null
// server moved than chance explains. It is a part of assay and does the same in every run.
func nullNote(c Comparison) []string {
	var null []Movement
	for _, m := range c.Metrics {
		if m.Target == target.NullID {
			null = append(null, m)
		}
	}
	k, n := moved(null), compared(null)
	if k < 2 || float64(k) <= (1-confidence)*float64(n) {
		return nil
	}
	what := "the host or the load side"
	if c.A.Assay != c.B.Assay {
		what = "the host, the load side or assay itself"
	}
	return []string{fmt.Sprintf("The null server moved too, in %s of %s: %s changed, so what moved beside it need not be the servers.",
		count(k), plural(n, "number"), what)}
}

// byChance are the numbers that noise may move.
func byChance(all []Movement) int {
	n := 0
	for _, m := range all {
		if m.compared() && !m.fixed() {
			n++
		}
	}
	return n
}

func compared(all []Movement) int {
	n := 0
	for _, m := range all {
		if m.compared() {
			n++
		}
	}
	return n
}

func moved(all []Movement) int {
	n := 0
	for _, m := range all {
		if m.Moved {
			n++
		}
	}
	return n
}
