package digits

import "strconv"

// Money writes a sum of USD: with cents below a thousand, whole ones from there on.
func Money(v float64) string {
	if v < 1000 {
		return Group(strconv.FormatFloat(v, 'f', 2, 64))
	}
	return Group(strconv.FormatFloat(v, 'f', 0, 64))
}
