package digits

import (
	"math"
	"strconv"
)

// Number writes a finite number with three significant digits, and with commas between thousands: "0.0123", "4.80", "12,300".
// One too small or too large to be read so has an exponent; what is no finite number is "not a number".
func Number(v float64) string {
	size := math.Abs(v)
	switch {
	case v == 0:
		return "0"
	case math.IsNaN(v) || math.IsInf(v, 0):
		return "not a number"
	case size < 1e-4 || size >= 1e15:
		return strconv.FormatFloat(v, 'g', 3, 64)
	}
	// Rounded first: 999.6 has four digits before the point once it is 1,000.
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(v, 'e', 2, 64), 64)
	if err != nil {
		return strconv.FormatFloat(v, 'g', 3, 64)
	}
	decimals := max(0, 2-int(math.Floor(math.Log10(math.Abs(rounded)))))
	return Group(strconv.FormatFloat(rounded, 'f', decimals, 64))
}
