package claim

import (
	"time"

	"github.com/assay-bench/assay/harness/strict"
)

// A Ledger is everything checkable that one article says: scenarios/claims/<article>.toml.
type Ledger struct {
	Article  Article    `json:"article"`
	Claims   []Claim    `json:"claims"`
	Evidence []Evidence `json:"evidence,omitempty"` // what documented readings cite, and no more (Ledger.Cite)
}

// Article names the source. No sentence of it is stored.
type Article struct {
	ID     string    `json:"id"`
	Title  string    `json:"title"`
	Date   time.Time `json:"date"`
	Margin float64   `json:"margin"` // equivalence margin as a ratio, e.g. 1.05; declared before the run
}

// A Claim is one checkable sentence in our words.
type Claim struct {
	ID          string    `json:"id"`
	Where       string    `json:"where"`   // locator in the article: heading, row, column, list item
	Section     string    `json:"section"` // the heading, for grouping
	Summary     string    `json:"summary"` // at most 75 characters
	Readings    []Reading `json:"readings"`
	Contradicts []string  `json:"contradicts,omitempty"` // IDs of claims of the same article
	// ContradictsHow says of each entry of Contradicts, in its order, what the two claims say; empty in older plans.
	ContradictsHow []string `json:"contradicts_how,omitempty"`
	Proxy          string   `json:"proxy,omitempty"` // what is measured in place of what the claim is about; "" where that itself is
	// Every: the claim is of all its readings, such as "both servers do": supported when all are, refuted when one is. Else
	// the headline alone decides.
	Every bool `json:"every,omitempty"`

	table *strict.Table // where it stands in the claims file; nil when read from elsewhere
}

// Headline returns the reading whose verdict is the claim's.
func (c Claim) Headline() Reading {
	for _, r := range c.Readings {
		if r.Headline {
			return r
		}
	}
	return c.Readings[0]
}

// Shape says by which rule a reading is judged (docs/rules.md, section 4).
type Shape string

// All shapes a claims file may name.
const (
	Threshold  Shape = "threshold"
	Better     Shape = "better"
	UpTo       Shape = "up-to"
	Range      Shape = "range"
	Tie        Shape = "tie"
	Documented Shape = "documented"
	Untestable Shape = "untestable"
	Studied    Shape = "study"    // decided by a study made before the first trial
	Combines   Shape = "combines" // shows other claims' verdicts, adds none
)

// Comparative reports whether a reading of the shape compares block by block: two targets, or one with a range that is
// claimed for it. The measured ones of an article are a family.
func (s Shape) Comparative() bool { return s == Better || s == Tie || s == Range || s == UpTo }

// Measured reports whether trials decide a reading of the shape.
func (s Shape) Measured() bool { return s == Threshold || s.Comparative() }

// A Reading is one way to make a claim measurable.
type Reading struct {
	ID       string `json:"id"`       // unique within the claim
	Headline bool   `json:"headline"` // exactly one per claim (implied when there is one reading)
	Shape    Shape  `json:"shape"`
	Says     string `json:"says"` // the measurable sentence, naming targets, not languages

	// Threshold: Target sustains at least AtLeast connections in Cell. Documented: AtLeast is the number that is claimed, if any.
	// Better: X beats Y on Metric in Cell, or over the ladder of Scenario where the
	// metric belongs to a whole ladder (sustained connections, memory per connection).
	// Tie: X and Y are equal within the margin, there. Range: X's advantage over Y lies between From and To per cent.
	// A Range with a Target in their place is of that target's own number: it lies between From and To, in the metric's unit.
	// UpTo: it reaches Percent, less Tolerance, in at least one of Cells.
	Target   string `json:"target,omitempty"`
	AtLeast  int    `json:"at_least,omitempty"`
	X        string `json:"x,omitempty"`
	Y        string `json:"y,omitempty"`
	Metric   string `json:"metric,omitempty"`   // an ID of Metrics
	Cell     string `json:"cell,omitempty"`     // "hold/10000"
	Scenario string `json:"scenario,omitempty"` // "hold"
	Case     string `json:"case,omitempty"`     // of scenarios/cost.toml, where the metric is a bill: "use-case"

	// Advantages in per cent: by how much less X is than Y where less is better, by how much more where more is.
	Cells     []string `json:"cells,omitempty"`     // UpTo: the candidates
	Percent   float64  `json:"percent,omitempty"`   // UpTo
	Tolerance float64  `json:"tolerance,omitempty"` // UpTo, in percentage points; 0: plan.Limits has the default
	From      float64  `json:"from,omitempty"`      // Range; in the metric's unit where it is of one Target
	To        float64  `json:"to,omitempty"`        // likewise

	// InfrastructureOnly: what is measured covers machines, while the article speaks of all costs.
	InfrastructureOnly bool `json:"infrastructure_only,omitempty"`

	// Studied: the study; of conformance X and Y too; of the defects the two languages, and the classes of mistakes (none: all).
	Study   string   `json:"study,omitempty"`
	Classes []string `json:"classes,omitempty"`
	Part    string   `json:"part,omitempty"` // of the study together

	ShownBy   []string `json:"shown_by,omitempty"`   // Documented: ids of the evidence that shows the claim
	OpposedBy []string `json:"opposed_by,omitempty"` // Documented: ids of the evidence that shows otherwise
	Context   []string `json:"context,omitempty"`    // all but Combines: ids of evidence to be shown, which decides nothing

	Claims []string `json:"claims,omitempty"`  // Combines: the claims shown
	Reason string   `json:"reason,omitempty"`  // Untestable: why
	Needs  string   `json:"needs,omitempty"`   // Untestable, and Documented without a source: the evidence that it would take
	NotYet string   `json:"not_yet,omitempty"` // why this version does not measure it; the verdict is "not measured"

	table *strict.Table // where it stands in the claims file; nil when read from elsewhere
}

// A Metric is what a trial (or a ladder of trials) yields a number for.
type Metric struct {
	ID          string // as in trial records
	Label       string // "p99 latency"
	Unit        string // "ms", "us", "bytes", "connections"
	LowerBetter bool
	Ladder      bool // one number per block over a whole ladder instead of per trial
	Cost        bool // one number per block: the bill of a case, from several cells (package cost)
	// Mode is the mode of scenario that yields the metric, where it is one without load: "start" or "build".
	Mode string
	// Fixed is of what is counted or read from files, not timed: every trial of one program gives the same number.
	Fixed bool
}

// Throughput is the ID of the rate of right answers. Only mode saturate shows what a server can do; elsewhere it is the load's.
const Throughput = "requests_per_second"

// Metrics is the catalogue, in the order of presentation. It is one and the same for all who ask, and nobody's to change.
func Metrics() []Metric { return metrics }

var metrics = []Metric{
	{ID: "cpu_us_per_request", Label: "CPU time per request", Unit: "us", LowerBetter: true},
	{ID: "p50_ms", Label: "p50 latency", Unit: "ms", LowerBetter: true},
	{ID: "p99_ms", Label: "p99 latency", Unit: "ms", LowerBetter: true},
	{ID: "p999_ms", Label: "p99.9 latency", Unit: "ms", LowerBetter: true},
	{ID: "memory_bytes", Label: "resident memory", Unit: "bytes", LowerBetter: true},
	{ID: Throughput, Label: "throughput", Unit: "answers/s"},
	{ID: "memory_bytes_per_connection", Label: "memory per connection (slope)", Unit: "bytes", LowerBetter: true, Ladder: true},
	{ID: "sustained_connections", Label: "sustained connections", Unit: "connections", Ladder: true},
	{ID: "cost_usd_per_month", Label: "cost of machines", Unit: "USD/month", LowerBetter: true, Cost: true},
	{ID: "first_answer_ms", Label: "exec to first answer", Unit: "ms", LowerBetter: true, Mode: "start"},
	{ID: "idle_memory_bytes", Label: "idle memory", Unit: "bytes", LowerBetter: true, Mode: "start"},
	{ID: "binary_bytes", Label: "size of the binary", Unit: "bytes", LowerBetter: true, Mode: "start", Fixed: true},
	{ID: "image_bytes", Label: "size of the image", Unit: "bytes", LowerBetter: true, Mode: "start", Fixed: true},
	{ID: "source_lines", Label: "lines of source", Unit: "lines", LowerBetter: true, Mode: "start", Fixed: true},
	{ID: "modules", Label: "modules of the build, its own included", Unit: "modules", LowerBetter: true, Mode: "start", Fixed: true},
	{ID: "build_s", Label: "clean build", Unit: "s", LowerBetter: true, Mode: "build"},
	{ID: "rebuild_s", Label: "rebuild after one edit", Unit: "s", LowerBetter: true, Mode: "build"},
	{ID: "edit_to_answer_s", Label: "edit to first answer", Unit: "s", LowerBetter: true, Mode: "build"},
}

// OneTarget reports whether the reading is about one target's own number, beside a range.
func (r Reading) OneTarget() bool { return r.Shape == Range && r.Target != "" }

// MetricByID finds a metric of the catalogue; ok is false where there is none.
func MetricByID(id string) (m Metric, ok bool) {
	for _, m := range Metrics() {
		if m.ID == id {
			return m, true
		}
	}
	return Metric{}, false
}
