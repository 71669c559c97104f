package report

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/assay-bench/assay/harness/digits"
)

// missing stands where nothing was measured.
const missing = "-"

// number is digits.Number, and says which way something is infinite, as a ratio of bounds may be; what was not measured is missing.
func number(v float64) string {
	switch {
	case math.IsNaN(v):
		return missing
	case math.IsInf(v, 1):
		return "infinite"
	case math.IsInf(v, -1):
		return "-infinite"
	}
	return digits.Number(v)
}

// count writes a whole number with thousands separators.
func count[T int | int64 | uint64](n T) string { return digits.Count(n) }

// tick writes the value of a round tick without digits that say nothing.
func tick(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1e15 {
		return digits.Group(strconv.FormatFloat(v+0, 'f', 0, 64)) // + 0 turns -0 into 0
	}
	return digits.Group(strconv.FormatFloat(v, 'g', 6, 64))
}

// bytesIn writes a size in the largest binary unit that leaves at least 1.
func bytesIn(v float64) string {
	units := []string{"B", "KiB", "MiB", "GiB", "TiB"}
	i := 0
	for i < len(units)-1 && math.Abs(v) >= 1024 {
		v /= 1024
		i++
	}
	if i == 0 && v == math.Trunc(v) {
		return count(int64(v)) + " B"
	}
	return number(v) + " " + units[i]
}

// percent writes a measured share: 0.123 is "12.3 %".
func percent(share float64) string { return number(100*share) + " %" }

// setting writes a number that somebody chose, which has no digits to fill up: 10, 0.5.
func setting(v float64) string { return tick(v) }

// declared writes a number of a claim as it was declared, however many digits it has: 20.001 is not "20".
func declared(v float64) string {
	return digits.Group(strconv.FormatFloat(digits.Settled(v), 'f', -1, 64))
}

// settingPercent writes a share that somebody chose: 0.8 is "80 %".
func settingPercent(share float64) string {
	return setting(math.Round(share*1e8)/1e6) + " %"
}

// confidence writes 0.95 as "95 %" and 0.99286 as "99.29 %".
func confidence(c float64) string { return digits.Level(c) }

// ratio writes a quotient with three digits after the point where these say enough.
func ratio(v float64) string {
	if v >= 0.1 && v < 10 {
		return strconv.FormatFloat(v, 'f', 3, 64)
	}
	return number(v)
}

// duration writes a setting of the plan: "100 ms", "2 s", "15 min".
func duration(d time.Duration) string { return digits.Spelled(d) }

func date(t time.Time) string {
	if t.IsZero() {
		return missing
	}
	return t.UTC().Format("2 January 2006")
}

func moment(t time.Time) string {
	if t.IsZero() {
		return missing
	}
	return t.UTC().Format("2006-01-02 15:04:05") + " UTC"
}

// orMissing shows what is not known as missing.
func orMissing(s string) string {
	if oneLine(s) == "" {
		return missing
	}
	return s
}

// plural writes "1 trial", "2 trials".
func plural(n int, one string) string { return digits.Plural(n, one) }

// span writes a range of a metric with its unit once where both ends have the same; ends that are written alike say why.
func span(lo, hi float64, write func(float64) string) string {
	a, b := write(lo), write(hi)
	if a == b {
		return digits.Ends(a, " to ", b, lo == hi)
	}
	number, unitA, _ := strings.Cut(a, " ")
	if _, unitB, _ := strings.Cut(b, " "); unitA == unitB {
		a = number
	}
	return a + " to " + b
}
