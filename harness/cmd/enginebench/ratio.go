package main

import (
	"fmt"
	"math"
	"slices"

	"github.com/assay-bench/assay/harness/stats"
)

// confidence is the level of the intervals printed here.
const confidence = 0.95

// A ratio is what pairs say of x over y.
type ratio struct {
	N         int     // pairs
	Mean      float64 // geometric
	Median    float64
	Min, Max  float64
	Low, High float64 // 95 % interval of the mean; NaN with one pair
}

// ratioOf pairs x[i] with y[i], both above 0. The interval is the paired t one of ln(x/y), carried back.
func ratioOf(x, y []float64) (ratio, error) {
	logs, err := stats.LogRatios(x, y)
	if err != nil {
		return ratio{}, err
	}
	each := make([]float64, len(logs))
	for i, d := range logs {
		each[i] = math.Exp(d)
	}
	r := ratio{N: len(each), Low: math.NaN(), High: math.NaN()}
	if r.Mean, err = stats.GeometricMean(each); err != nil {
		return ratio{}, err
	}
	if r.Median, err = stats.Median(each); err != nil {
		return ratio{}, err
	}
	r.Min, r.Max = slices.Min(each), slices.Max(each)
	if r.N == 1 {
		return r, nil
	}
	in, err := stats.TInterval(logs, confidence)
	if err != nil {
		return ratio{}, err
	}
	r.Low, r.High = math.Exp(in.Low), math.Exp(in.High)
	return r, nil
}

// String is the mean with its spread.
func (r ratio) String() string {
	if r.N == 1 {
		return fmt.Sprintf("%.2f (one pair)", r.Mean)
	}
	if r.N == 2 { // an interval over two would span everything
		return fmt.Sprintf("%.2f (%.2f to %.2f; 2 pairs)", r.Mean, r.Min, r.Max)
	}
	return fmt.Sprintf("%.2f (%.2f to %.2f; 95 %% interval %.2f to %.2f; %d pairs)",
		r.Mean, r.Min, r.Max, r.Low, r.High, r.N)
}

// A spread is what repeated values say.
type spread struct {
	N                int
	Median, Min, Max float64
}

// spreadOf needs one value at least.
func spreadOf(values []float64) (spread, error) {
	m, err := stats.Median(values)
	if err != nil {
		return spread{}, err
	}
	return spread{N: len(values), Median: m, Min: slices.Min(values), Max: slices.Max(values)}, nil
}

// text writes the median with its unit, and the range, with so many decimals.
func (s spread) text(decimals int, unit string) string {
	if s.N == 1 {
		return fmt.Sprintf("%.*f %s (one round)", decimals, s.Median, unit)
	}
	return fmt.Sprintf("%.*f %s (%.*f to %.*f; %d rounds)",
		decimals, s.Median, unit, decimals, s.Min, decimals, s.Max, s.N)
}
