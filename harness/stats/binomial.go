package stats

import (
	"fmt"

	"gonum.org/v1/gonum/stat/distuv"
)

// BinomialTail returns P(K >= k) of a binomial variable: n trials, each a success with
// probability p. It is exact: the regularised incomplete beta function I_p(k, n-k+1)
// (Abramowitz and Stegun 26.5.24).
func BinomialTail(k, n int, p float64) (float64, error) {
	if err := checkCounts(k, n); err != nil {
		return 0, err
	}
	if !(p >= 0 && p <= 1) {
		return 0, fmt.Errorf("%w: probability %g lies outside 0 to 1", ErrInput, p)
	}
	if k == 0 {
		return 1, nil
	}
	tail := atLeast(k, n).CDF(p)
	return tail, checkResult(tail)
}

// ClopperPearsonLower returns the one-sided lower confidence bound of a probability after
// k successes in n trials: the p at which P(K >= k) equals 1 - confidence (Clopper and
// Pearson 1934). Since P(K >= k) = I_p(k, n-k+1), it is the (1 - confidence)-quantile of
// the beta distribution with parameters k and n-k+1. It is exact, so it covers at least as
// often as it says. 5 of 5 at 95 %: 0.05^(1/5) = 0.549. No success gives 0.
func ClopperPearsonLower(k, n int, confidence float64) (float64, error) {
	if err := checkCounts(k, n); err != nil {
		return 0, err
	}
	if err := checkLevel("confidence", confidence); err != nil {
		return 0, err
	}
	if k == 0 {
		return 0, nil
	}
	bound := atLeast(k, n).Quantile(1 - confidence)
	return bound, checkResult(bound)
}

// ClopperPearsonUpper returns the one-sided upper confidence bound of a probability after
// k successes in n trials: the p at which P(K <= k) equals 1 - confidence, which is the
// confidence-quantile of the beta distribution with parameters k+1 and n-k: that of
// P(K >= k+1), the rest of the probability. 0 of 5 at 95 %: 1 - 0.05^(1/5) = 0.451. No
// failure gives 1.
func ClopperPearsonUpper(k, n int, confidence float64) (float64, error) {
	if err := checkCounts(k, n); err != nil {
		return 0, err
	}
	if err := checkLevel("confidence", confidence); err != nil {
		return 0, err
	}
	if k == n {
		return 1, nil
	}
	bound := atLeast(k+1, n).Quantile(confidence)
	return bound, checkResult(bound)
}

// ClopperPearson returns k/n with the two-sided interval whose ends are the one-sided
// bounds at confidence 1 - (1 - confidence)/2. It covers at least as often as Confidence
// says, and near 0 and 1 much more often.
func ClopperPearson(k, n int, confidence float64) (Interval, error) {
	if err := checkLevel("confidence", confidence); err != nil {
		return Interval{}, err
	}
	oneSided := 0.5 + confidence/2
	low, err := ClopperPearsonLower(k, n, oneSided)
	if err != nil {
		return Interval{}, err
	}
	high, err := ClopperPearsonUpper(k, n, oneSided)
	if err != nil {
		return Interval{}, err
	}
	return Interval{Center: float64(k) / float64(n), Low: low, High: high, Confidence: confidence, N: n}, nil
}

// atLeast is the beta distribution whose CDF at p is P(K >= k) in n trials, for k above 0.
func atLeast(k, n int) distuv.Beta {
	return distuv.Beta{Alpha: float64(k), Beta: float64(n-k) + 1}
}

func checkCounts(k, n int) error {
	if n < 1 || k < 0 || k > n {
		return fmt.Errorf("%w: %d of %d trials", ErrInput, k, n)
	}
	return nil
}
