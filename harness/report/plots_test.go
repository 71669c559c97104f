package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/assay-bench/assay/harness/report/chart"
	"github.com/assay-bench/assay/harness/trial"
	"github.com/assay-bench/assay/harness/verdict"
)

// drawOnce draws the plots of the synthetic run, which takes a while, for all tests that
// only look at them.
var drawOnce = sync.OnceValues(func() ([]File, error) {
	doc, err := Build(newSynthetic().input())
	if err != nil {
		return nil, err
	}
	return Plots(doc)
})

func plotsOnce(t *testing.T) []File {
	t.Helper()
	files, err := drawOnce()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// svgText returns the words of an SVG in their order.
func svgText(t *testing.T, f File) string {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(f.Bytes))
	var words []string
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return strings.Join(words, " ")
		}
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		if c, ok := token.(xml.CharData); ok {
			words = append(words, strings.Fields(string(c))...)
		}
	}
}

func plotNamed(t *testing.T, files []File, name string) File {
	t.Helper()
	for _, f := range files {
		if f.Name == name {
			return f
		}
	}
	t.Fatalf("no plot %s among %d", name, len(files))
	return File{}
}

func TestPlotsSayWhatTheDataSay(t *testing.T) {
	files := plotsOnce(t)
	for name, want := range map[string][]string{
		"capacity-hold.svg": {"rust-server keeps the 100 ms objective up to 19,500 connections, go-server up to 10,000",
			"objective: p99 of at most 100 ms", "19,500", "rust-server (axum 0.8 / hyper 1 / tokio 1)", "not sustained"},
		"latency-rate-5000.svg":  {"At 5,000 requests/s the mean p99 of the blocks is 3.18 ms for rust-server and 4.64 ms for go-server", "99.9", "percentile of requests"},
		"latency-hold-10000.svg": {"At 10,000 held connections the mean p99 of the blocks is", "latency, ms (log scale)"},
		"memory-hold.svg":        {"A connection costs rust-server 5.99 KiB of memory and go-server 17.0 KiB", "17.0 KiB a connection"},
		"ratios.svg":             {"Beyond the margin of 1.05: 5 of 6 comparisons, all in favour of rust-server", "A/A: p99 latency, rate/5000", "rust-server / go-server"},
		"blocks-rate-5000-cpu-us-per-request.svg": {"At 5,000 requests/s rust-server used less CPU time per request in 5 of 5 blocks",
			"rust-server is better", "geometric mean", "CPU time per request, us", "The axis does not start at 0."},
		"drift.svg": {"CPU time per request strays up to 1.36 % from its target's mean over the run", "block 5", "A/A arm"},
	} {
		text := svgText(t, plotNamed(t, files, name))
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s doesn't say %q:\n%s", name, w, text)
			}
		}
	}
	if len(files) != 22 {
		t.Errorf("%d files; want eleven plots, each as SVG and PNG", len(files))
	}
}

func TestPNGsHaveTheirSize(t *testing.T) {
	doc := build(t, newSynthetic().input())
	files := plotsOnce(t)
	for _, fig := range doc.figures() {
		img, err := png.Decode(bytes.NewReader(plotNamed(t, files, fig.ID+".png").Bytes))
		if err != nil {
			t.Fatalf("%s: %v", fig.ID, err)
		}
		w, h := fig.Chart.Pixels()
		w, h = w*chart.PNGScale, h*chart.PNGScale
		if b := img.Bounds(); b.Dx() != w || b.Dy() != h {
			t.Errorf("%s: %d x %d; want %d x %d", fig.ID, b.Dx(), b.Dy(), w, h)
		}
	}
}

// A percentile is drawn only as far as the requests carry it: 4,000 of them carry 99.5
// (20 beyond it) and not 99.9 (4 beyond it).
func TestCurvesEndWhereSamplesEnd(t *testing.T) {
	s := newSynthetic()
	for i := range s.records {
		s.records[i].Counts.Done = 4000
	}
	d := newData(s.input())
	curves, err := d.curves(d.trials("rate/5000", rustServer))
	if err != nil {
		t.Fatal(err)
	}
	if len(curves) != 5 {
		t.Fatalf("%d curves; want one a block", len(curves))
	}
	for _, c := range curves {
		if last := c[len(c)-1].X; last != 99.7 {
			t.Errorf("a curve of 4,000 requests ends at %v; want 99.7", last)
		}
	}
}

func TestAnUnreadableHistogramEndsTheBuild(t *testing.T) {
	in := newSynthetic().input()
	in.Quantiles = func(id string) (Curve, error) { return nil, errors.New("disk on fire") }
	_, err := Build(in)
	if err == nil || !strings.Contains(err.Error(), "disk on fire") || !strings.Contains(err.Error(), "rust-server") {
		t.Errorf("error %v; want one that names the trial and the cause", err)
	}
}

func TestCapacityTitle(t *testing.T) {
	cap := func(most map[string]int) func(*trial.Record) {
		return func(r *trial.Record) {
			r.Status, r.Connections.Held, r.Counts.Failed = trial.OK, true, 0
			r.Metrics[p99] = 5
			if r.Connections.Asked > most[r.Target] {
				serverFailure(r)
			}
		}
	}
	for _, c := range []struct {
		most map[string]int
		want string
	}{
		{map[string]int{rustServer: 20_000, goServer: 20_000}, "Both servers keep the 100 ms objective up to 19,500 connections"},
		{map[string]int{rustServer: 5000, goServer: 10_000}, "rust-server keeps the 100 ms objective up to 5,000 connections, go-server up to 10,000"},
		{map[string]int{rustServer: 0, goServer: 10_000}, "rust-server keeps the 100 ms objective at no rung, go-server up to 10,000"},
		{map[string]int{rustServer: 1000, goServer: 0}, "rust-server keeps the 100 ms objective up to 1,000 connections, go-server at no rung"},
		{map[string]int{rustServer: 0, goServer: 0}, "No rung of the ladder was sustained in every trial"},
	} {
		s := newSynthetic()
		for i := range s.records {
			if r := &s.records[i]; r.Usable() && strings.HasPrefix(r.Cell, "hold/") {
				cap(c.most)(r)
			}
		}
		d := newData(s.input())
		if got := d.capacityTitle(d.ladders()[0]); got != c.want {
			t.Errorf("%v: %q\nwant %q", c.most, got, c.want)
		}
	}
}

// The points of a ladder with one rung lie close to it, not at the ends of the axis; with more rungs the data's range is the axis.
func TestOneRungHasRoom(t *testing.T) {
	d := newData(newSynthetic().input())
	for rungs := 1; rungs <= 2; rungs++ {
		l := d.ladders()[0]
		l.rungs = l.rungs[:rungs]
		f, drawn := d.capacityPlot(l)
		if !drawn {
			t.Fatal("nothing is drawn")
		}
		x := f.Chart.(chart.XY).X
		if rung := float64(l.rungs[0].Connections); rungs == 1 && (x.Min > rung/2 || x.Max < rung*2) || rungs > 1 && (x.Min != 0 || x.Max != 0) {
			t.Errorf("%d rungs from %v: the axis goes from %v to %v", rungs, rung, x.Min, x.Max)
		}
	}
}

// An interval beyond the margin whose control does not hold is hollow, not in the title, and the caption says so.
func TestForestShowsWhatItsControlLeavesUndecided(t *testing.T) {
	s := newSynthetic()
	d := newData(s.input())
	f, ok := d.forestPlot()
	if !ok {
		t.Fatal("no forest plot")
	}
	forest := f.Chart.(chart.Forest)
	hollow := 0
	for _, r := range forest.Rows {
		hollow += boolToInt(r.Undecided)
	}
	if caption := f.Caption[0].Text; hollow == 0 == strings.Contains(caption, "Hollow") {
		t.Errorf("%d hollow rows; caption %q", hollow, caption)
	}
	beyond := forestRatio{Ratio: verdict.Ratio{X: "x", Y: "y", Low: 0.5, High: 0.6, LowerBetter: true, Bound: verdict.Exact, Blocks: 5}}
	decided, inside := beyond, beyond
	decided.decides, inside.High = true, 1.2
	for _, c := range []struct {
		ratios         []forestRatio
		title, caption string
		hollow         bool
	}{
		{[]forestRatio{decided, beyond}, "1 of 2 comparisons", "(1 of 2). One of these lies wholly outside the band; the title does not count it.", true},
		{[]forestRatio{decided, beyond, beyond}, "1 of 3 comparisons", "(2 of 3). 2 of these lie wholly outside", true},
		{[]forestRatio{decided, inside}, "1 of 2 comparisons", "(1 of 2).", true},
		{[]forestRatio{decided}, "1 of 1 comparison", "any other decides nothing.", false},
	} {
		if got := d.forestTitle(c.ratios, 1.05); !strings.Contains(got, c.title) {
			t.Errorf("title %q; want %q in it", got, c.title)
		}
		if got := d.forestCaption(c.ratios, 1.05); !strings.Contains(got, c.caption) || strings.Contains(got, "Hollow") != c.hollow {
			t.Errorf("caption %q; want %q in it, hollow %t", got, c.caption, c.hollow)
		}
	}
}

// Neither a control nor another validity check that withholds a reading leaves its comparison among those that decide.
func TestWithheldComparisonsDecideNothing(t *testing.T) {
	s := newSynthetic()
	in := s.input()
	all := newData(in).comparisons()
	for i := range in.Judgement.Claims {
		for j := range in.Judgement.Claims[i].Readings {
			in.Judgement.Claims[i].Readings[j].WithheldBy = "drift"
		}
	}
	withheld := newData(in).comparisons()
	if !slices.ContainsFunc(all, func(c forestRatio) bool { return c.decides }) || len(withheld) != len(all) ||
		slices.ContainsFunc(withheld, func(c forestRatio) bool { return c.decides }) {
		t.Errorf("comparisons %+v\nwith every reading withheld %+v", all, withheld)
	}
}

// A reading over a ladder shows the plot of that ladder, and a memory plot draws the slope that was judged of its own.
func TestAReadingShowsItsOwnLadder(t *testing.T) {
	over := func(metric, scenario string) verdict.Reading {
		return verdict.Reading{Ratio: &verdict.Ratio{X: rustServer, Y: goServer, Metric: metric, Cell: scenario + " (ladder)", XMean: 7 * mebibyte, YMean: 9 * mebibyte}}
	}
	of := func(kind figureKind, scenario string) keyedFigure {
		return keyedFigure{Figure: Figure{ID: scenario}, kind: kind, scenario: scenario}
	}
	for metric, kind := range map[string]figureKind{sustainedRung: capacityKind, memorySlope: memoryKind} {
		got := figures{of(kind, "hold"), of(kind, "in-flight")}.of(over(metric, "hold"))
		if len(got) != 1 || got[0].ID != "hold" {
			t.Errorf("%s over hold shows %v, want the plot of hold alone", metric, got)
		}
	}
	d := newData(newSynthetic().input())
	l := d.ladders()[0]
	s := d.along(l, memory, 1.0/mebibyte)[0]
	for scenario, own := range map[string]bool{"in-flight": false, l.scenario: true} {
		d.Judgement.Claims = []verdict.Claim{{Readings: []verdict.Reading{over(memorySlope, scenario)}}}
		if got, ok := d.slope(l, s); !ok || (got == 7 || got == 9) != own {
			t.Errorf("a slope judged of %s: %v is drawn on %s", scenario, got, l.scenario)
		}
	}
}
