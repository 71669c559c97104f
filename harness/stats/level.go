package stats

import "fmt"

// TwoSidedConfidence returns the confidence of the two-sided interval each end of which is
// a one-sided bound at the confidence given: 2c - 1, so 0.95 gives 0.90. It takes
// confidences above 1/2.
//
// It holds for every interval of this package, since each leaves the same probability out
// at both ends. An interval with fewer levels (SignedRank) bounds at (1 + Confidence)/2.
func TwoSidedConfidence(oneSided float64) (float64, error) {
	if err := checkLevel("confidence", oneSided); err != nil {
		return 0, err
	}
	if oneSided <= 0.5 {
		return 0, fmt.Errorf("%w: a one-sided bound at confidence %g is no end of a two-sided interval", ErrInput, oneSided)
	}
	return 2*oneSided - 1, nil
}
