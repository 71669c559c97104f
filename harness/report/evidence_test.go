package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/verdict"
)

// A quotient of bounds is a bound in one direction, or says nothing.
func TestQuotientOfBounds(t *testing.T) {
	for _, c := range []struct {
		x, y verdict.Bound
		want string
	}{
		{"", "", "2.000"}, {verdict.Exact, verdict.Exact, "2.000"},
		{verdict.AtLeast, verdict.Exact, "≥ 2.000"}, {verdict.Exact, verdict.AtMost, "≥ 2.000"}, {verdict.AtLeast, verdict.AtMost, "≥ 2.000"},
		{verdict.AtMost, verdict.Exact, "≤ 2.000"}, {verdict.Exact, verdict.AtLeast, "≤ 2.000"}, {verdict.AtMost, verdict.AtLeast, "≤ 2.000"},
		{verdict.AtLeast, verdict.AtLeast, missing}, {verdict.AtMost, verdict.AtMost, missing},
	} {
		x, y := verdict.BlockValue{Value: 10, Bound: c.x}, verdict.BlockValue{Value: 5, Bound: c.y}
		if got := quotient(x, y, true); got != c.want {
			t.Errorf("%q / %q: %q; want %q", c.x, c.y, got, c.want)
		}
	}
	if got := quotient(verdict.BlockValue{Value: 1}, verdict.BlockValue{}, true); got != missing {
		t.Errorf("a quotient by 0: %q; want %q", got, missing)
	}
	if got := quotient(verdict.BlockValue{Value: 1}, verdict.BlockValue{Value: 1}, false); got != missing {
		t.Errorf("a quotient of one value: %q; want %q", got, missing)
	}
}

func TestMeanOfBounds(t *testing.T) {
	m := metricOf(sustainedRung, "")
	values := func(bounds ...verdict.Bound) (out []verdict.BlockValue) {
		for _, b := range bounds {
			out = append(out, verdict.BlockValue{Value: 1000, Bound: b})
		}
		return out
	}
	for _, c := range []struct {
		values []verdict.BlockValue
		want   string
	}{
		{values(verdict.Exact, ""), "1,000"},
		{values(verdict.Exact, verdict.AtLeast), "≥ 1,000"},
		{values(verdict.AtMost, verdict.Exact), "≤ 1,000"},
		{values(verdict.AtMost, verdict.AtLeast), missing},
	} {
		if got := meanOf(1000, c.values, m); got != c.want {
			t.Errorf("%v: %q; want %q", c.values, got, c.want)
		}
	}
}

// The side whose whole interval lies beyond the margin; an end that a cut-off ladder
// leaves open lies nowhere.
func TestFavoured(t *testing.T) {
	for _, c := range []struct {
		low, high   float64
		lowerBetter bool
		bound       verdict.Bound
		want        string
	}{
		{0.5, 0.6, true, verdict.Exact, "x"}, {0.5, 0.6, false, verdict.Exact, "y"},
		{1.2, 1.3, true, verdict.Exact, "y"}, {1.2, 1.3, false, verdict.Exact, "x"},
		{0.9, 1.3, true, verdict.Exact, ""}, {0.97, 1.02, true, verdict.Exact, ""}, {0.5, 0.96, true, verdict.Exact, ""},
		{1.2, 1.3, false, verdict.AtLeast, "x"}, {1.2, 1.3, false, verdict.AtMost, ""},
		{0.5, 0.6, false, verdict.AtMost, "y"}, {0.5, 0.6, false, verdict.AtLeast, ""},
	} {
		r := verdict.Ratio{X: "x", Y: "y", Low: c.low, High: c.high, LowerBetter: c.lowerBetter, Bound: c.bound}
		if got := favoured(r, 1.05); got != c.want {
			t.Errorf("%v to %v, lower better %v, %s: favours %q; want %q", c.low, c.high, c.lowerBetter, c.bound, got, c.want)
		}
	}
}

// What is counted has one number for all blocks; what is timed keeps its table of blocks even where it did not vary.
func TestACountHasNoBlocks(t *testing.T) {
	same := func(v float64) (out []verdict.BlockValue) {
		for b := range 5 {
			out = append(out, verdict.BlockValue{Block: b + 1, Value: v})
		}
		return out
	}
	r := verdict.Ratio{X: "a", Y: "b", Metric: modules, Unit: "modules", Cell: "start/idle", XValues: same(1), YValues: same(59), XMean: 1, YMean: 59,
		Ratio: 1. / 59, Bound: verdict.Exact, Blocks: 5}
	if !fixed(r) {
		t.Error("modules have blocks")
	}
	table := fixedTable(r, metricOf(r.Metric, r.Unit), "lower is better")
	if got := len(table.Rows); got != 3 || len(table.Columns) != 2 {
		t.Errorf("%d rows, %d columns", got, len(table.Columns))
	}
	r.YValues[2].Value = 60
	if fixed(r) {
		t.Error("numbers that differ are called the same")
	}
	r.YValues[2].Value, r.Metric = 59, cleanBuild
	if fixed(r) {
		t.Error("a time is called a count")
	}
}

// Rungs that are the same in every block have a reliability in place of a confidence.
func TestRungsThatAreAlikeHaveNoConfidence(t *testing.T) {
	d := newData(newSynthetic().input())
	values := []verdict.BlockValue{{Block: 1, Value: 10_000}, {Block: 2, Value: 10_000}}
	r := verdict.Ratio{X: rustServer, Y: goServer, Metric: sustainedRung, Cell: "hold (ladder)", Unit: "connections", XValues: values, YValues: values,
		Ratio: 4, Low: 2, High: 7.96, Confidence: 0.998, Bound: verdict.Exact, ControlOK: true, Blocks: 8, Reliability: 0.688, ReliabilityConfidence: 0.95}
	for bound, want := range map[verdict.Bound]string{verdict.Exact: "2.000 to 7.960", verdict.AtLeast: "at least 2.000", verdict.AtMost: "at most 7.960"} {
		r.Bound = bound
		var page bytes.Buffer
		if err := Markdown(&page, Document{Title: "t", Sections: []Section{section("s", d.ratio(r)...)}}); err != nil {
			t.Fatal(err)
		}
		if text := page.String(); !strings.Contains(text, "by the rungs: "+want+", the same in each of 8 blocks. That shows a reliability of at least 68.8 %") || strings.Contains(text, "99.8") {
			t.Errorf("%s: %s", bound, text)
		}
	}
}
