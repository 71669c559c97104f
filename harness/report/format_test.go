package report

import (
	"math"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/trial"
)

func TestNumber(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", 1: "1.00", 1.2: "1.20", 9.994: "9.99", 9.996: "10.0", 99.96: "100", 999.6: "1,000", 1234: "1,230",
		19_500: "19,500", 1_234_567: "1,230,000", 0.1: "0.100", 0.01234: "0.0123", 0.0009996: "0.00100", 0.000000001: "1e-09",
		-4.567: "-4.57", -1234: "-1,230", math.Inf(1): "infinite", math.Inf(-1): "-infinite",
	} {
		if got := number(v); got != want {
			t.Errorf("number(%v) = %q; want %q", v, got, want)
		}
	}
	if got := number(math.NaN()); got != missing {
		t.Errorf("number(NaN) = %q; want %q", got, missing)
	}
}

func TestFormats(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{count(0), "0"}, {count(999), "999"}, {count(1000), "1,000"}, {count(-1234567), "-1,234,567"},
		{tick(0.25), "0.25"}, {tick(1500), "1,500"}, {tick(99.95), "99.95"}, {tick(math.Copysign(0, -1)), "0"},
		{bytesIn(0), "0 B"}, {bytesIn(1023), "1,023 B"}, {bytesIn(1024), "1.00 KiB"}, {bytesIn(6130.4), "5.99 KiB"}, {bytesIn(25_769_803_776), "24.0 GiB"},
		{bytesIn(-2048), "-2.00 KiB"},
		{percent(0.1234), "12.3 %"}, {percent(1), "100 %"}, {settingPercent(0.8), "80 %"}, {settingPercent(0.07), "7 %"}, {settingPercent(0.005), "0.5 %"},
		{confidence(0.95), "95 %"}, {confidence(0.99375), "99.38 %"}, {confidence(0.9), "90 %"},
		{ratio(1), "1.000"}, {ratio(0.6304), "0.630"}, {ratio(12.34), "12.3"}, {ratio(0.000123), "0.000123"},
		{duration(100 * time.Millisecond), "100 ms"}, {duration(1500 * time.Millisecond), "1.50 s"}, {duration(8 * time.Second), "8 s"},
		{duration(15 * time.Minute), "15 min"}, {duration(90 * time.Second), "90 s"}, {duration(0), "0 ms"},
		{date(time.Time{}), missing}, {date(time.Date(2026, 1, 26, 0, 0, 0, 0, time.UTC)), "26 January 2026"},
		{moment(time.Date(2026, 1, 26, 9, 8, 7, 0, time.FixedZone("x", 3600))), "2026-01-26 08:08:07 UTC"},
		{plural(1, "trial"), "1 trial"}, {plural(0, "trial"), "0 trials"}, {plural(2000, "trial"), "2,000 trials"},
		{span(73.42, 74.9, withUnit(number, " us")), "73.4 to 74.9 us"}, {span(900, 2000, bytesIn), "900 B to 1.95 KiB"},
		{span(1000, 2000, exact), "1,000 to 2,000"},
		{listed(nil), ""}, {listed([]string{"a"}), "a"}, {listed([]string{"a", "b", "c"}), "a, b and c"},
		{sentence("a"), "a."}, {sentence("a? "), "a?"}, {sentence(""), ""},
		{anchor("Validity and A/A"), "validity-and-aa"}, {anchor("Cell hold/10000"), "cell-hold10000"}, {anchor("roi-go-100k"), "roi-go-100k"},
		{fileName("latency", "hold/host-limit"), "latency-hold-host-limit"}, {fileName("x", "../../etc"), "x-------etc"},
		{startOfLine("# a"), "\\# a"}, {startOfLine("12. a"), "12\\. a"}, {startOfLine("- a"), "\\- a"}, {startOfLine("10.6 ms"), "10.6 ms"},
		{codeSpan("a`b|c", true), "`` a`b\\|c ``"}, {codeSpan("a|b", false), "`a|b`"},
		{cut("abcdef", 4), "abc…"}, {cut("abc", 3), "abc"}, {cut("ab cdef", 4), "ab…"},
		{wrapped("aa bb cc", 5), "aa bb\n  cc"},
	} {
		if c.got != c.want {
			t.Errorf("%q; want %q", c.got, c.want)
		}
	}
}

// Names and units are written here and in the catalogue of claims: they must agree.
func TestMetricsAreThoseOfTheCatalogue(t *testing.T) {
	for _, m := range claim.Metrics() {
		got := metricOf(m.ID, "")
		if got.Label != m.Label || got.Unit != m.Unit {
			t.Errorf("metric %s: %q in %q; the catalogue says %q in %q", m.ID, got.Label, got.Unit, m.Label, m.Unit)
		}
	}
	if got := metricOf("unheard_of", "parsecs").write(3); got != "3.00 parsecs" {
		t.Errorf("a metric that is not in the catalogue: %q", got)
	}
}

func TestWorstCheck(t *testing.T) {
	check := func(value, limit float64, ok bool) trial.Check {
		return trial.Check{Value: value, Limit: limit, OK: ok, Unit: "share"}
	}
	for _, c := range []struct {
		name   string
		checks []trial.Check
		worst  float64
		limit  string
	}{
		{"upper bound, all good", []trial.Check{check(0.3, 0.8, true), check(0.5, 0.8, true)}, 0.5, "at most 80 %"},
		{"upper bound, one bad", []trial.Check{check(0.3, 0.8, true), check(0.9, 0.8, false), check(0.4, 0.8, true)}, 0.9, "at most 80 %"},
		{"lower bound, all good", []trial.Check{check(1, 0.99, true), check(0.995, 0.99, true)}, 0.995, "at least 99 %"},
		{"lower bound, one bad", []trial.Check{check(0.5, 0.99, false), check(1, 0.99, true)}, 0.5, "at least 99 %"},
		{"all on the limit", []trial.Check{check(0, 0, true), check(0, 0, true)}, 0, "at most 0 %"},
		{"limits differ", []trial.Check{check(0.5, 1, true), check(0.4, 0.5, true)}, 0.5, "at most 50.0 to 100 %"},
	} {
		g := checkGroup{unit: "share", checks: c.checks}
		worst, lower := g.worst()
		if worst.Value != c.worst || g.limit(lower) != c.limit {
			t.Errorf("%s: worst %v, limit %q; want %v, %q", c.name, worst.Value, g.limit(lower), c.worst, c.limit)
		}
	}
}
