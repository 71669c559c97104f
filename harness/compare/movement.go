package compare

import (
	"fmt"
	"math"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/digits"
	"github.com/assay-bench/assay/harness/stats"
)

// confidence is the level of the intervals that tell a movement from noise between blocks. What a whole run has of its hour and its
// neighbours is in none of its blocks' spread, so numbers move by chance more often than 1 - confidence.
const confidence = 0.95

// minBlocks is how many values of each run an interval needs.
const minBlocks = 2

// rule is when a number counts as moved. It is printed above every comparison.
func rule() string {
	return fmt.Sprintf("A number moved when the %s Welch t interval of mean ln B - mean ln A does not contain 0; shown are the geometric means of both, B/A and the "+
		"interval taken back by exp. Each run gives one value a block, replica 1 alone, without what a check rejected: X/Y of the "+
		"block for a ratio, X for a single target. It takes %d blocks of each run. Blocks of two runs are not paired; the interval knows their noise and not what differs from run to run, such as the hour or the neighbours. "+
		"What is counted or read from files, the same in every block, moved when it is another number.",
		percent(confidence), minBlocks)
}

// A Movement is one number in both runs.
type Movement struct {
	Target      string   `json:"target"`
	Over        string   `json:"over,omitempty"` // a ratio: the target that Target is divided by
	Cell        string   `json:"cell"`           // or "hold (ladder)"
	Metric      string   `json:"metric"`
	Unit        string   `json:"unit,omitempty"` // of A and B; a ratio has none
	LowerBetter bool     `json:"lower_better"`
	Claims      []string `json:"claims,omitempty"` // a ratio: those with a reading that rests on it

	BlocksA int     `json:"blocks_a"`    // values of run A
	BlocksB int     `json:"blocks_b"`    // and of run B
	A       float64 `json:"a,omitempty"` // geometric mean; absent without a value
	B       float64 `json:"b,omitempty"`
	Change  float64 `json:"b_over_a,omitempty"` // this and its interval are absent where Why says so
	Low     float64 `json:"low,omitempty"`
	High    float64 `json:"high,omitempty"`
	Moved   bool    `json:"moved"`
	Why     string  `json:"why_not_compared,omitempty"`
}

// noSpread is why a number that is the same in every block of A, and in every block of B, is not compared, be it another one in B or not.
const noSpread = "no spread in either run, so that there is no interval"

// compared reports whether the rule could be applied.
func (m Movement) compared() bool { return m.Why == "" }

// fixed tells whether the number is counted or read from files: the same in every block, and another one when it changed.
func (m Movement) fixed() bool {
	metric, _ := claim.MetricByID(m.Metric)
	return metric.Fixed
}

// apply fills in what the logarithms of both runs' values give.
func (m Movement) apply(a, b []float64) Movement {
	m.BlocksA, m.BlocksB = len(a), len(b)
	m.A, m.B = meanOf(a), meanOf(b)
	if m.Why != "" {
		return m
	}
	for _, s := range []struct {
		name string
		n    int
	}{{"A", len(a)}, {"B", len(b)}} {
		if s.n < minBlocks {
			m.Why = fmt.Sprintf("fewer than %d blocks of %s have a value that no check rejected", minBlocks, s.name)
			return m
		}
	}
	in, err := stats.Welch(b, a, confidence)
	switch {
	case err != nil:
		m.Why = "no interval: " + err.Error()
		return m
	case in.Degenerate && !m.fixed():
		m.Why = noSpread
		return m
	}
	m.Change, m.Low, m.High = digits.Settled(math.Exp(in.Center)), digits.Settled(math.Exp(in.Low)), digits.Settled(math.Exp(in.High))
	m.Moved = in.Low > 0 || in.High < 0
	return m
}

// meanOf is the geometric mean of the numbers whose logarithms are given, 0 (absent) of none.
func meanOf(logs []float64) float64 {
	if len(logs) == 0 {
		return 0
	}
	sum := 0.0
	for _, l := range logs {
		sum += l
	}
	return digits.Settled(math.Exp(sum / float64(len(logs))))
}
