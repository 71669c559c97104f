package verdict

import "github.com/assay-bench/assay/harness/trial"

// Schema is the version of verdicts.json (docs/verdicts-schema.md).
const Schema = 1

// Verdict is what the evidence says of a reading.
type Verdict string

// The verdicts.
const (
	Supported    Verdict = "supported"
	Refuted      Verdict = "refuted"
	Inconclusive Verdict = "inconclusive"
	NotTestable  Verdict = "not testable"
	NotMeasured  Verdict = "not measured" // by this plan, on this host or by this version: Reason says which
	Combined     Verdict = "combined"     // shows the verdicts of other claims and adds none
)

// A Judgement is verdicts.json: every claim of the ledger in its order, and the controls.
// It is a pure function of plan, studies and records, but for Changed, which is of their files.
type Judgement struct {
	Schema     int             `json:"schema"`
	Article    string          `json:"article"`
	Margin     float64         `json:"margin"`                      // ratio, e.g. 1.05
	FamilySize int             `json:"family_size"`                 // m: comparative readings measured; superiority at 1 - 0.05/(m x looks)
	Confidence float64         `json:"confidence"`                  // of the intervals that show a difference, after the family correction
	InsideAt   float64         `json:"inside_confidence,omitempty"` // of those that show a tie or a range, likewise
	Counts     map[Verdict]int `json:"counts"`
	Claims     []Claim         `json:"claims"`
	Controls   []Control       `json:"controls"`               // A/A, one for each cell and metric
	Null       []NullCell      `json:"null_server,omitempty"`  // the control, by cell
	Drifts     []CellDrift     `json:"drifts,omitempty"`       // of the host, in each cell with load; absent in plans of before there was a test
	Checks     []CrossCheck    `json:"cross_checks,omitempty"` // the same cell by two load engines
	Stacks     []StackSpread   `json:"stacks,omitempty"`       // stacks of one language beside the difference between two
	Order      *Order          `json:"order,omitempty"`        // do the numbers depend on when they were measured?
	Trials     Trials          `json:"trials"`
	Warnings   []trial.Warning `json:"warnings,omitempty"`
	Changed    *Changed        `json:"changed_sources,omitempty"` // set by who reads a run directory; nil: as they were measured, as far as hashes show
}

// Changed says that what the verdicts rest on is not as it was measured.
type Changed struct {
	Differences int    `json:"differences"`
	First       string `json:"first"` // the first of them, as `assay verify` prints it
}

// Claim is the verdict of one claim: its headline reading's.
type Claim struct {
	ID       string    `json:"id"`
	Verdict  Verdict   `json:"verdict"`
	Reason   string    `json:"reason"` // one line, with the number that decides
	Readings []Reading `json:"readings"`
	Every    bool      `json:"every,omitempty"` // all readings decide, not the headline alone
	Notes    []Note    `json:"notes,omitempty"`
}

// Reading is the verdict of one reading with its evidence.
type Reading struct {
	ID           string          `json:"id"`
	Headline     bool            `json:"headline"`
	Verdict      Verdict         `json:"verdict"`
	Reason       string          `json:"reason"`
	Rule         string          `json:"rule"` // the rule in one sentence, thresholds filled in
	Threshold    *Threshold      `json:"threshold,omitempty"`
	Ratio        *Ratio          `json:"ratio,omitempty"`
	Range        *Range          `json:"range,omitempty"`
	Amount       *Amount         `json:"amount,omitempty"`
	Cost         *Cost           `json:"cost,omitempty"`
	UpTo         *UpTo           `json:"up_to,omitempty"`
	Documented   *Documented     `json:"documented,omitempty"`
	Defects      *Defects        `json:"defects,omitempty"`
	Conformance  *Conformance    `json:"conformance,omitempty"`
	Together     *Together       `json:"together,omitempty"`
	AsyncRuntime *AsyncRuntime   `json:"async_runtime,omitempty"`
	Notes        []Note          `json:"notes,omitempty"`
	WouldChange  string          `json:"would_change,omitempty"` // what would have changed the verdict
	Doubts       []trial.Warning `json:"doubts,omitempty"`
	// WithheldBy is the check that kept the evidence from deciding, "" where none did.
	WithheldBy string `json:"withheld_by,omitempty"`

	// WithRejected is the verdict that the same rule gives when no trial is rejected: each
	// slot then counts by its first measured attempt. Empty when no rejected trial touches
	// this reading. Where it differs, Verdict is Inconclusive.
	WithRejected Verdict `json:"with_rejected,omitempty"`
	// RatioWithRejected is the comparison with the rejected numbers in it, for the reader
	// alone; absent where rejecting took no block away.
	RatioWithRejected *Ratio `json:"ratio_with_rejected,omitempty"`
}

// Threshold is the evidence for "sustains at least N".
type Threshold struct {
	Target      string       `json:"target"`
	Cell        string       `json:"cell"`
	Claimed     int          `json:"claimed"`
	Trials      int          `json:"trials"`
	Met         int          `json:"met"`                        // trials in which N was held and the SLO met
	Reliability float64      `json:"reliability"`                // one-sided 95 % Clopper-Pearson lower bound of the share of blocks in which every trial did
	P99         []BlockValue `json:"p99_ms"`                     // per trial
	Unmeasured  int          `json:"unmeasured,omitempty"`       // of them, those whose p99 nobody knows; they count on no side
	UpperBounds int          `json:"p99_upper_bounds,omitempty"` // how many of them are, since requests left late
	Most        int          `json:"most_sustained"`             // the highest rung sustained in every trial, any cell of the same scenario
	HostEnded   bool         `json:"host_ended"`                 // that rung was the host's limit

	Blocks                int       `json:"blocks"`         // blocks with at least one usable trial
	BlocksPlanned         int       `json:"blocks_planned"` // of the plan
	SLOP99                float64   `json:"slo_p99_ms"`
	ReliabilityConfidence float64   `json:"reliability_confidence"` // of Reliability, e.g. 0.95
	P99Interval           *Interval `json:"p99_interval,omitempty"` // of the geometric mean of P99 over blocks
	Misses                []Miss    `json:"misses,omitempty"`       // trials that did not sustain N
}

// Interval is an estimate with a two-sided confidence interval.
type Interval struct {
	Center     float64 `json:"center"`
	Low        float64 `json:"low"`
	High       float64 `json:"high"`
	Confidence float64 `json:"confidence"` // the level that it has
	Blocks     int     `json:"blocks"`     // values behind it, one a block
}

// Miss is a trial that did not sustain its cell, and the first condition it broke.
type Miss struct {
	Trial string `json:"trial"`
	Why   string `json:"why"`
}

// Ratio is the evidence for "X beats Y on M": the paired differences d = ln(X/Y), one a block.
type Ratio struct {
	X           string       `json:"x"`
	Y           string       `json:"y"`
	Metric      string       `json:"metric"`
	Cell        string       `json:"cell"` // or "hold (ladder)"
	Unit        string       `json:"unit"`
	LowerBetter bool         `json:"lower_better"`
	XValues     []BlockValue `json:"x_values"`
	YValues     []BlockValue `json:"y_values"`
	XMean       float64      `json:"x_mean,omitempty"` // geometric means; absent when a value is 0 or no block is complete
	YMean       float64      `json:"y_mean,omitempty"`
	Ratio       float64      `json:"ratio,omitempty"` // exp(mean d): X/Y; this and the four ends are absent without two complete blocks
	Low         float64      `json:"low,omitempty"`   // interval at the family's confidence, as ratios
	High        float64      `json:"high,omitempty"`
	TieLow      float64      `json:"tie_low,omitempty"` // interval that shows a tie, as ratios
	TieHigh     float64      `json:"tie_high,omitempty"`
	Confidence  float64      `json:"confidence"`
	Censored    bool         `json:"censored"`   // values are lower bounds: the host ended the ladder
	ControlOK   bool         `json:"control_ok"` // A/A of the same cell and metric

	// Difference is X - Y in Unit: the mean over the blocks with its paired t interval, at Confidence. Of latencies alone: a
	// ratio of two says nothing of how long anybody waits. No verdict rests on it.
	Difference *Interval `json:"difference,omitempty"`

	TieConfidence float64   `json:"tie_confidence,omitempty"` // of TieLow and TieHigh, after the family correction
	Blocks        int       `json:"blocks"`                   // complete: both targets have a value
	BlocksPlanned int       `json:"blocks_planned"`           // of the plan, with trials in its cells
	Bound         Bound     `json:"bound"`                    // which ends of the interval hold, given censored values
	ControlWide   bool      `json:"control_wide,omitempty"`   // A/A: no difference shown, nor that there is none
	ControlWhy    string    `json:"control_why,omitempty"`
	Sensitivity   *Interval `json:"sensitivity,omitempty"`     // Hodges-Lehmann ratio, exact signed-rank interval
	TieRank       *Interval `json:"tie_sensitivity,omitempty"` // the same at the level of the tie interval

	// Reliability is of what two servers sustain where every block gave the same rungs: the one-sided Clopper-Pearson lower
	// bound of the share of blocks that do, at ReliabilityConfidence. Nothing varied, so Confidence says nothing then.
	Reliability           float64 `json:"reliability,omitempty"`
	ReliabilityConfidence float64 `json:"reliability_confidence,omitempty"`
}

// Bound says what censored values make of a number or of an interval.
type Bound string

// The bounds. A target that sustains the top rung of a ladder would perhaps sustain more;
// one that sustains no rung sustains fewer than the lowest.
const (
	Exact   Bound = "exact"    // no censored value; both ends of an interval hold
	AtLeast Bound = "at-least" // the true value or ratio is this or more; only the lower end holds
	AtMost  Bound = "at-most"  // the true value or ratio is this or less; only the upper end holds
	Unbound Bound = "none"     // censored in both directions: neither end holds
)

// BlockValue is one number of one block.
type BlockValue struct {
	Block int     `json:"block"`
	Trial string  `json:"trial"`
	Value float64 `json:"value"`
	Bound Bound   `json:"bound,omitempty"` // ladder metrics: absent or "exact", "at-least", "at-most"
}

// Control is one A/A comparison: the same target against itself.
type Control struct {
	Cell   string  `json:"cell"`
	Metric string  `json:"metric"`
	Blocks int     `json:"blocks"`
	Ratio  float64 `json:"ratio,omitempty"` // later trial / earlier one; this and the ends are absent without two pairs
	Low    float64 `json:"low,omitempty"`   // interval at Confidence
	High   float64 `json:"high,omitempty"`
	OK     bool    `json:"ok"`             // the interval contains 1 or lies inside the margin, over enough pairs
	Wide   bool    `json:"wide,omitempty"` // OK, but not inside the margin: no difference was shown, nor was there none
	Why    string  `json:"why,omitempty"`  // why not OK

	Confidence float64 `json:"confidence,omitempty"` // 0.95
	Steps      float64 `json:"steps,omitempty"`      // what the steps of latencies add to half the width, as a logarithm
}

// Note stands beside a verdict in plain words.
type Note struct {
	Code   string `json:"code"` // "floor-far-exceeded", "contradicts", "this-host-only", "ended-by-host-limit", ...
	Detail string `json:"detail"`
}

// Trials counts what was recorded.
type Trials struct {
	Planned int `json:"planned"`
	Usable  int `json:"usable"`
	Invalid int `json:"invalid"`
	Broken  int `json:"broken"`
	Missing int `json:"missing"` // slots without a usable record
}
