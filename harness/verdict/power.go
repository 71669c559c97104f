package verdict

import (
	"math"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/stats"
)

// wantedPower is the chance with which a plan is said to see something: four in five, the
// custom since Cohen (1988). No verdict depends on it.
const wantedPower = 0.8

// Power is what a plan can see, known before its first trial: all its comparisons have the
// same confidence and the same margin, and but for those of cells in fewer blocks (builds)
// the same number of blocks.
//
// It is the power of the rule of "X beats Y": the t interval decides, the signed-rank
// interval has to lead to the same verdict, and a tie has equality in it. What the two do is counted over normal samples
// (sight.go). Noise is the standard deviation of d = ln(X/Y) over the blocks. Not in it are the A/A control and the drift, which
// withhold a few in a hundred on a host without fault.
type Power struct {
	Comparisons int     // comparative readings that the plan measures
	Blocks      int     // of the plan
	Confidence  float64 // of the intervals that decide, after the family correction
	Margin      float64 // ratio
	Chance      float64 // with which a difference is seen: 0.8
	// QuietEnough is the most noise at which two equal targets are shown to tie with this Chance, so that "better" is
	// refuted by it; 0 where no noise is little enough.
	QuietEnough float64
	Levels      []PowerLevel // at an assumed noise each, ascending

	sight sight // over Blocks
}

// PowerLevel is what a plan sees at one level of noise.
type PowerLevel struct {
	Noise      float64 // of d, as a share: 0.03
	Detectable float64 // smallest true advantage, as a ratio above 1, that is found with the Chance
	TieShown   float64 // chance that two equal targets are shown to tie
}

// assumedNoise is that of a quiet host, of a common one and of a shared one.
func assumedNoise() []float64 { return []float64{0.01, 0.03, 0.08} }

// PowerOf says what the plan can see. ok is false where it compares nothing, or where its
// blocks or its margin allow no verdict.
func PowerOf(p plan.Plan) (power Power, ok bool) {
	c := newCourt(p, nil)
	if c.family == 0 || len(c.blocks) < c.minBlocks() || math.IsNaN(c.delta) {
		return Power{}, false
	}
	power = Power{Comparisons: c.family, Confidence: c.confidence, Margin: c.margin, Chance: wantedPower}
	if power, ok = power.Over(len(c.blocks)); !ok { // a plan without usable confidences
		return Power{}, false
	}
	for _, noise := range assumedNoise() {
		level, ok := power.At(noise)
		if !ok {
			return Power{}, false
		}
		power.Levels = append(power.Levels, level)
	}
	return power, true
}

// Over is the power of comparisons that have so many blocks, without levels; ok is false where that allows no interval.
func (w Power) Over(blocks int) (over Power, ok bool) {
	if blocks < 2 {
		return Power{}, false
	}
	s, err := newSight(blocks, w.Confidence)
	if err != nil {
		return Power{}, false
	}
	w.Blocks, w.Levels, w.sight = blocks, nil, s
	w.QuietEnough = math.Log(w.Margin) / s.quietEnough(w.Chance)
	return w, true
}

// At is what the plan sees at some noise; ok is false where that is no positive number.
func (w Power) At(noise float64) (level PowerLevel, ok bool) {
	if !(noise > 0) || math.IsInf(noise, 0) || len(w.sight.t) == 0 {
		return PowerLevel{}, false
	}
	detectable := w.Margin * math.Exp(noise*w.sight.detectable(w.Chance))
	if !finite(detectable) {
		return PowerLevel{}, false
	}
	return PowerLevel{Noise: noise, Detectable: shown(detectable), TieShown: shown(w.sight.tieShown(math.Log(w.Margin) / noise))}, true
}

// Noise is the standard deviation of d = ln(X/Y) over the complete blocks; ok is false
// with fewer than two, and where a value is a bound or has no logarithm.
func (r Ratio) Noise() (sd float64, ok bool) {
	if r.Bound != Exact || len(r.XValues) != len(r.YValues) {
		return 0, false
	}
	x, y := make([]float64, len(r.XValues)), make([]float64, len(r.YValues))
	for i := range r.XValues {
		x[i], y[i] = r.XValues[i].Value, r.YValues[i].Value
	}
	d, err := stats.LogRatios(x, y)
	if err != nil {
		return 0, false
	}
	sd, err = stats.StandardDeviation(d)
	return sd, err == nil
}
