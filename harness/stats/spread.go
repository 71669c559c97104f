package stats

import "math"

// StandardDeviation returns the sample's, with n-1 in the denominator: 0 where all values
// are equal. It needs two.
func StandardDeviation(xs []float64) (float64, error) {
	mean, err := meanOf(xs)
	if err != nil {
		return 0, err
	}
	sd := mean.standardError * math.Sqrt(float64(mean.n)) // 0 where there is no spread
	return sd, checkResult(sd)
}
