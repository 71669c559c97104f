package prove

import (
	"fmt"

	"github.com/assay-bench/assay/harness/claim"
)

// A Section is one table: scenarios that count the same things.
type Section struct {
	Title     string
	Says      string // a sentence for the reader, above the table
	Scenarios []Scenario
}

// A Scenario is one truth under one noise: runs are drawn from it, judged, and what is of interest is counted.
type Scenario struct {
	Section string      // the title of its section
	Truth   string      // for people; with blocks, noise and section it names the scenario
	Shape   claim.Shape // of all its readings
	// OneTarget: the range is of one target's own number, a bill.
	OneTarget bool
	Truths    []Truth // a reading each: the family
	Blocks    int
	Look      int // after so many blocks the run ends if all is decided; 0 for none
	Noise     Noise
	Counts    []Count
}

// ID names the scenario, and by that its stream of random numbers: other scenarios can come and go without changing it.
func (s Scenario) ID() string {
	id := fmt.Sprintf("%s/%s/%s/%d readings/%d blocks/%s", s.Section, s.Shape, s.Truth, len(s.Truths), s.Blocks, s.Noise.Name)
	if s.Look > 0 {
		id += fmt.Sprintf("/a look after %d", s.Look)
	}
	return id
}

// A Want is the range in which a rate ought to lie, as shares; the zero Want asks for nothing.
type Want struct {
	Least, Most float64
	asked       bool
}

func atMost(p float64) Want     { return Want{0, p, true} }
func atLeast(p float64) Want    { return Want{p, 1, true} }
func between(p, q float64) Want { return Want{p, q, true} }

// String is for a cell of the table: "at most 5 %".
func (w Want) String() string {
	switch {
	case !w.asked:
		return ""
	case w.Least == 0:
		return "at most " + percent(w.Most) + " %"
	case w.Most == 1:
		return "at least " + percent(w.Least) + " %"
	}
	return percent(w.Least) + "-" + percent(w.Most) + " %"
}

func percent(share float64) string { return fmt.Sprintf("%.4g", share*100) }
