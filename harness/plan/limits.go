package plan

import "math"

// Limits are the thresholds of docs/rules.md. They live here and nowhere else: the
// plan carries them into plan.json before the run, the run and the judge read them from
// there, and the report prints them from there.
type Limits struct {
	MinBlocks              int     `json:"min_blocks"`                   // fewer give no verdict
	Attempts               int     `json:"attempts"`                     // tries a slot, the first included
	AgentCPU               float64 `json:"agent_cpu"`                    // load agent: share of its CPUs, under
	LatenessFloorUS        float64 `json:"lateness_floor_us"`            // p99 send lateness: at most the largest of these three
	LatenessOfP50          float64 `json:"lateness_of_p50"`              // share of the measured p50
	LatenessOfSLO          float64 `json:"lateness_of_slo"`              // share of the SLO
	SentOfScheduled        float64 `json:"sent_of_scheduled"`            // at least
	Steal                  float64 `json:"steal"`                        // share of CPU time stolen by the hypervisor, at most
	ForeignCPU             float64 `json:"foreign_cpu,omitempty"`        // share of the target's CPUs that neither it nor interrupts used, from which a trial carries a doubt
	SamplesPerTail         float64 `json:"samples_per_tail"`             // a quantile q needs this many / (1-q) samples
	LoadHalts              float64 `json:"load_halts,omitempty"`         // closed loops: share of the window for which the load side may stand still
	LittlesLaw             float64 `json:"littles_law,omitempty"`        // requests in flight: share by which rate x latency may be off
	EarlyAnswers           float64 `json:"early_answers,omitempty"`      // mode in-flight: share of the wait by which an answer may be early
	Headroom               float64 `json:"headroom,omitempty"`           // mode saturate: the null server's rate / the target's, at least
	ServerAtLimit          float64 `json:"server_at_limit,omitempty"`    // mode saturate, beside a database on the load's CPUs: share of its own that a server has to use before likeness refutes
	NullDrift              float64 `json:"null_drift,omitempty"`         // the host, first to last block: change, under
	DriftConfidence        float64 `json:"drift_confidence,omitempty"`   // of a trend over its blocks, without which a change is scatter; plans without it compare the two blocks alone
	PollGapUS              float64 `json:"poll_gap_us,omitempty"`        // mode start: time between two questions before the first answer, at most
	NullHold               float64 `json:"null_hold,omitempty"`          // connections the null server has to hold / those of the cell
	Confidence             float64 `json:"confidence"`                   // of intervals, before the family correction
	EquivalenceConfidence  float64 `json:"equivalence_confidence"`       // of intervals that show a tie
	ControlConfidence      float64 `json:"control_confidence,omitempty"` // A/A: a difference shown with it, beyond the margin, withholds; plans without it ask for an interval inside the margin
	FloorFarExceededFactor float64 `json:"floor_far_exceeded_factor"`    // measured / claimed from which a bound says nothing
	OrderLevel             float64 `json:"order_level,omitempty"`        // effects of the order: chance of any false alarm in a run
	UpToTolerance          float64 `json:"up_to_tolerance,omitempty"`    // "up to p %": percentage points that may lack, where the ledger declares none
	EvidenceYears          int     `json:"evidence_years,omitempty"`     // a cited figure this much older than the article is marked as stale
}

// SamplesFor is how many samples a percentile (0 up to 100) needs to be printed.
func (l Limits) SamplesFor(percentile float64) int64 {
	const slack = 1e-6 // 10/(1-0.999) is a little over 10,000 in floating point
	return int64(math.Ceil(l.SamplesPerTail/(1-percentile/100) - slack))
}

// DefaultLimits returns the thresholds of docs/rules.md.
func DefaultLimits() Limits {
	return Limits{
		MinBlocks:              5,
		Attempts:               3,
		AgentCPU:               0.80,
		LatenessFloorUS:        200,
		LatenessOfP50:          0.10,
		LatenessOfSLO:          0.01,
		SentOfScheduled:        0.99,
		Steal:                  0.02,
		ForeignCPU:             0.10,
		SamplesPerTail:         10,
		LoadHalts:              0.01,
		LittlesLaw:             0.05,
		EarlyAnswers:           0.01,
		Headroom:               1.5,
		ServerAtLimit:          0.90,
		NullDrift:              0.15,
		DriftConfidence:        0.99,
		PollGapUS:              1000,
		NullHold:               1.2,
		Confidence:             0.95,
		EquivalenceConfidence:  0.90,
		ControlConfidence:      0.95,
		FloorFarExceededFactor: 3,
		OrderLevel:             0.01,
		UpToTolerance:          5,
		EvidenceYears:          2,
	}
}
