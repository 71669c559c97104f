package report

import (
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/verdict"
)

func TestOrderSentence(t *testing.T) {
	quiet := &verdict.OrderTest{Change: -0.012, P: 0.31}
	loud := &verdict.OrderTest{Change: 0.084, P: 0.00002, Fires: true}
	for _, c := range []struct {
		order      verdict.Order
		want, cell string
	}{
		{verdict.Order{Level: 0.01, Tests: 2, Checks: []verdict.OrderCheck{{Drift: quiet, Place: quiet}}}, "Of 2 tests none is below 0.01 / 2: no single test shows a drift, an effect of the place or a carry-over, which is not to say that there is none.", "-1.20 % (0.31)"},
		{verdict.Order{Level: 0.01, Tests: 2, Checks: []verdict.OrderCheck{{Drift: quiet, Place: loud}}}, "Warning: 1 of 2 tests below 0.01 / 2", "+8.40 % (under 0.0001)"},
		{verdict.Order{Tests: 2, Checks: []verdict.OrderCheck{{Drift: quiet, Place: quiet}}}, "declares no level", "-1.20 % (0.31)"},
	} {
		if got := textOf(orderSentence(c.order)); !strings.Contains(got, c.want) {
			t.Errorf("%q\nwant %q", got, c.want)
		}
		row := orderTable(c.order).Rows[0].Cells
		if got := textOf(row[4]); got != c.cell {
			t.Errorf("place %q, want %q", got, c.cell)
		}
		if got := textOf(row[5]); got != missing {
			t.Errorf("a test that was not made reads %q", got)
		}
	}
}

// What the plan could see stands beside what the run was like.
func TestPowerInReport(t *testing.T) {
	md := string(render(t, Markdown, build(t, newSynthetic().input())))
	for _, want := range []string{"### What this plan could see", "| 8 % |", "Advantage found at it"} {
		if !strings.Contains(md, want) {
			t.Errorf("the report doesn't print %q", want)
		}
	}
	none := newSynthetic()
	none.plan.Ledger.Article.Margin = 0
	if got := newData(none.input()).power(); len(got) != 0 {
		t.Errorf("without a margin: %+v", got)
	}
}
