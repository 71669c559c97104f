package scenarios_test

import (
	"fmt"
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
	l, err := ledger(t).Cite(known, "evidence")
	if err != nil {
		t.Fatal(err)
	}
	return l, known
}

// Every figure under evidence/ is cited or counted, and no documented reading waits for one.
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

// A figure such as "12 of 12" counts that many entries, all but those whose figure is "no", and is read no better than they are.
func TestCountsAreOfTheirRows(t *testing.T) {
	_, known := cited(t)
	counts := 0
	for _, e := range known {
		var have, of int
		if e.ID == "cncf-languages" { // below
			continue
		}
		if n, err := fmt.Sscanf(e.Figure, "%d of %d", &have, &of); n != 2 || err != nil || len(e.Counted) == 0 {
			if len(e.Counted) > 0 {
				t.Errorf("%s counts %d entries, and its figure is %q", e.ID, len(e.Counted), e.Figure)
			}
			continue
		}
		counts++
		no := 0
		for _, id := range e.Counted {
			row := known[slices.IndexFunc(known, func(c claim.Evidence) bool { return c.ID == id })]
			if row.Figure == "no" {
				no++
			}
			if e.Read == claim.Primary && row.Read != claim.Primary {
				t.Errorf("%s is primary and counts %s, which is %s", e.ID, id, row.Read)
			}
		}
		if of != len(e.Counted) || have != of-no {
			t.Errorf("%s is %q, and counts %d entries, %d of them no", e.ID, e.Figure, len(e.Counted), no)
		}
	}
	if counts != 3 {
		t.Errorf("%d counts of providers, want those for Go, for Rust as read, and for Rust as indexed", counts)
	}
}

// Of the graduated cloud-native projects each has a row, and what is said of them together follows from the rows.
func TestProjectsAreOfTheirRows(t *testing.T) {
	_, known := cited(t)
	entry := func(id string) claim.Evidence {
		return known[slices.IndexFunc(known, func(c claim.Evidence) bool { return c.ID == id })]
	}
	all := entry("cncf-languages")
	of := map[string]int{}
	for _, id := range all.Counted {
		row := entry(id)
		if figure := row.Figure; figure == "Go" || figure == "Rust" || figure == "Go and Rust" || figure == "none" {
			of[figure]++
		} else {
			of["other"]++
		}
		if row.Read != claim.Primary {
			t.Errorf("%s is %s", id, row.Read)
		}
	}
	if want := fmt.Sprintf("%d against %d", of["Go"], of["Rust"]); all.Figure != want || of["Go and Rust"] != 1 || of["other"] != 6 || of["none"] != 2 {
		t.Errorf("the figure is %q, and the rows are %v; all of them are spelled out in what it counts", all.Figure, of)
	}
	if figure := entry("cncf-graduated").Figure; figure != strconv.Itoa(len(all.Counted)) {
		t.Errorf("%s graduated, %d sorted", figure, len(all.Counted))
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
