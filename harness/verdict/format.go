package verdict

import (
	"fmt"
	"math"
	"strconv"

	"github.com/assay-bench/assay/harness/digits"
)

// shown prepares a derived number for a Judgement.
func shown(v float64) float64 { return digits.Settled(v) }

// number writes three significant digits, with commas between thousands: of what the Judgement holds, since a number whose last bits are cut off
// may round the other way.
func number(v float64) string {
	if settled := shown(v); settled != 0 { // which it is of what is not finite, too
		v = settled
	}
	return digits.Number(v)
}

// thousandths writes three decimals.
func thousandths(v float64) string { return strconv.FormatFloat(v, 'f', 3, 64) }

// stated writes a number that somebody declared, as it was: "30", "2.5".
func stated(v float64) string { return digits.Group(strconv.FormatFloat(shown(v), 'f', -1, 64)) }

// count writes a whole number with commas between thousands.
func count(n int) string { return digits.Count(n) }

// scaled picks the unit in which a number reads well: bytes become KiB or MiB,
// connections, modules and lines stay whole.
func scaled(v float64, unit string) (string, string) {
	switch {
	case unit == "bytes" && math.Abs(v) >= 1<<20:
		return number(v / (1 << 20)), "MiB"
	case unit == "bytes" && math.Abs(v) >= 10<<10:
		return number(v / (1 << 10)), "KiB"
	case unit == "USD/month":
		return digits.Money(v), unit
	case unit == "modules" && v == 1:
		return "1", "module"
	case (unit == "connections" || unit == "modules" || unit == "lines") && v == math.Trunc(v) && math.Abs(v) < 1e15:
		return count(int(v)), unit
	}
	return number(v), unit
}

// quantity writes a number with its unit.
func quantity(v float64, unit string) string {
	n, u := scaled(v, unit)
	return n + " " + u
}

// span writes a range with its unit once where both ends have the same.
func span(low, high float64, unit string) string {
	l, lu := scaled(low, unit)
	h, hu := scaled(high, unit)
	switch {
	case l == h && lu == hu:
		return l + " " + lu
	case lu == hu:
		return l + "-" + h + " " + hu
	}
	return l + " " + lu + "-" + h + " " + hu
}

// percent writes a share: "95 %", "68.8 %".
func percent(p float64) string { return digits.Level(p) }

func plural(n int, noun string) string { return digits.Plural(n, noun) }

func quoted(s string) string { return fmt.Sprintf("%q", s) }
