package stats

import (
	"fmt"
	"math"
	"slices"
)

// maxSignedRank bounds the sample of signed ranks: the exact distribution takes n^3 steps.
const maxSignedRank = 300

// SignedRank returns the Hodges-Lehmann estimate (the median of the Walsh averages
// (d[i]+d[j])/2, i <= j) with the exact confidence interval of Wilcoxon's signed-rank
// statistic (Hodges and Lehmann 1963; Hollander and Wolfe, Nonparametric Statistical
// Methods, 2nd ed., sections 3.2 and 3.3). It assumes a symmetric distribution of d and
// takes 1 to 300 values.
//
// The statistic is discrete, so few levels can be had. The interval has the smallest
// attainable level that is not below the one asked for. Where none is (the largest is
// 1 - 2^(1-n): 93.75 % at n = 5, 99.22 % at n = 8), it spans the whole sample, and
// Confidence, the level it really has, is lower than what was asked.
func SignedRank(d []float64, confidence float64) (Interval, error) {
	if err := checkSignedRank(d); err != nil {
		return Interval{}, err
	}
	if err := checkLevel("confidence", confidence); err != nil {
		return Interval{}, err
	}
	walsh := walshAverages(d)
	k, level := signedRankCut(len(d), confidence)
	last := len(walsh) - 1
	in := Interval{
		Center: middle(walsh), Low: walsh[k], High: walsh[last-k],
		Confidence: level, N: len(d), Degenerate: allEqual(d),
	}
	return in, checkResult(in.Center, in.Low, in.High)
}

// walshAverages returns the n(n+1)/2 averages of all pairs, each value with itself included, sorted.
func walshAverages(d []float64) []float64 {
	averages := make([]float64, 0, len(d)*(len(d)+1)/2)
	for i := range d {
		for j := i; j < len(d); j++ {
			// Halves first: the sum of two large values would overflow.
			averages = append(averages, d[i]/2+d[j]/2)
		}
	}
	slices.Sort(averages)
	return averages
}

// signedRankCut returns how many Walsh averages to leave out at each end, and the level
// 1 - 2 P(T+ <= k) that remains: the largest k whose level is not below confidence, else 0.
func signedRankCut(n int, confidence float64) (k int, level float64) {
	cumulative := signedRankCumulative(n)
	level = 1 - 2*cumulative[0]
	for next := 1; next < len(cumulative); next++ {
		l := 1 - 2*cumulative[next]
		if l < confidence { // exact: levels are multiples of 2^(1-n)
			break
		}
		k, level = next, l
	}
	return k, math.Max(level, 0) // n = 1: a single value has no interval, level 0
}

// signedRankCumulative returns P(T+ <= k) for k = 0 ... n(n+1)/2 under the null
// hypothesis, where no two ranks are equal.
func signedRankCumulative(n int) []float64 {
	ranks := make([]int, n)
	for i := range ranks {
		ranks[i] = i + 1
	}
	p := signFlips(ranks)
	for k := 1; k < len(p); k++ {
		p[k] += p[k-1]
	}
	return p
}

// signFlips returns P(S = k) for k = 0 ... the sum of the weights, where S is the sum of
// those that count and each counts with probability 1/2: the product of the polynomials
// (1 + x^weight)/2.
func signFlips(weights []int) []float64 {
	total := 0
	for _, w := range weights {
		total += w
	}
	p := make([]float64, total+1)
	p[0] = 1
	top := 0
	for _, w := range weights {
		top += w
		for sum := top; sum >= 0; sum-- {
			with := 0.0
			if sum >= w {
				with = p[sum-w]
			}
			p[sum] = (p[sum] + with) / 2
		}
	}
	return p
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
