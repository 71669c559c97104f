package verdict

import (
	"math"
	"testing"
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
		{percent(0.95), "95 %"}, {percent(0.9), "90 %"}, {percent(1 - 0.05/12), "99.6 %"}, {percent(0.99995), "99.995 %"},
		{percent(1), "100 %"}, {percent(0), "0 %"}, {percent(1 - 1e-12), "over 99.999999 %"},
		{plural(1, "block"), "1 block"}, {plural(1200, "trial"), "1,200 trials"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestShown(t *testing.T) {
	for _, c := range []struct{ in, want float64 }{
		{1.0 / 3, 0.3333333333}, {math.NaN(), 0}, {math.Inf(-1), 0}, {math.MaxFloat64, 0}, {12, 12},
	} {
		if got := shown(c.in); got != c.want {
			t.Errorf("shown(%g) = %g, want %g", c.in, got, c.want)
		}
	}
}
