package stats

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/stat/distuv"
)

// farOut is how many standard deviations from the middle a normal distribution is cut
// off: what lies beyond has a probability under 1e-18.
const farOut = 9

// NoncentralTTail returns P(T >= t) of the noncentral t distribution: T = (Z + shift) / W
// with Z standard normal and W = s/sigma of nu degrees of freedom. It is the power of a t
// test whose mean lies shift standard errors from the value tested (Johnson, Kotz and
// Balakrishnan, Continuous Univariate Distributions 2, chapter 31).
//
// It is computed by quadrature over Z, since P(W <= w) is an incomplete gamma function;
// the error is under 1e-10.
func NoncentralTTail(t, nu, shift float64) (float64, error) {
	if !finite(t) || !finite(shift) {
		return 0, fmt.Errorf("%w: t is %g, its shift %g", ErrInput, t, shift)
	}
	if err := checkFreedom(nu); err != nil {
		return 0, err
	}
	switch {
	case t == 0:
		return distuv.UnitNormal.CDF(shift), nil
	case t < 0: // mirrored, so that both sides of T >= t are positive
		return 1 - shiftedBeyond(-t, nu, -shift), nil
	}
	return shiftedBeyond(t, nu, shift), nil
}

// shiftedBeyond is P(Z + shift >= t W) for t above 0.
func shiftedBeyond(t, nu, shift float64) float64 {
	w := spreadOf(nu)
	low, high := math.Max(0, shift-farOut), math.Max(0, shift+farOut)
	return integrate(func(u float64) float64 {
		return distuv.UnitNormal.Prob(u-shift) * w.atMost(u/t)
	}, low, t*w.low, t*w.high, high)
}

// withinBand is P(|Z + shift| + t W < half) for t above 0: the chance that an interval of
// half-length t W lies within half of 0.
func withinBand(t, nu, shift, half float64) float64 {
	w := spreadOf(nu)
	shift = math.Abs(shift)
	low, high := math.Max(0, shift-farOut), math.Min(half, shift+farOut)
	return integrate(func(u float64) float64 {
		density := distuv.UnitNormal.Prob(u-shift) + distuv.UnitNormal.Prob(u+shift)
		return density * w.atMost((half-u)/t)
	}, low, half-t*w.high, half-t*w.low, high)
}

// A spreadRatio is the distribution of W = s/sigma, the estimated over the true standard
// deviation, with the range outside which its distribution function is 0 or 1.
type spreadRatio struct {
	chi       distuv.ChiSquared // of nu W^2
	low, high float64
}

func spreadOf(nu float64) spreadRatio {
	reach := farOut / math.Sqrt(2*nu) // W is nearly normal with this share of farOut as its standard deviation
	return spreadRatio{distuv.ChiSquared{K: nu}, math.Max(0, 1-reach), 1 + reach}
}

func (w spreadRatio) atMost(v float64) float64 {
	if v <= 0 {
		return 0
	}
	return w.chi.CDF(w.chi.K * v * v)
}

// integrate is Gauss-Legendre quadrature from low to high, in three parts that end where
// the integrand starts to rise and where it has risen.
func integrate(f func(float64) float64, low, rise, risen, high float64) float64 {
	const panels, nodes = 12, 16
	ends := []float64{low, min(max(rise, low), high), min(max(risen, low), high), high}
	sum := 0.0
	for i := range ends[1:] {
		step := (ends[i+1] - ends[i]) / panels
		for k := range panels {
			if from := ends[i] + float64(k)*step; step > 0 {
				sum += quad.Fixed(f, from, from+step, nodes, quad.Legendre{}, 0)
			}
		}
	}
	return min(max(sum, 0), 1)
}
