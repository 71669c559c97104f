package stats

import (
	"fmt"
	"math"
)

// Welch returns mean(x) - mean(y) with its interval, for two independent samples whose
// spreads may differ: standard error sqrt(sx^2/nx + sy^2/ny), degrees of freedom by Welch
// and Satterthwaite (Welch 1947; NIST/SEMATECH e-Handbook 1.3.5.3, unequal variances).
// Each sample needs two values. N is that of both together.
//
// It is for samples that share no blocks. Where they do, PairedT is right and narrower.
func Welch(x, y []float64, confidence float64) (Interval, error) {
	difference, err := differenceOfMeans(x, y)
	if err != nil {
		return Interval{}, err
	}
	return difference.interval(confidence)
}

func differenceOfMeans(x, y []float64) (studentized, error) {
	mx, err := meanOf(x)
	if err != nil {
		return studentized{}, fmt.Errorf("x: %w", err)
	}
	my, err := meanOf(y)
	if err != nil {
		return studentized{}, fmt.Errorf("y: %w", err)
	}
	d := studentized{value: mx.value - my.value, n: mx.n + my.n, flat: mx.flat && my.flat}
	if d.flat {
		return d, checkResult(d.value)
	}
	d.standardError = math.Hypot(mx.standardError, my.standardError)
	// The share of x in the squared error; the quotient of fourth powers in the textbooks
	// would overflow sooner.
	share := mx.standardError / d.standardError
	share *= share
	d.freedom = 1 / (share*share/float64(mx.n-1) + (1-share)*(1-share)/float64(my.n-1))
	return d, checkResult(d.value, d.standardError, d.freedom)
}
