package canary

import (
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/null"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/verdict"
)

// The whole way from servers to verdicts, where the truth is known: two null servers, of which the second takes so much
// longer for every answer, compared as any two targets are.
func TestVerdictsOnServersOfKnownSpeed(t *testing.T) {
	b := testBench(t)
	for _, c := range []struct {
		name    string
		longer  float64 // share by which the second one takes longer
		wants   []verdict.Verdict
		not     string // must not be among the reason's words
		reports string // must be; "" for any
	}{
		{"the same server twice", 0, []verdict.Verdict{verdict.Refuted, verdict.Inconclusive}, "is the better one", ""},
		{"10 % slower", 0.10, []verdict.Verdict{verdict.Supported}, "a tie", "first is better by more than the margin of 1.05"},
		{"2 % slower", 0.02, []verdict.Verdict{verdict.Inconclusive}, "a tie", "first is better, but by less than the margin of 1.05"},
	} {
		t.Run(c.name, func(t *testing.T) {
			// So long that 2 % of it, 1.6 ms, is beyond what a busy host adds to a median.
			r := compareDelays(t, b, 80*time.Millisecond, c.longer)
			for again := 0; r.WithheldBy != "" && again < 2; again++ { // tests beside this one made the host another one
				t.Logf("withheld by %s, once more: %s", r.WithheldBy, r.Reason)
				r = compareDelays(t, b, 80*time.Millisecond, c.longer)
			}
			t.Logf("%s: %s", r.Verdict, r.Reason)
			found := false
			for _, v := range c.wants {
				found = found || r.Verdict == v
			}
			if !found || strings.Contains(r.Reason, c.not) || !strings.Contains(r.Reason, c.reports) {
				t.Errorf("%s, wanted one of %v with %q and without %q: %s", r.Verdict, c.wants, c.reports, c.not, r.Reason)
			}
		})
	}
}

// compareDelays judges "first has a lower median latency than second", where second delays its answers by longer, a share.
func compareDelays(t *testing.T, b Bench, delay time.Duration, longer float64) verdict.Reading {
	t.Helper()
	first := contender{"first", null.Options{Delay: delay}}
	second := contender{"second", null.Options{Delay: delay + time.Duration(longer*float64(delay))}}
	p := b.plan(plan.DefaultLimits().MinBlocks, workload{
		mode: scenario.InFlight, connections: 64, spread: delay, warmUp: 200 * time.Millisecond, window: 600 * time.Millisecond,
	}, first, second)
	p.Ledger.Article.Margin = 1.05
	p.Ledger.Claims = []claim.Claim{{ID: "faster", Readings: []claim.Reading{{
		ID: "p50", Headline: true, Shape: claim.Better, X: first.id, Y: second.id, Metric: "p50_ms", Cell: p.Cells[0].ID,
	}}}}
	for block := range p.Blocks { // the A/A arm, by turns
		id := []string{first.id, second.id}[block%2]
		p.Slots = append(p.Slots, plan.Slot{Index: len(p.Slots), Block: block + 1, Cell: p.Cells[0].ID, Target: id, Replica: 2})
	}
	records, err := b.execute(t.Context(), p, first, second)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		if !r.Usable() {
			t.Logf("block %d, %s: %s, %s", r.Block, r.Target, r.Status, r.Failure)
		}
	}
	return verdict.Judge(p, records).Claims[0].Readings[0]
}
