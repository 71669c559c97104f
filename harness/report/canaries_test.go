package report

import (
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/trial"
)

// Each canary has a row of the validity table with its limits, what was measured for what was predicted, and what it missed.
func TestCanariesStandInTheValidityTable(t *testing.T) {
	t.Parallel()
	d := &data{}
	d.Env.Canaries = []trial.Canary{
		{Name: "stall, p99", Predicted: "960 ms", Measured: "10 ms", Limit: "5 %"},
		{Name: "stall, requests lost", Predicted: "0", Measured: "0", Limit: "equal", OK: true},
		{Name: "guests, N held", Predicted: "false", Measured: "false", Limit: "equal", OK: true},
	}
	rows := d.canaryRows()
	if len(rows) != 2 {
		t.Fatalf("%d rows for two canaries", len(rows))
	}
	text := rowText(rows[0])
	if want := "canary: stall|5 %, equal|p99 10 ms for 960 ms; requests lost 0 for 0|2 predictions|1"; text != want {
		t.Errorf("row %q, want %q", text, want)
	}
	d.Env.Canaries = nil
	if text := rowText(d.canaryRows()[0]); !strings.Contains(text, "not checked") {
		t.Errorf("without canaries: %q", text)
	}
}

// rowText is a row as its cells' words, parted by bars.
func rowText(r TableRow) string {
	var cells []string
	for _, c := range r.Cells {
		text := ""
		for _, s := range c {
			text += s.Text
		}
		cells = append(cells, text)
	}
	return strings.Join(cells, "|")
}
