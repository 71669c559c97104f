package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/verdict"
)

// A server that is higher where lower was claimed is said to be that, and what was claimed keeps its digits.
func TestRangedWords(t *testing.T) {
	d := newData(newSynthetic().input())
	for _, c := range []struct {
		lower   bool
		percent float64
		want    string
	}{
		{true, -3.307, "go-server is higher than twin by 3.31 %, an advantage of -3.31 %; 90 % interval, to lie inside: -5.00 to -1.20 %"},
		{true, 3.307, "go-server is lower than twin by 3.31 %; 90 %"},
		{false, -3.307, "go-server is lower than twin by 3.31 %, an advantage of -3.31 %"},
		{false, 3.307, "go-server is higher than twin by 3.31 %; 90 %"},
	} {
		gain := verdict.Gain{Percent: c.percent, Low: -5, High: -1.2, Confidence: 0.9, Blocks: 8}
		r := verdict.Range{From: 20.0001, To: 20.0004, Inside: &gain, Difference: &gain}
		var page bytes.Buffer
		if err := Markdown(&page, Document{Title: "t", Sections: []Section{section("s", d.ranged(r, &verdict.Ratio{X: goServer, Y: "twin", LowerBetter: c.lower})...)}}); err != nil {
			t.Fatal(err)
		}
		if text := page.String(); !strings.Contains(text, "Claimed: 20.0001 to 20.0004 %.") || !strings.Contains(text, c.want) {
			t.Errorf("%s, want %q", text, c.want)
		}
	}
}
