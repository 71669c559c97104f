package scenarios_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/verdict"
)

// cited is the ledger with the evidence that it cites, and all evidence that there is.
func cited(t *testing.T) (claim.Ledger, []claim.Evidence) {
	t.Helper()
	known, err := claim.LoadEvidence("evidence")
	if err != nil {
		t.Fatal(err)
	}
	l, err := ledger(t).Cite(known)
	if err != nil {
		t.Fatal(err)
	}
	return l, known
}

// Every figure under evidence/ is cited, and no documented reading waits for one.
func TestEvidenceIsCited(t *testing.T) {
	l, known := cited(t)
	for _, e := range known {
		if !slices.ContainsFunc(l.Evidence, func(c claim.Evidence) bool { return c.ID == e.ID }) {
			t.Errorf("%s is cited by no reading", e.ID)
		}
	}
	for _, c := range l.Claims {
		for _, r := range c.Readings {
			if r.Shape == claim.Documented && strings.Contains(r.NotYet, "evidence") {
				t.Errorf("%s, %s waits for evidence that is there", c.ID, r.ID)
			}
		}
	}
}

// A figure that is said to show a number is a number, and not below it.
func TestFiguresReachWhatTheyShow(t *testing.T) {
	l, _ := cited(t)
	for _, c := range l.Claims {
		for _, r := range c.Readings {
			for _, e := range l.Evidence {
				if r.Shape != claim.Documented || r.AtLeast == 0 || !slices.Contains(r.ShownBy, e.ID) {
					continue
				}
				if n, err := strconv.Atoi(strings.ReplaceAll(e.Figure, ",", "")); err != nil || n < r.AtLeast {
					t.Errorf("%s, %s: %s has the figure %q, which does not show %d", c.ID, r.ID, e.ID, e.Figure, r.AtLeast)
				}
			}
		}
	}
}

// A claim of a floor and a comparison is not supported by its floor.
func TestFloorsDecideNoComparison(t *testing.T) {
	l, _ := cited(t)
	judged := verdict.Judge(plan.Plan{Ledger: l, Limits: plan.DefaultLimits()}, nil)
	for id, want := range map[string]verdict.Verdict{"integrations-go": verdict.NotTestable, "community-go": verdict.Inconclusive} {
		i := slices.IndexFunc(judged.Claims, func(c verdict.Claim) bool { return c.ID == id })
		if i < 0 || judged.Claims[i].Verdict != want || judged.Claims[i].Readings[0].Verdict != verdict.Supported {
			t.Errorf("%s: want a supported floor and the claim %s: %+v", id, want, judged.Claims)
		}
	}
}

// What each documented reading comes to, so that no edit of a figure or a side turns a verdict unseen.
func TestDocumentedVerdicts(t *testing.T) {
	l, _ := cited(t)
	want := map[string]verdict.Verdict{
		"license/licences":               verdict.Supported,
		"integrations-rust/floor":        verdict.Supported,
		"integrations-go/floor":          verdict.Supported,
		"integrations-go/more":           verdict.NotTestable,  // unlike units
		"community-rust/floor":           verdict.Inconclusive, // second hand
		"community-go/floor":             verdict.Supported,    // by a stale figure
		"community-go/more":              verdict.Inconclusive, // second hand
		"cloud-native/providers":         verdict.Refuted,
		"cloud-native/rust-ten":          verdict.Refuted,
		"cloud-native/go-five":           verdict.Supported,
		"cloud-native/built-in":          verdict.Supported,
		"choose-rust-providers/built-in": verdict.Refuted,
		"choose-rust-providers/sdks":     verdict.Supported,
		"simple-syntax/keywords":         verdict.Supported,
		"go-libraries/counts":            verdict.NotTestable, // unlike units
		"gotcha-go-providers/sdks":       verdict.Refuted,
	}
	got := map[string]verdict.Verdict{}
	judged := verdict.Judge(plan.Plan{Ledger: l, Limits: plan.DefaultLimits()}, nil)
	for i, c := range l.Claims {
		for k, r := range c.Readings {
			if r.Shape == claim.Documented {
				id, v := c.ID+"/"+r.ID, judged.Claims[i].Readings[k].Verdict
				if got[id] = v; want[id] != v {
					t.Errorf("%s is %s, want %q", id, v, want[id])
				}
			}
		}
	}
	for id := range want {
		if got[id] == "" {
			t.Errorf("%s is gone", id)
		}
	}
}
