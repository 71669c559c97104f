package compare

import (
	"time"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
	"github.com/assay-bench/assay/harness/verdict"
)

// Schema is the version of what [JSON] writes.
const Schema = 1

// A Run is what a run directory holds.
type Run struct {
	Name    string // what a person calls it
	Plan    plan.Plan
	Env     trial.Environment
	Records []trial.Record
}

// A Comparison is all that two runs have in common and apart. B is held against A: a change
// leads from A to B, a quotient is B/A.
type Comparison struct {
	Schema      int          `json:"schema"`
	A           Side         `json:"a"`
	B           Side         `json:"b"`
	Class       Class        `json:"class"`
	Differences []Difference `json:"differences"` // in the order of presentation

	ClaimsCompared int      `json:"claims_compared"` // with a verdict in both plans; 0 where the runs are not comparable
	Changes        []Change `json:"verdict_changes"`
	NotMeasuredInA []string `json:"not_measured_in_a,omitempty"` // claims, and readings of other claims, that A's plan leaves out and B's has
	NotMeasuredInB []string `json:"not_measured_in_b,omitempty"`
	ClaimsOnlyInA  []string `json:"claims_only_in_a,omitempty"`
	ClaimsOnlyInB  []string `json:"claims_only_in_b,omitempty"`
	Apart          []Apart  `json:"apart,omitempty"` // cells and readings that are not the same in both

	Rule    string     `json:"rule"`    // when a number counts as moved
	Ratios  []Movement `json:"ratios"`  // of comparative readings; none unless Class is Comparable
	Metrics []Movement `json:"metrics"` // of single targets; likewise
	Notes   []string   `json:"notes,omitempty"`
}

// A Side is one of the two runs in short.
type Side struct {
	Name    string         `json:"name"`
	Started time.Time      `json:"started_at"`
	Assay   string         `json:"assay"` // version that measured
	Runtime string         `json:"runtime"`
	Engine  string         `json:"engine"`
	Blocks  int            `json:"blocks"` // planned
	Trials  verdict.Trials `json:"trials"`
}

// Compare holds run b against run a.
func Compare(a, b Run) Comparison {
	p := pair{a: judged(a), b: judged(b)}
	c := Comparison{
		Schema: Schema, A: p.a.summary(), B: p.b.summary(), Rule: rule(),
		Differences: p.differences(), Changes: []Change{}, Ratios: []Movement{}, Metrics: []Movement{},
	}
	c.Class = classOf(c.Differences)
	if c.Class != NotComparable {
		p.compareVerdicts(&c)
		c.Apart = p.apart()
	}
	if c.Class == Comparable {
		c.Ratios = p.ratios()
		c.Metrics = p.metrics()
	}
	c.Notes = p.notes(c)
	return c
}

// A pair is the two runs with what is asked of both.
type pair struct{ a, b side }

// A side is a run with its verdicts and its values.
type side struct {
	Run
	judgement verdict.Judgement
	values    map[place]trial.Record
}

func judged(r Run) side {
	return side{Run: r, judgement: verdict.JudgeWith(r.Plan, r.Env.Studies, r.Records), values: usable(r.Plan, r.Records)}
}

func (s side) summary() Side {
	return Side{
		Name: s.Name, Started: s.Env.StartedAt, Assay: s.Env.Assay, Runtime: s.Plan.Runtime, Engine: s.Plan.Engine,
		Blocks: s.Plan.Blocks, Trials: s.judgement.Trials,
	}
}
