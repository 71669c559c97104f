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
// Noise is the standard deviation of d = ln(X/Y) over the blocks. The interval that
// decides is taken alone; the signed-rank interval and the controls can only withhold a
// verdict.
type Power struct {
	Comparisons int     // comparative readings that the plan measures
	Blocks      int     // of the plan
	Confidence  float64 // of the intervals that decide, after the family correction
	Margin      float64 // ratio
	Chance      float64 // with which a difference is seen: 0.8
	// QuietEnough is the most noise at which the interval of two equal targets lies inside the margin with this Chance,
	// so that "better" is refuted by a tie.
	QuietEnough float64
	Levels      []PowerLevel // at an assumed noise each, ascending
}

// PowerLevel is what a plan sees at one level of noise.
type PowerLevel struct {
	Noise      float64 // of d, as a share: 0.03
	Detectable float64 // smallest true advantage, as a ratio above 1, that is found with the Chance
	TieShown   float64 // chance that the interval of two equal targets lies inside the margin
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
	power = Power{Comparisons: c.family, Blocks: len(c.blocks), Confidence: c.confidence, Margin: c.margin, Chance: wantedPower}
	quiet, err := stats.NoiseInside(len(c.blocks), c.delta, c.confidence, wantedPower)
	if err != nil { // a plan without usable confidences
		return Power{}, false
	}
	power.QuietEnough = quiet
	for _, noise := range assumedNoise() {
		level, ok := power.At(noise)
		if !ok {
			return Power{}, false
		}
		power.Levels = append(power.Levels, level)
	}
	return power, true
}

// At is what the plan sees at some noise; ok is false where that is no positive number.
func (w Power) At(noise float64) (level PowerLevel, ok bool) {
	excess, err := stats.DetectableAbove(w.Blocks, noise, w.Confidence, w.Chance)
	if err != nil {
		return PowerLevel{}, false
	}
	inside, err := stats.PowerInside(w.Blocks, 0, math.Log(w.Margin), noise, w.Confidence)
	if err != nil {
		return PowerLevel{}, false
	}
	return PowerLevel{Noise: noise, Detectable: shown(w.Margin * math.Exp(excess)), TieShown: shown(inside)}, true
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
