package report

import (
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/verdict"
)

// drifted is a cell's drift by its rate; a p-value of 0 is none.
func drifted(cell string, change, p float64, ok bool) verdict.CellDrift {
	return verdict.CellDrift{Cell: cell, HostDrift: verdict.HostDrift{DriftOf: "requests_per_second", Drift: change, DriftP: p, DriftOK: ok}}
}

var (
	scattered = drifted("scattered", 0.3, 0.41, true)
	trending  = drifted("trending", 0.16, 0.003, false)
	most      = drifted("most", 0.4, 0.0082, false)
	small     = drifted("small", 0.02, 0.00001, true)
	untested  = drifted("untested", 0.04, 0, true)
)

// The drift that is shown as the worst is the largest of those that failed, where one did, and the row says that it is.
func TestWorstDrift(t *testing.T) {
	for _, c := range []struct {
		cells []verdict.CellDrift
		want  string
	}{
		{[]verdict.CellDrift{small, scattered}, "30.0 % (p 0.41) in scattered, the largest change; none failed"},
		{[]verdict.CellDrift{scattered, trending, small}, "16.0 % (p 0.003) in trending, the one that failed"},
		{[]verdict.CellDrift{trending, scattered}, "16.0 % (p 0.003) in trending, the one that failed"},
		{[]verdict.CellDrift{trending, scattered, most}, "40.0 % (p 0.0082) in most, the largest change of the 2 that failed"},
		{[]verdict.CellDrift{small}, "2.00 % (p under 0.0001) in small, the largest change; none failed"},
		{[]verdict.CellDrift{untested}, "4.00 % in untested, the largest change; none failed"},
		{nil, missing},
	} {
		if got := driftCell(worstDrift(c.cells)); got != c.want {
			t.Errorf("%+v: %q, want %q", c.cells, got, c.want)
		}
	}
}

// withDrifts is a run that had these drifts.
func withDrifts(drifts ...verdict.CellDrift) *data {
	d := &data{}
	d.Plan.Limits, d.Judgement.Drifts = plan.DefaultLimits(), drifts
	return d
}

// Every cell has its drift in the table, and those that fail are named.
func TestDriftOfEachCell(t *testing.T) {
	edge := drifted("edge", 0.43, 0.01033, true)
	sections := withDrifts(scattered, trending, most, small, edge).hostDrift()
	if len(sections) != 1 || sections[0].Title != driftTitle {
		t.Fatalf("%+v", sections)
	}
	if got, want := textOf(sections[0].Blocks[0].Paragraph), "2 of 5 cells fail: trending, most. In 2 others the change is 15 % or more too, which p does not tell from scatter"; !strings.Contains(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
	const limit = "under 15 %, or p of its trend at least 0.01"
	for i, want := range [][]string{
		{"scattered", "throughput", "30.0 %", "0.41", limit, "holds"},
		{"trending", "throughput", "16.0 %", "0.003", limit, "fails"},
		{"most", "throughput", "40.0 %", "0.0082", limit, "fails"},
		{"small", "throughput", "2.00 %", "under 0.0001", limit, "holds"},
		{"edge", "throughput", "43.0 %", "just above 0.01", limit, "holds"},
	} {
		for k, cell := range sections[0].Blocks[1].Table.Rows[i].Cells {
			if got := textOf(cell); got != want[k] {
				t.Errorf("row %d, column %d: %q, want %q", i, k, got, want[k])
			}
		}
	}
	for want, d := range map[string]*data{
		"1 of 2 cells fails: trending.":                                   withDrifts(trending, small),
		"Of 1 cell none fails.":                                           withDrifts(small),
		"Of 2 cells none fails. In 1 cell the change is 15 % or more too": withDrifts(scattered, small),
	} {
		if got := textOf(d.hostDrift()[0].Blocks[0].Paragraph); !strings.Contains(got, want) {
			t.Errorf("%q\nwant %q", got, want)
		}
	}
	if got := withDrifts().hostDrift(); got != nil {
		t.Errorf("without a drift: %+v", got)
	}
}

// Plans without a test look at the null server alone.
func TestDriftOfPlansWithoutATest(t *testing.T) {
	d := withDrifts()
	d.Plan.Limits.DriftConfidence = 0
	d.Judgement.Null = []verdict.NullCell{{Cell: "a", HostDrift: drifted("", 0.2, 0, false).HostDrift}, {Cell: "b"}}
	s := d.hostDrift()
	if len(s) != 1 || len(s[0].Blocks[1].Table.Rows) != 1 {
		t.Fatalf("%+v", s)
	}
	var got []string
	for _, c := range s[0].Blocks[1].Table.Rows[0].Cells {
		got = append(got, textOf(c))
	}
	if got, want := strings.Join(got, "|"), "a|throughput|20.0 %|-|under 15 %|fails"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := textOf(s[0].Blocks[0].Paragraph); !strings.Contains(got, "the null server's last block") || strings.Contains(got, "trend") {
		t.Error(got)
	}
}

// Beside tests of the order of which none fires, the report says that the host changed all the same, where it did or may have.
func TestTheOrderPointsToTheDriftOfTheHost(t *testing.T) {
	for want, d := range map[string]*data{
		" The host itself changed in 1 of 3 cells: see Drift of the host.":                                                         withDrifts(trending, scattered, small),
		" The host itself may have changed: in 1 of 2 cells the drift is large, and not told from scatter: see Drift of the host.": withDrifts(scattered, small),
		"": withDrifts(small),
	} {
		quiet := &verdict.OrderTest{P: 0.4}
		d.Judgement.Order = &verdict.Order{Level: 0.01, Tests: 1, Checks: []verdict.OrderCheck{{Cell: "a", Metric: "requests_per_second", Drift: quiet}}}
		blocks := d.order(nil, "validity")[0].Blocks
		if got := textOf(blocks[0].Paragraph); !strings.HasSuffix(got, "which is not to say that there is none."+want) {
			t.Errorf("%q\nwant it to end in %q", got, want)
		}
	}
}
