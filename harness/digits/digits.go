package digits

import (
	"strconv"
	"strings"
)

// Group puts commas between the thousands of a decimal number: "-1234567.5" becomes "-1,234,567.5".
func Group(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	whole, fraction, _ := strings.Cut(s, ".")
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if fraction != "" {
		fraction = "." + fraction
	}
	return sign + whole + fraction
}

// Count writes a whole number.
func Count[T int | int64 | uint64](n T) string { return Group(strconv.FormatInt(int64(n), 10)) }

// Plural writes "1 trial", "2,000 trials".
func Plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return Count(n) + " " + noun + "s"
}
