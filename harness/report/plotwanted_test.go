package report

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/report/chart"
	"github.com/assay-bench/assay/harness/verdict"
)

// drawnFor returns the plot of blocks that a claim's reading shows first.
func drawnFor(t *testing.T, d *data, all figures, claim string) (Figure, chart.Slope, verdict.Reading) {
	t.Helper()
	r := d.judged[claim].Readings[0]
	shown := all.of(r)
	if len(shown) == 0 || shown[0].ID != "blocks-"+claim+"-main" {
		t.Fatalf("of %d plots that %s shows the first is not its own", len(shown), claim)
	}
	return shown[0], shown[0].Chart.(chart.Slope), r
}

// What decides "up to" and a range is drawn with what the claim asks for, for that reading alone.
func TestWhatAClaimAsksForIsDrawn(t *testing.T) {
	d := newData(newShapes().input())
	all, err := d.plots()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		claim, legend, caption string
		shares                 []float64 // of the mean of Y
	}{
		{"sooner", "needed: 25 % lower than the mean of go-server", "Needed: the whole interval at 0.750 or less.", []float64{0.75}},
		{"much-sooner", "needed: 55 % lower than the mean of go-server", "Needed: the whole interval at 0.450 or less.", []float64{0.45}},
		{"saving", "claimed: 30 to 45 % lower than the mean of go-server", "Claimed: 0.550 to 0.700.", []float64{0.7, 0.55}},
		{"cheaper", "claimed: 20 to 30 % lower than the mean of go-server", "Claimed: 0.700 to 0.800.", []float64{0.8, 0.7}},
	} {
		f, slope, r := drawnFor(t, d, all, c.claim)
		if caption := fmt.Sprint(f.Caption); slope.WantedName != c.legend || !strings.Contains(caption, c.caption) {
			t.Errorf("%s: legend %q, caption %s", c.claim, slope.WantedName, caption)
		}
		same := slices.EqualFunc(slope.Wanted, c.shares, func(v, share float64) bool { return math.Abs(v-share*slope.Right.Mean) < 1e-9*v })
		if !same {
			t.Errorf("%s: lines to %v from %v; want shares of %v", c.claim, slope.Wanted, slope.Right.Mean, c.shares)
		}
		if u := r.UpTo; u != nil && (len(slope.Pairs) != len(u.Confirm) || !strings.HasSuffix(f.Title, "in 5 of 5 confirming blocks") ||
			!strings.HasPrefix(slope.Subtitle, "One line a confirming block of "+u.Chosen)) {
			t.Errorf("%s: %d lines, %q, %q", c.claim, len(slope.Pairs), f.Title, slope.Subtitle)
		}
	}
	if _, s, _ := drawnFor(t, d, all, "cheaper"); !strings.HasPrefix(s.Title, "For ") || !strings.Contains(s.Title, "(case roi) rust-server needed machines that cost less") {
		t.Errorf("title %q", s.Title)
	}
	if h := (comparison{ratio: verdict.Ratio{YMean: 200, Y: goServer}, wanted: []float64{25}}); !slices.Equal(h.lines(1), []float64{250}) ||
		h.wantedWords() != "Needed: the whole interval at 1.250 or more." || h.linesName() != "needed: 25 % higher than the mean of go-server" {
		t.Errorf("higher is better: %v, %q, %q", h.lines(1), h.wantedWords(), h.linesName())
	}
	d.Plan.Cost = nil // as older plans are
	if at := d.where(verdict.Ratio{Cell: "case roi"}); at != "In case roi " {
		t.Errorf("%q of a case that the plan lacks", at)
	}
}

// The blocks of a headline are drawn however many cells have latencies, and the number of plots is bounded.
func TestHeadlinesHaveRoomBeforeLatencies(t *testing.T) {
	s := newShapes()
	rate, _ := newData(s.input()).cell("rate/5000")
	for i := range 2 * mostPlots {
		rate.ID = fmt.Sprintf("rate/%d", 100+i)
		s.plan.Cells = append(s.plan.Cells, rate)
	}
	s.plan.Slots, s.records = syntheticSlots(s.plan.Cells, 8), nil
	s.run()
	d := newData(s.input())
	all, err := d.plots()
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[figureKind]int{}
	for _, f := range all {
		kinds[f.kind]++
	}
	if len(all) != mostPlots || kinds[latencyKind] == 0 || kinds[blocksKind] != len(d.headlineBlocks(mostPlots)) {
		t.Errorf("%d plots, %d of latencies, %d of blocks; want %d with those of %d headlines", len(all), kinds[latencyKind], kinds[blocksKind],
			mostPlots, len(d.headlineBlocks(mostPlots)))
	}
	for _, claim := range []string{"sooner", "cheaper"} {
		drawnFor(t, d, all, claim)
	}
}
