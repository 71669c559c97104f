package stats

import (
	"fmt"
	"math"
)

// DetectableAbove returns how far the true mean of n normal values, whose standard deviation is sd, has to lie above a limit so
// that their whole TInterval does with the chance power: the rule "better by more than the margin" (Cohen, Statistical Power
// Analysis, 2nd ed., section 2.3, with the exact noncentral t). It grows in proportion to sd.
func DetectableAbove(n int, sd, confidence, power float64) (float64, error) {
	t, err := criticalT(n, sd, confidence)
	if err != nil {
		return 0, err
	}
	if err := checkLevel("power", power); err != nil {
		return 0, err
	}
	shift := rising(-farOut, 1, power, func(shift float64) float64 { return shiftedBeyond(t, float64(n-1), shift) })
	excess := shift * sd / math.Sqrt(float64(n))
	return excess, checkResult(excess)
}

// PowerInside returns the chance that the whole TInterval of n normal values lies between
// -margin and margin, when their true mean and standard deviation are mean and sd: the
// power of TOST, exactly (Phillips 1990, Power of the two one-sided tests procedure in
// bioequivalence).
func PowerInside(n int, mean, margin, sd, confidence float64) (float64, error) {
	t, err := criticalT(n, sd, confidence)
	if err != nil {
		return 0, err
	}
	if !finite(mean) || !finite(margin) || !(margin > 0) {
		return 0, fmt.Errorf("%w: mean %g, margin %g", ErrInput, mean, margin)
	}
	unit := math.Sqrt(float64(n)) / sd
	if err := checkResult(mean*unit, margin*unit); err != nil {
		return 0, err
	}
	power := withinBand(t, float64(n-1), mean*unit, margin*unit)
	return power, checkResult(power)
}

// NoiseInside returns the largest standard deviation at which n normal values of mean 0
// have their whole TInterval between -margin and margin with the chance power.
func NoiseInside(n int, margin, confidence, power float64) (float64, error) {
	t, err := criticalT(n, 1, confidence)
	if err != nil {
		return 0, err
	}
	if err := checkLevel("power", power); err != nil {
		return 0, err
	}
	if !finite(margin) || !(margin > 0) {
		return 0, fmt.Errorf("%w: margin %g", ErrInput, margin)
	}
	half := rising(0, 1, power, func(half float64) float64 { return withinBand(t, float64(n-1), 0, half) })
	noise := margin * math.Sqrt(float64(n)) / half
	return noise, checkResult(noise)
}

// criticalT is how many standard errors half a t interval of n values is long.
func criticalT(n int, sd, confidence float64) (float64, error) {
	if n < 2 {
		return 0, fmt.Errorf("%w: %d values, at least 2 are needed", ErrInput, n)
	}
	if !finite(sd) || !(sd > 0) {
		return 0, fmt.Errorf("%w: standard deviation %g", ErrInput, sd)
	}
	if err := checkLevel("confidence", confidence); err != nil {
		return 0, err
	}
	return StudentQuantile(0.5+confidence/2, float64(n-1))
}

// rising solves f(x) = y for an f that rises from below y at low; high is doubled until
// it lies beyond.
func rising(low, high, y float64, f func(float64) float64) float64 {
	for f(high) < y && high < math.MaxFloat64/2 {
		low, high = high, 2*high
	}
	for range 60 {
		if middle := low + (high-low)/2; f(middle) < y {
			low = middle
		} else {
			high = middle
		}
	}
	return high
}
