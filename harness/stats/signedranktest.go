package stats

import (
	"fmt"
	"math"
)

// SignedRankTest tests by Wilcoxon's signed ranks whether d is symmetric around null. The
// statistic is T+, the sum of the ranks of |d[i] - null| where d[i] lies above null. The
// p-values are exact. It takes 1 to 300 values.
//
// Values equal to null carry no sign: they are left out before ranking (Wilcoxon 1945),
// and N counts the others. Equal distances share the mean of their ranks, and the
// distribution is that of the ranks so shared (the sign of each is a fair coin), not that
// of a table for distinct ranks (Hollander and Wolfe, Nonparametric Statistical Methods,
// 2nd ed., section 3.1, comments on ties and on the conditional null distribution). Equal
// means equal as floating-point numbers. Where every value equals null, every p-value is 1.
//
// Without ties and without values at null, null lies outside SignedRank's interval exactly
// where TwoSided is at or below 1 - Confidence.
func SignedRankTest(d []float64, null float64) (Test, error) {
	if err := checkSignedRank(d); err != nil {
		return Test{}, err
	}
	distances, above, err := signedDistances(d, null)
	if err != nil {
		return Test{}, err
	}
	ranks := doubledRanks(distances)
	sum, total := 0, 0
	for i, r := range ranks {
		total += r
		if above[i] {
			sum += r
		}
	}
	p := signFlips(ranks)
	less, greater := sumUpTo(p, sum), sumUpTo(p, total-sum) // symmetric: P(T+ >= t) = P(T+ <= total-t)
	return Test{
		Null: null, Statistic: float64(sum) / 2, N: len(ranks),
		TwoSided: twoSided(less, greater), Less: less, Greater: greater, Degenerate: allEqual(d),
	}, nil
}

// checkSignedRank refuses samples that the exact distribution is not computed for.
func checkSignedRank(d []float64) error {
	if err := checkSample(d, 1); err != nil {
		return err
	}
	if len(d) > maxSignedRank {
		return fmt.Errorf("%w: %d values; the exact signed-rank distribution is computed for at most %d", ErrInput, len(d), maxSignedRank)
	}
	return nil
}

// signedDistances returns |d[i] - null| and whether d[i] lies above, for all that differ.
func signedDistances(d []float64, null float64) (distances []float64, above []bool, err error) {
	if !finite(null) {
		return nil, nil, fmt.Errorf("%w: the value tested is %g", ErrInput, null)
	}
	for _, v := range d {
		if distance := v - null; distance != 0 {
			distances, above = append(distances, math.Abs(distance)), append(above, distance > 0)
		}
	}
	return distances, above, checkResult(distances...)
}

func sumUpTo(p []float64, last int) float64 {
	sum := 0.0
	for _, v := range p[:last+1] {
		sum += v
	}
	return min(sum, 1)
}
