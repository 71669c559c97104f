package verdict

import (
	"math"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// Runs and readings that somebody made up to get a verdict that is not there: none is given.
func TestNothingIsDecidedOf(t *testing.T) {
	set := func(metric string, value float64) func(plan.Slot, *trial.Record) {
		return func(s plan.Slot, r *trial.Record) { r.Metrics[metric] = value }
	}
	ofX := func(metric string, value float64) func(plan.Slot, *trial.Record) {
		return func(s plan.Slot, r *trial.Record) {
			if s.Target == rustServer {
				r.Metrics[metric] = value
			}
		}
	}
	with := func(r claim.Reading, change func(*claim.Reading)) claim.Reading {
		change(&r)
		return r
	}
	for name, c := range map[string]struct {
		reading claim.Reading
		change  func(plan.Slot, *trial.Record)
		reason  string
	}{
		"a target against itself":          {with(beatsOn(cpuMetric, "rate/5000"), func(r *claim.Reading) { r.Y = r.X }), nil, "rust-server is both sides"},
		"a tie with itself":                {with(tiesOn("rate/5000"), func(r *claim.Reading) { r.Y = r.X }), nil, "rust-server is both sides"},
		"a ladder against itself":          {with(beatsOver(sustainedMetric), func(r *claim.Reading) { r.Y = r.X }), nil, "rust-server is both sides"},
		"a range with its ends reversed":   {rangesOn("rate/5000", 50, 30), nil, "50 to 30"},
		"a range of nothing":               {rangesOn("rate/5000", 40, 40), nil, "40 to 40"},
		"a range that begins at no number": {rangesOn("rate/5000", math.NaN(), 50), nil, "0 to 50"},
		"more than all of it":              {rangesOn("rate/5000", 120, 150), nil, "120 to 150"},
		"zero on one side":                 {beatsOn(cpuMetric, "rate/5000"), ofX(cpuMetric, 0), "0 of 8 blocks complete"},
		"zero on both":                     {beatsOn(cpuMetric, "rate/5000"), set(cpuMetric, 0), "0 of 8 blocks complete"},
		"less than nothing":                {beatsOn(cpuMetric, "rate/5000"), ofX(cpuMetric, -3), "0 of 8 blocks complete"},
		"no number":                        {beatsOn(cpuMetric, "rate/5000"), ofX(cpuMetric, math.NaN()), "0 of 8 blocks complete"},
		"without end":                      {beatsOn(cpuMetric, "rate/5000"), ofX(cpuMetric, math.Inf(1)), "0 of 8 blocks complete"},
		"up to, of a baseline of zero":     {reachesIn(30, 0, "rate/5000"), set(cpuMetric, 0), "0 of 8 blocks complete"},
		"up to less than the tolerance":    {reachesIn(4, 0, "rate/5000"), nil, "leaves nothing to show"},
		"one complete block": {beatsOn(cpuMetric, "rate/5000"), func(s plan.Slot, r *trial.Record) {
			if s.Block > 1 {
				delete(r.Metrics, cpuMetric)
			}
		}, "1 of 8 blocks complete"},
		"the rate of a schedule": {beatsOn(perSecond, "rate/5000"), set(perSecond, 5000), "the rate in rate/5000 is the load's"},
		"a tie of a schedule": {with(tiesOn("rate/5000"), func(r *claim.Reading) { r.Metric = perSecond }), set(perSecond, 5000),
			"the rate in rate/5000 is the load's"},
		"a latency that is no number":    {holdsAt(5000, "hold/5000"), set(p99, math.NaN()), "no usable p99 in"},
		"a latency of less than nothing": {holdsAt(5000, "hold/5000"), set(p99, -1), "no usable p99 in"},
	} {
		r := reading(t, newSynthetic(8).claims(c.reading).run(c.change).judge(), 0)
		if r.Verdict == Supported || r.Verdict == Refuted || !strings.Contains(r.Reason, c.reason) {
			t.Errorf("%s: %s (%s), want no verdict, since %q", name, r.Verdict, r.Reason, c.reason)
		}
	}
}

// A claim of which every reading has to hold, and that has none, is not supported.
func TestEveryOfNoReadings(t *testing.T) {
	s := newSynthetic(8)
	s.plan.Ledger.Claims = []claim.Claim{{ID: "empty", Every: true}}
	if got := s.run(nil).judge().Claims[0]; got.Verdict != NotMeasured || got.Reason != "the claim has no reading" {
		t.Errorf("%s: %s", got.Verdict, got.Reason)
	}
}
