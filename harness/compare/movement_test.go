package compare

import (
	"math"
	"strings"
	"testing"
)

func TestApply(t *testing.T) {
	logs := func(xs ...float64) []float64 {
		var all []float64
		for _, x := range xs {
			all = append(all, math.Log(x))
		}
		return all
	}
	for _, c := range []struct {
		name  string
		a, b  []float64
		moved bool
		why   string
	}{
		{"apart", logs(10, 10.1, 9.9), logs(12, 12.2, 11.9), true, ""},
		{"apart, downwards", logs(12, 12.2, 11.9), logs(10, 10.1, 9.9), true, ""},
		{"overlapping", logs(10, 12, 9), logs(11, 9, 12), false, ""},
		{"too few of A", logs(10), logs(12, 12.1), false, "of A"},
		{"too few of B", logs(10, 10.1), nil, false, "of B"},
		{"no spread at all", logs(10, 10), logs(12, 12), false, "no spread"},
		{"no spread in one", logs(10, 10, 10), logs(12, 12.1, 11.9), true, ""},
	} {
		m := Movement{}.apply(c.a, c.b)
		if m.Moved != c.moved || !strings.Contains(m.Why, c.why) || (m.Why == "") != (c.why == "") {
			t.Errorf("%s: %+v", c.name, m)
		}
		if (m.Change > 0) != (c.why == "") || m.BlocksA != len(c.a) || m.BlocksB != len(c.b) {
			t.Errorf("%s: %+v", c.name, m)
		}
	}
	size := Movement{Metric: "binary_bytes"}
	if m := size.apply(logs(10, 10, 10), logs(12, 12, 12)); !m.Moved || m.Why != "" || m.Change != 1.2 || m.Low != m.High {
		t.Errorf("a binary that grew: %+v", m)
	}
	if m := size.apply(logs(10, 10, 10), logs(10, 10)); m.Moved || m.Why != "" || m.Change != 1 {
		t.Errorf("a binary of the same size: %+v", m)
	}
	if n := byChance([]Movement{size, {Metric: p99}, {Why: "bounds"}}); n != 1 {
		t.Errorf("%d numbers may move by chance, want 1", n)
	}
	if m := (Movement{Why: "bounds"}).apply(logs(1, 2, 3), logs(7, 8, 9)); m.Moved || m.Change != 0 || m.A == 0 {
		t.Errorf("what cannot be compared was: %+v", m)
	}
}

// A number that is the same in every block of a run is shown with its value in both, though there is no interval.
func TestNumbersWithoutSpreadAreShown(t *testing.T) {
	ten, twelve := []float64{math.Log(10), math.Log(10)}, []float64{math.Log(12), math.Log(12)}
	tenAndABit := []float64{math.Log(10.0001), math.Log(10.0001)}
	for _, c := range []struct {
		m    Movement
		a, b []float64
		want string
	}{
		{Movement{Target: "x", Cell: "c", Metric: p99, Unit: "ms"}, ten, twelve, "p99 latency of x in c: 10.0 ms in A, 12.0 ms in B"},
		{Movement{Target: "x", Cell: "c", Metric: p99, Unit: "ms"}, ten, ten, "p99 latency of x in c: 10.0 ms in both"},
		{Movement{Target: "x", Cell: "c", Metric: p99, Unit: "ms"}, ten, tenAndABit, "p99 latency of x in c: 10 ms in A, 10.0001 ms in B"},
		{Movement{Target: "x", Over: "y", Cell: "c", Metric: p99}, ten, twelve, "p99 latency of x / y in c: 10.0 in A, 12.0 in B"},
		{Movement{Target: "x", Cell: "c", Metric: p99, Unit: "ms"}, ten[:1], twelve, "p99 latency of x in c"},
	} {
		left := leftOut([]Movement{c.m.apply(c.a, c.b)})
		if len(left) != 1 || len(left[0].below) != 1 || left[0].below[0] != c.want {
			t.Errorf("%+v, want %s", left, c.want)
		}
	}
}

func TestGain(t *testing.T) {
	for _, c := range []struct {
		m    Movement
		want string
	}{
		{Movement{Change: 2}, "no"},
		{Movement{Moved: true, Change: 2, LowerBetter: true}, "worse"},
		{Movement{Moved: true, Change: 0.5, LowerBetter: true}, "better"},
		{Movement{Moved: true, Change: 2}, "better"},
		{Movement{Moved: true, Change: 0.5}, "worse"},
		{Movement{Moved: true, Change: 2, LowerBetter: true, Target: "x", Over: "y"}, "for y"},
		{Movement{Moved: true, Change: 2, Target: "x", Over: "y"}, "for x"},
	} {
		if got := gain(c.m); got != c.want {
			t.Errorf("%+v: %q, want %q", c.m, got, c.want)
		}
	}
}

func TestFormat(t *testing.T) {
	for _, c := range [][2]string{
		{number(999.6), "1,000"}, {number(0.0123), "0.0123"}, {number(12.3456), "12.3"}, {number(4.8), "4.80"}, {number(1.5e-9), "1.5e-09"},
		{ratio(0.622), "0.622"}, {ratio(12.34), "12.3"}, {count(1234567), "1,234,567"}, {count(999), "999"}, {count(-1234), "-1,234"},
		{setting(1.05), "1.05"}, {setting(2500), "2,500"}, {percent(0.95), "95 %"}, {percent(0.996666), "99.67 %"},
		{quantity(0, "ms"), "-"}, {quantity(1.234, "ms"), "1.23 ms"}, {quantity(3<<20, "bytes"), "3.00 MiB"}, {bytesIn(512), "512 B"},
		{short("0123456789abcdef"), "0123456789ab"}, {short("abc"), "abc"}, {plural(1, "claim"), "1 claim"}, {plural(2, "claim"), "2 claims"},
		{oneLine(" a\tb\x1b[0m\n c "), "a b [0m c"}, {orMissing(" \n"), "-"}, {list([]int{0, 1}), "0, 1"},
	} {
		if c[0] != c[1] {
			t.Errorf("%q, want %q", c[0], c[1])
		}
	}
}
