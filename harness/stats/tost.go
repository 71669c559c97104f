package stats

import "fmt"

// An Equivalence is the outcome of two one-sided tests: does the parameter lie between
// Low and High?
type Equivalence struct {
	Low, High float64  // the margins, in the unit of the sample
	Interval  Interval // at confidence 1 - 2 alpha
	PLow      float64  // p-value against "at or below Low"
	PHigh     float64  // p-value against "at or above High"
	P         float64  // the larger of the two: the p-value against "not equivalent"
	Shown     bool     // the interval lies inside the margins
}

// TOST tests whether the mean of d lies between low and high, by two one-sided t tests
// (Schuirmann 1987). Two rules say the same, up to rounding: both tests reject at alpha,
// and the t interval at confidence 1 - 2 alpha lies wholly inside the margins. confidence
// is that of the interval: 0.90 tests at alpha = 5 %. No correction for two tests is due,
// since both must reject (Berger and Hsu 1996).
//
// For a tie of x and y within a ratio m, d is LogRatios(x, y) and the margins are -ln m
// and ln m. The interval rule alone works on any Interval: Interval.Position. A sample
// without spread is Shown to lie where its one value lies; Interval.Degenerate says so.
func TOST(d []float64, low, high, confidence float64) (Equivalence, error) {
	mean, err := meanOf(d)
	if err != nil {
		return Equivalence{}, err
	}
	if !(low < high) {
		return Equivalence{}, fmt.Errorf("%w: margins from %g to %g hold no value", ErrInput, low, high)
	}
	in, err := mean.interval(confidence)
	if err != nil {
		return Equivalence{}, err
	}
	atLow, err := mean.test(low)
	if err != nil {
		return Equivalence{}, fmt.Errorf("lower margin: %w", err)
	}
	atHigh, err := mean.test(high)
	if err != nil {
		return Equivalence{}, fmt.Errorf("upper margin: %w", err)
	}
	return Equivalence{
		Low: low, High: high, Interval: in,
		PLow: atLow.Greater, PHigh: atHigh.Less, P: max(atLow.Greater, atHigh.Less),
		Shown: in.Position(low, high) == Inside,
	}, nil
}
