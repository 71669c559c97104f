package plan

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/target"
)

// A study is planned where the profile asks for it and a claim rests on it; conformance is in every run.
func TestStudies(t *testing.T) {
	studied := func(id, study string) claim.Claim {
		return claim.Claim{ID: id, Readings: []claim.Reading{{ID: "r", Shape: claim.Studied, Study: study}}}
	}
	both := []claim.Claim{studied("same", claim.Conformance), studied("errors", claim.Defects)}
	for name, c := range map[string]struct {
		claims  []claim.Claim
		profile []string
		only    string
		want    []string
		err     string
	}{
		"both":                    {both, []string{claim.Defects}, "", []string{claim.Conformance, claim.Defects}, ""},
		"the profile has none":    {both, nil, "", []string{claim.Conformance}, ""},
		"no claim rests on it":    {both[:1], []string{claim.Defects}, "", []string{claim.Conformance}, ""},
		"one claim":               {both, []string{claim.Defects}, "errors", []string{claim.Defects}, ""},
		"one scenario":            {both, []string{claim.Defects}, "hold", []string{claim.Conformance}, ""},
		"a study that is unknown": {both, []string{"taste"}, "", nil, `asks for a study "taste", which there is not`},
	} {
		in := Input{Only: c.only}
		in.Ledger.Claims, in.Profile.ID, in.Profile.Studies = c.claims, "p", c.profile
		got, err := studies(in)
		if !slices.Equal(got, c.want) || (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%s: %q, %v; want %q, %s", name, got, err, c.want, c.err)
		}
	}
}

// The time of a study counts in the budget: what it takes away from the cells, and what is expected of the run.
func TestStudiesTakeTime(t *testing.T) {
	if none := (Plan{Studies: []string{claim.Conformance}}).StudyTime(); none != 0 {
		t.Errorf("conformance takes %s", none)
	}
	// They are short, so that standard, which is nearly full, keeps its cells.
	if demos := (Plan{Studies: []string{claim.Conformance, claim.Together, claim.AsyncRuntime}}).StudyTime(); demos <= 0 || demos > 20*time.Second {
		t.Errorf("the demonstrations take %s", demos)
	}
	p := Plan{Studies: []string{claim.Defects}}
	if p.StudyTime() <= 0 || takes(p.Cells, p) != p.StudyTime() {
		t.Errorf("expected %s, of which the study is %s", takes(p.Cells, p), p.StudyTime())
	}
	p.Budget = p.StudyTime()
	c := choice{cells: []Cell{{ID: "rate/1", Mode: scenario.Rate, Window: time.Second}}, why: map[string]string{}}
	p.Targets, p.Blocks = make([]target.Target, 2), 5
	if kept := fit(Input{}, &c, p); len(kept) != 0 || c.why["rate/1"] == "" {
		t.Errorf("%d cells fit into a budget that the study needs (%v)", len(kept), c.why)
	}
}

// A study that the profile has, and that --only left out, is not said to be missing from the profile.
func TestWhyAStudyIsLeftOut(t *testing.T) {
	in := Input{}
	in.Profile.ID = "p"
	in.Profile.Budget = 15 * time.Minute
	other := in
	other.Profiles = []scenario.Profile{in.Profile, {ID: "nightly", Studies: []string{claim.Defects}}}
	if got := whyStudy(other, claim.Defects); got != "the study of defects is left to the nightly profile: it takes about 3m, and a whole run of the p profile at most 15m" {
		t.Errorf("a study of another profile: %s", got)
	}
	if got := whyStudy(in, claim.Defects); got != "the study of defects is not in the p profile" {
		t.Error(got)
	}
	in.Only = "start"
	if got := whyStudy(in, claim.Defects); got != "the study of defects is not in the p profile" {
		t.Error(got)
	}
	in.Profile.Studies = []string{claim.Defects}
	for _, study := range []string{claim.Defects, claim.Conformance} {
		if got := whyStudy(in, study); got != "--only start leaves the study of "+study+" out" {
			t.Error(got)
		}
	}
}
