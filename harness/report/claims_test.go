package report

import (
	"testing"

	"github.com/assay-bench/assay/harness/verdict"
)

// Each reason stands once: in the claim's own line, or else beside its reading.
func TestWhoseReasonTheClaimGives(t *testing.T) {
	floor := verdict.Reading{ID: "floor", Headline: true, Verdict: verdict.Supported, Reason: "shown by 12,345"}
	more := verdict.Reading{ID: "more", Verdict: verdict.NotTestable, Reason: "no source decides it"}
	for _, c := range []struct {
		name        string
		claim       verdict.Claim
		floor, more bool
	}{
		{"the headline's", verdict.Claim{Reason: floor.Reason}, true, false},
		{"of all, the one that decides", verdict.Claim{Every: true, Reason: more.Reason}, false, true},
		{"of all, both", verdict.Claim{Every: true, Reason: floor.Reason + "; " + more.Reason}, true, true},
	} {
		if f, m := givesReason(c.claim, floor), givesReason(c.claim, more); f != c.floor || m != c.more {
			t.Errorf("%s: floor %t, more %t", c.name, f, m)
		}
	}
}
