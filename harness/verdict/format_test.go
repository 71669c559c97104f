package verdict

import (
	"math"
	"testing"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/stats"
)

func TestNumber(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", 1: "1.00", 4.8: "4.80", 0.0123456: "0.0123", 61.24: "61.2", 100: "100", 999.4: "999", 999.6: "1,000",
		12345: "12,300", 1234567: "1,230,000", -0.5: "-0.500", -12345: "-12,300", 9.996: "10.0", 0.09999: "0.100",
		1e-7: "1e-07", 2.5e20: "2.5e+20", math.MaxFloat64: "1.8e+308",
	} {
		if got := number(v); got != want {
			t.Errorf("number(%g) = %q, want %q", v, got, want)
		}
	}
	if got := number(math.NaN()); got != "not a number" {
		t.Errorf("number(NaN) = %q", got)
	}
}

func TestQuantities(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{count(0), "0"}, {count(999), "999"}, {count(-19900), "-19,900"}, {count(1234567), "1,234,567"},
		{quantity(19900, "connections"), "19,900 connections"},
		{quantity(5<<20, "bytes"), "5.00 MiB"}, {quantity(20<<10, "bytes"), "20.0 KiB"}, {quantity(6000, "bytes"), "6,000 bytes"},
		{span(3.1, 4.8, "ms"), "3.10-4.80 ms"}, {span(4.8, 4.8001, "ms"), "4.80 ms"}, {span(9000, 20<<10, "bytes"), "9,000 bytes-20.0 KiB"},
		{percent(0.95), "95 %"}, {percent(0.9), "90 %"}, {percent(1 - 0.05/12), "99.58 %"}, {percent(0.6877), "68.8 %"}, {number(-0.40249999999999997), "-0.403"}, {percent(0.99995), "99.995 %"},
		{percent(1), "100 %"}, {percent(0), "0 %"}, {percent(1 - 1e-12), "over 99.999999 %"},
		{plural(1, "block"), "1 block"}, {plural(1200, "trial"), "1,200 trials"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

// An interval is never written as if it had no width where it has one.
func TestEndsThatAreWrittenAlike(t *testing.T) {
	logs := func(low, high float64) stats.Interval {
		return stats.Interval{Low: math.Log(low), High: math.Log(high)}
	}
	m, _ := claim.MetricByID(costMetric)
	fair := &court{margin: 1.05}
	dollars := comparison{measure: measure{metric: m}}
	for _, c := range []struct{ got, want string }{
		{fair.ratioSpan(logs(0.5, 0.6)), "0.500-0.600"}, {fair.ratioSpan(logs(1.001, 1.002)), "just above 1.00, to which both ends round"}, {fair.ratioSpan(logs(1, 1)), "1.00, without width"},
		{fair.ratioSpan(logs(0.9523, 1.0499)), "just below 0.952-just below 1.05"}, {fair.ratioSpan(logs(0.9995, 1.2)), "just below 1.00-1.20"},
		{percents(logs(1.2, 1.3), false), "20.0 to 30.0 %"}, {percents(logs(1.2001, 1.3), false, 20, 30), "just above 20.0 to 30.0 %"}, {percents(logs(1.2001, 1.2002), false), "20.0 %, to which both ends round"},
		{dollars.amountSpan(logs(72, 73)), "72.00-73.00 USD/month"}, {dollars.amountSpan(logs(72.21, 72.22)), "72.21-72.22 USD/month"},
		{dollars.amountSpan(logs(72.2262, 72.2262)), "72.23 USD/month, without width"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
