package verdict

import (
	"testing"

	"github.com/assay-bench/assay/harness/claim"
)

// A verdict on something in place of what the claim is about says so; without a verdict there is nothing to qualify.
func TestProxiesAreNamed(t *testing.T) {
	ledger := []claim.Claim{{ID: "a", Proxy: "tools in place of people"}, {ID: "b", Proxy: "tools in place of people"}, {ID: "c"}}
	judged := []Claim{{Verdict: Supported}, {Verdict: NotMeasured}, {Verdict: Refuted}}
	noteProxies(ledger, judged)
	for i, want := range []bool{true, false, false} {
		if got := hasNote(judged[i].Notes, noteProxy); got != want {
			t.Errorf("claim %s: note %v", ledger[i].ID, got)
		}
	}
}
