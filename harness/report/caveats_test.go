package report

import (
	"os"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/verdict"
)

// The ledger names each caveat and each claim that is contradicted once, whichever side declared it; notes that change nothing in how a
// verdict is read stay in the claim's own section.
func TestCaveatsStandInTheLedger(t *testing.T) {
	d := &data{Input: Input{Plan: plan.Plan{Ledger: claim.Ledger{Claims: []claim.Claim{
		{ID: "a", Contradicts: []string{"b"}}, {ID: "b", Contradicts: []string{"a"}}, {ID: "c", Contradicts: []string{"a"}}, {ID: "d"},
	}}}}}
	judged := verdict.Claim{Notes: []verdict.Note{{Code: "proxy"}, {Code: "this-host-only"}}, Readings: []verdict.Reading{
		{Headline: true, Notes: []verdict.Note{{Code: "proxy"}, {Code: "infrastructure-only"}}}, {Notes: []verdict.Note{{Code: "bound-by-replicas"}}},
	}}
	if got, want := d.caveats("a", judged), "tested by a stand-in or in part; infrastructure only; contradicts b, c"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	codes, err := os.ReadFile("../../docs/verdicts-schema.md") // which package verdict holds to its own list
	if err != nil {
		t.Fatal(err)
	}
	for code := range caveatWords {
		if !strings.Contains(string(codes), "`"+code+"`") {
			t.Errorf("no verdict has the note %q", code)
		}
	}
	if got := d.caveats("d", verdict.Claim{}); got != "" {
		t.Errorf("nothing to say, and %q", got)
	}
}
