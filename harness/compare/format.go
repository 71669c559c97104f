package compare

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/assay-bench/assay/harness/digits"
)

// missing stands where there is nothing, or nothing is known.
const missing = "-"

// number writes three significant digits, with commas between thousands.
func number(v float64) string { return digits.Number(v) }

// ratio writes a quotient with three digits after the point where these say enough.
func ratio(v float64) string {
	if v >= 0.1 && v < 10 {
		return strconv.FormatFloat(v, 'f', 3, 64)
	}
	return number(v)
}

func count(n int) string { return digits.Count(n) }

// setting writes a number that somebody chose, with the digits that it has.
func setting(v float64) string { return digits.Group(strconv.FormatFloat(v, 'f', -1, 64)) }

// percent writes a share of confidence: "95 %", "99.64 %".
func percent(share float64) string {
	s := strconv.FormatFloat(100*share, 'f', 2, 64)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".") + " %"
}

// quantity writes a number in the unit in which it reads well; absent numbers are missing.
func quantity(v float64, unit string) string {
	switch {
	case v == 0:
		return missing
	case unit == "bytes":
		return bytesIn(v)
	case unit == "":
		return ratio(v)
	}
	return number(v) + " " + unit
}

// bytesIn writes a size in the largest binary unit that leaves at least 1.
func bytesIn(v float64) string {
	if v <= 0 {
		return missing
	}
	units := []string{"B", "KiB", "MiB", "GiB", "TiB"}
	i := 0
	for i < len(units)-1 && v >= 1024 {
		v /= 1024
		i++
	}
	return number(v) + " " + units[i]
}

func list(ns []int) string {
	var all []string
	for _, n := range ns {
		all = append(all, strconv.Itoa(n))
	}
	return strings.Join(all, ", ")
}

// short is the head of a hash, which is enough to tell two apart.
func short(hash string) string { return hash[:min(12, len(hash))] }

func plural(n int, noun string) string { return digits.Plural(n, noun) }

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func moment(t time.Time) string {
	if t.IsZero() {
		return missing
	}
	return t.UTC().Format("2006-01-02 15:04:05") + " UTC"
}

func orMissing(s string) string {
	if s = oneLine(s); s == "" {
		return missing
	}
	return s
}

// oneLine folds white space and control characters, which a file may hold and a terminal
// would obey, into single spaces.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}
