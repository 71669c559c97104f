package plan

import (
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/scenario"
)

// sparse is a plan's input of one cell at so many requests a second, and one reading in it.
func sparse(perSecond float64, r claim.Reading) Input {
	in := input()
	in.Engine = nativeEngine
	in.Scenarios = []scenario.Scenario{{
		ID: "hold", Mode: scenario.Hold, SLO: scenario.SLO{P99: 100 * time.Millisecond},
		Cells: []scenario.Cell{{ID: "hold/1000", Connections: 1000, RequestsPerSecond: perSecond}},
	}}
	in.Profile.Cells, in.Profile.Window, in.Profile.Budget = []string{"hold/1000"}, 2500*time.Millisecond, 3*time.Minute
	r.ID = "main"
	in.Ledger.Claims = []claim.Claim{{ID: "it", Readings: []claim.Reading{r}}}
	return in
}

// No plan has a window in which the percentile that a reading rests on could not be printed.
func TestAWindowHasTheSamplesThatAReadingTakes(t *testing.T) {
	comparison := func(metric string) claim.Reading {
		return claim.Reading{Shape: claim.Better, X: "rust-server", Y: "go-server", Metric: metric, Cell: "hold/1000"}
	}
	ladder := comparison("sustained_connections")
	ladder.Cell, ladder.Scenario = "", "hold"
	upTo := comparison("p99_ms")
	upTo.Shape, upTo.Cell, upTo.Cells = claim.UpTo, "", []string{"hold/1000"}
	for name, c := range map[string]struct {
		perSecond float64
		reading   claim.Reading
		want      time.Duration
	}{
		"held within an objective":        {250, claim.Reading{Shape: claim.Threshold, Target: "go-server", AtLeast: 1000, Cell: "hold/1000"}, 4 * time.Second},
		"p99":                             {300, comparison("p99_ms"), 3400 * time.Millisecond},
		"p99.9":                           {1250, comparison("p999_ms"), 8 * time.Second},
		"p50":                             {5, comparison("p50_ms"), 4 * time.Second},
		"as many as it takes":             {400, comparison("p99_ms"), 2500 * time.Millisecond},
		"no percentile":                   {250, comparison("memory_bytes"), 2500 * time.Millisecond},
		"the rungs that are sustained":    {250, ladder, 4 * time.Second},
		"the best of several cells":       {250, upTo, 4 * time.Second},
		"what this version cannot decide": {250, claim.Reading{Shape: claim.Better, Metric: "p99_ms", Cell: "hold/1000", NotYet: "later"}, 2500 * time.Millisecond},
	} {
		in := sparse(c.perSecond, c.reading)
		if c.reading.NotYet != "" {
			in.Ledger.Claims[0].Readings = append(in.Ledger.Claims[0].Readings, comparison("memory_bytes"))
		}
		p := mustPlan(t, in)
		if got := p.Cells[0].Window; got != c.want {
			t.Errorf("%s at %v requests/s: a window of %s, want %s", name, c.perSecond, got, c.want)
		}
	}
}

// In a closed loop, and where the rate is still to be found, nobody knows how many requests there will be.
func TestAWindowOfUnknownRateIsTheProfiles(t *testing.T) {
	for name, change := range map[string]func(*scenario.Scenario){
		"closed":              func(s *scenario.Scenario) { s.Mode, s.Cells[0].RequestsPerSecond = scenario.Saturate, 0 },
		"a share of capacity": func(s *scenario.Scenario) { s.Cells[0].RequestsPerSecond, s.Cells[0].PercentOfCapacity = 0, 30 },
	} {
		in := sparse(250, claim.Reading{Shape: claim.Better, X: "rust-server", Y: "go-server", Metric: "p999_ms", Cell: "hold/1000"})
		change(&in.Scenarios[0])
		if got := mustPlan(t, in).Cells[0].Window; got != in.Profile.Window {
			t.Errorf("%s: a window of %s", name, got)
		}
	}
}

// Who has too small a budget for the longer window learns what the time is for.
func TestABudgetTooSmallForTheSamplesSaysSo(t *testing.T) {
	const want = " (its window is 40s: at 250 requests/s a p99.9 takes that long)"
	in := sparse(250, claim.Reading{Shape: claim.Better, X: "rust-server", Y: "go-server", Metric: "p999_ms", Cell: "hold/1000"})
	if _, err := New(in); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("a cell alone: %v", err)
	}
	in.Scenarios = append(in.Scenarios, input().Scenarios[1])
	in.Profile.Cells = []string{"rate/6000", "hold/1000"}
	in.Ledger.Claims = append(in.Ledger.Claims, input().Ledger.Claims[0])
	p := mustPlan(t, in)
	if len(p.Cells) != 1 || len(p.LeftOut) != 1 || !strings.Contains(p.LeftOut[0].Why, want) {
		t.Errorf("beside another: %+v, left out %+v", p.Cells, p.LeftOut)
	}
}
