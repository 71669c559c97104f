package digits

import (
	"math"
	"strconv"
)

// Settled rounds a derived number to ten significant digits, so that the last bits, which differ between processors, never
// reach a file; 0, which is "absent" in every field that uses it, when it is not finite.
func Settled(v float64) float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return 0
	}
	r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 10, 64), 64)
	if err != nil { // rounding up left the range
		return 0
	}
	return r
}
