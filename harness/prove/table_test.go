//go:build !race

package prove

import (
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/stats"
)

func TestWrite(t *testing.T) {
	rate := func(center, low, high float64) stats.Interval {
		return stats.Interval{Center: center, Low: low, High: high}
	}
	section := Section{Title: "A title", Says: "A sentence.", Scenarios: []Scenario{{
		Truth: "equal", Shape: claim.Better, Truths: same(2, ahead(1)), Blocks: 8, Noise: noise3(),
		Counts: []Count{wrongSupported().wanting(atMost(0.05)), wrongRefuted(), withheld()},
	}}}
	counts := section.Scenarios[0].Counts
	o := Outcome{Scenario: section.Scenarios[0], Results: []Result{
		{Count: counts[0], Hits: 8, Runs: 100, Rate: rate(0.08, 0.06, 0.1), Sure: rate(0.08, 0.055, 0.11)}, {Count: counts[1]},
		{Count: counts[2], Hits: 1, Runs: 100, Rate: rate(0.01, 0, 0.02), Sure: rate(0.01, 0, 0.03)},
	}}
	const table = `### A title

A sentence.

| truth | readings | blocks | noise | wrong supported                        | wrong refuted | withheld by A/A  |
| ----- | -------- | ------ | ----- | -------------------------------------- | ------------- | ---------------- |
| equal | 2        | 8      | 3 %   | **8.00 (6.00-10.00) missed: at most 5 %** | -             | 1.00 (0.00-2.00) |

1 nominal value, missed 1:

- A title: equal, 2 readings, 8 blocks, noise 3 %: wrong supported 8.00 % (6.00-10.00), wanted at most 5 %
`
	var text strings.Builder
	if err := Write(&text, []Proof{{section, []Outcome{o}}}, Options{Runs: 100, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	if got := text.String(); squeeze(got[strings.Index(got, "###"):]) != squeeze(table) {
		t.Errorf("wrote\n%s\nwant\n%s", got, table)
	}
	o.Results[0].Rate, o.Results[0].Sure = rate(0.03, 0.02, 0.04), rate(0.03, 0.01, 0.06)
	if got := Summary([]Proof{{section, []Outcome{o}}}); got != "1 nominal value, all kept." {
		t.Error(got)
	}
	few := o
	few.Results = append([]Result{}, o.Results...)
	few.Results[0].Rate = rate(0, 0, 0.37)
	if got := Summary([]Proof{{section, []Outcome{few}}}); got != "1 nominal value, none missed, 1 left open by the simulation's error." {
		t.Error(got)
	}
	if got := o.Results[0].String(); got != "3.00 (2.00-4.00) at most 5 %" {
		t.Error(got)
	}
}

// squeeze takes the padding out of a table.
func squeeze(s string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "-", "")
}

func TestWantString(t *testing.T) {
	for want, is := range map[string]Want{"": {}, "at most 5 %": atMost(0.05), "at least 90 %": atLeast(0.9), "94-96 %": between(0.94, 0.96)} {
		if is.String() != want {
			t.Errorf("%q, want %q", is, want)
		}
	}
}
