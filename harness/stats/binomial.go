package stats

import (
	"fmt"

	"gonum.org/v1/gonum/mathext"
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
	tail := mathext.RegIncBeta(float64(k), float64(n-k)+1, p)
	return tail, checkResult(tail)
}

// ClopperPearsonLower returns the one-sided lower confidence bound of a probability after
// k successes in n trials: the p at which P(K >= k) equals 1 - confidence (Clopper and
// Pearson 1934). It is exact, so it covers at least as often as it says. 5 of 5 at 95 %:
// 0.05^(1/5) = 0.549. No success gives 0.
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
	bound := mathext.InvRegIncBeta(float64(k), float64(n-k)+1, 1-confidence)
	return bound, checkResult(bound)
}

func checkCounts(k, n int) error {
	if n < 1 || k < 0 || k > n {
		return fmt.Errorf("%w: %d of %d trials", ErrInput, k, n)
	}
	return nil
}
