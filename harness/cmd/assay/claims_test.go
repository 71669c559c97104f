package main

import (
	"testing"

	"github.com/assay-bench/assay/harness/claim"
)

func TestJudgedBy(t *testing.T) {
	for want, r := range map[string]claim.Reading{
		"documented, no source":               {Shape: claim.Documented, Needs: "a count", Context: []string{"a"}},
		"documented, 1 source":                {Shape: claim.Documented, OpposedBy: []string{"a"}, Context: []string{"b"}},
		"documented, 3 sources":               {Shape: claim.Documented, ShownBy: []string{"a", "b"}, OpposedBy: []string{"c"}},
		"not measured: needs a demonstration": {Shape: claim.Documented, NotYet: "needs a demonstration"},
		"not testable":                        {Shape: claim.Untestable, Context: []string{"a"}},
		"threshold":                           {Shape: claim.Threshold},
	} {
		if got := judgedBy(claim.Claim{Readings: []claim.Reading{r}}); got != want {
			t.Errorf("%+v: %q, want %q", r, got, want)
		}
	}
}
