package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/report/chart"
	"github.com/assay-bench/assay/harness/verdict"
)

// compared is a comparison of two servers over blocks.
func compared(metric string, lowerBetter bool, xy ...float64) verdict.Ratio {
	r := verdict.Ratio{X: rustServer, Y: goServer, Metric: metric, Cell: "rate/5000", LowerBetter: lowerBetter, Bound: verdict.Exact}
	for i := 0; i < len(xy); i += 2 {
		r.XValues = append(r.XValues, verdict.BlockValue{Block: i/2 + 1, Value: xy[i]})
		r.YValues = append(r.YValues, verdict.BlockValue{Block: i/2 + 1, Value: xy[i+1]})
	}
	return r
}

func TestBlocksTitle(t *testing.T) {
	d := newData(newSynthetic().input())
	for _, c := range []struct {
		ratio verdict.Ratio
		want  string
	}{
		{compared(cpuPerRequest, true, 1, 2, 1, 2, 3, 2), "At 5,000 requests/s rust-server used less CPU time per request in 2 of 3 blocks"},
		{compared(p99, true, 2, 1, 2, 1), "At 5,000 requests/s go-server had the lower p99 latency in 2 of 2 blocks"},
		{compared(requestsPerSec, false, 2, 1, 2, 1), "At 5,000 requests/s rust-server answered more requests per second in 2 of 2 blocks"},
		{compared(memory, true, 2, 1, 1, 2), "At 5,000 requests/s rust-server and go-server each used less memory in 1 of 2 blocks"},
		{compared(memory, true, 1, 1, 1, 2), "At 5,000 requests/s rust-server used less memory in 1 of 2 blocks"},
	} {
		if got := d.blocksTitle(comparison{ratio: c.ratio}, metricOf(c.ratio.Metric, "")); got != c.want {
			t.Errorf("%q\nwant %q", got, c.want)
		}
	}
}

// A cell with a database is told from one without.
func TestATitleNamesThePool(t *testing.T) {
	c := plan.Cell{Mode: "saturate", Connections: 64}
	if at := atLoad(c); at != "Saturated over 64 connections" {
		t.Error(at)
	}
	c.PoolSize = 16
	if at := atLoad(c); at != "Saturated over 64 connections, with a database pool of 16," {
		t.Error(at)
	}
}

// An axis is logarithmic where the values are more than a factor of three apart.
func TestBlocksAxis(t *testing.T) {
	d := newData(newSynthetic().input())
	for _, c := range []struct {
		ratio verdict.Ratio
		scale chart.Scale
		label string
	}{
		{compared(p99, true, 1, 2, 1, 2.9), chart.Linear, "p99 latency, ms"},
		{compared(p99, true, 1, 2, 1, 3.1), chart.Log, "p99 latency, ms (log scale)"},
		{compared(memory, true, 40<<20, 90<<20, 41<<20, 91<<20), chart.Linear, "resident memory, MiB"},
	} {
		f, ok := d.blockPlot(comparison{ratio: c.ratio})
		if !ok {
			t.Fatal("no plot")
		}
		if y := f.Chart.(chart.Slope).Y; y.Scale != c.scale || y.Label != c.label {
			t.Errorf("scale %d, label %q; want %d and %q", y.Scale, y.Label, c.scale, c.label)
		}
	}
	for name, r := range map[string]verdict.Ratio{
		"one block": compared(p99, true, 1, 2), "a zero": compared(p99, true, 1, 2, 0, 1), "rungs": compared(sustainedRung, false, 1, 2, 1, 2),
	} {
		if _, ok := d.blockPlot(comparison{ratio: r}); ok {
			t.Errorf("%s is drawn", name)
		}
	}
}

// Headlines come first, each comparison has one plot, and a report has no more than fit.
func TestBlockPlotsAreFew(t *testing.T) {
	in := newSynthetic().input()
	d := newData(in)
	some := func(room int) figures {
		blocks := d.headlineBlocks(room)
		return append(blocks, d.decidedBlocks(blocks, room-len(blocks))...)
	}
	all := some(mostPlots)
	names := map[string]bool{}
	for _, f := range all {
		if names[f.ID] || !strings.HasPrefix(f.ID, "blocks-") {
			t.Errorf("plot %q a second time, or of another kind", f.ID)
		}
		names[f.ID] = true
	}
	if few := some(1); len(few) != 1 || few[0].ID != all[0].ID {
		t.Errorf("with room for one: %d", len(few))
	}
	if none := some(-2); len(none) != 0 {
		t.Errorf("without room: %d", len(none))
	}
	if fmt.Sprint(names) == "map[]" {
		t.Error("no plot at all")
	}
}
