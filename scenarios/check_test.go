// Package scenarios_test checks the files of this folder against each other and against the targets.
package scenarios_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/cost"
	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/target"
)

// claimIDs is every claim of rust-vs-go-2026, in the article's order. A claim that can't be measured keeps its row.
func claimIDs() []string {
	return []string{
		"verdict-performance", "verdict-small-teams",
		"license", "learning-rust", "learning-go", "integrations-rust", "integrations-go",
		"scalability-rust", "scalability-go", "scalability-winner", "community-rust", "community-go", "cloud-native", "errors",
		"choose-rust-latency", "choose-rust-10k", "choose-rust-team", "choose-rust-safety", "choose-rust-providers",
		"speed-development", "simple-syntax", "rapid-deployment", "go-libraries",
		"usecase-1000", "usecase-effort", "usecase-cost-rust", "usecase-cost-go", "gotcha-go-providers",
		"migration-data", "training", "hidden-costs",
		"async-db-30", "memory-safety-db", "together", "roi-rust", "roi-go", "roi-go-100k",
		"bottom-line",
	}
}

// measuredIDs are the claims whose headline this version measures.
func measuredIDs() []string {
	return []string{
		"verdict-performance", "scalability-rust", "scalability-go", "scalability-winner",
		"choose-rust-latency", "choose-rust-10k", "speed-development", "rapid-deployment",
		"usecase-1000", "usecase-cost-rust", "usecase-cost-go", "async-db-30", "roi-rust",
	}
}

func ledger(t *testing.T) claim.Ledger {
	t.Helper()
	l, err := claim.Load("claims/rust-vs-go-2026.toml")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestEveryClaimHasItsRow(t *testing.T) {
	var got, measured []string
	for _, c := range ledger(t).Claims {
		got = append(got, c.ID)
		h := c.Headline()
		if h.NotYet == "" && h.Shape.Measured() {
			measured = append(measured, c.ID)
		}
	}
	if !slices.Equal(got, claimIDs()) {
		t.Errorf("claims:\n got %q\nwant %q", got, claimIDs())
	}
	if !slices.Equal(measured, measuredIDs()) {
		t.Errorf("measured:\n got %q\nwant %q", measured, measuredIDs())
	}
}

// references are what the files of this checkout offer to readings.
func references(t *testing.T) claim.References {
	t.Helper()
	scenarios, err := scenario.LoadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	targets, err := target.LoadAll("..", "targets")
	if err != nil {
		t.Fatal(err)
	}
	refs := claim.References{Cells: map[string]int{}, Unloaded: map[string]string{}, Cases: prices(t).CaseIDs()}
	for _, s := range scenarios {
		if s.Mode == scenario.Hold {
			refs.Ladders = append(refs.Ladders, s.ID)
		}
		for _, c := range s.Cells {
			refs.Cells[c.ID] = c.Connections
			if s.Mode.Lifecycle() {
				refs.Unloaded[c.ID] = string(s.Mode)
			}
		}
	}
	for _, tt := range targets {
		refs.Targets = append(refs.Targets, tt.ID)
		for _, s := range scenarios {
			for _, v := range s.Variants {
				if tt.Does(v.Needs) {
					refs.Targets = append(refs.Targets, tt.Variant(v.ID).ID)
				}
			}
		}
	}
	return refs
}

// prices is the model of cost.toml.
func prices(t *testing.T) *cost.Model {
	t.Helper()
	data, err := os.ReadFile("cost.toml")
	if err != nil {
		t.Fatal(err)
	}
	m, err := cost.Parse("cost.toml", data)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Every case names cells that there are, is used by a reading, and is measured by the standard profile; every provider and
// each price is there once.
func TestCostFile(t *testing.T) {
	m, refs := prices(t), references(t)
	if err := m.CheckPlaces(slices.Collect(maps.Keys(refs.Cells)), refs.Ladders); err != nil {
		t.Error(err)
	}
	used := map[string]bool{}
	for _, c := range ledger(t).Claims {
		for _, r := range c.Readings {
			used[r.Case] = true
		}
	}
	profiles, err := scenario.LoadProfiles("profiles.toml")
	if err != nil {
		t.Fatal(err)
	}
	standard := profiles[slices.IndexFunc(profiles, func(p scenario.Profile) bool { return p.ID == "standard" })]
	for _, c := range m.Cases {
		if !used[c.ID] || !slices.Contains(standard.Cells, c.CPUCell) {
			t.Errorf("case %s: used %t, cell %s", c.ID, used[c.ID], c.CPUCell)
		}
	}
	if got := strings.Join(m.Providers(), ", "); got != "AWS, Google Cloud, Azure" || len(m.Machines) != 14 {
		t.Errorf("%d machines of %s", len(m.Machines), got)
	}
}

// What cost.toml says of its cases: the least number of machines carries the use case 80 times over at 100 us a request, and
// the other case takes 40 machines at 40 us.
func TestCasesAreAsTheirCommentsSay(t *testing.T) {
	m := prices(t)
	small, _ := m.Case("use-case")
	load := small.Load()
	load.RequestsPerSecond *= 80
	if b, err := m.Bill(cost.Usage{CPUMicrosPerRequest: 100, BaseBytes: 2e7, BytesPerConnection: 2e4}, load); err != nil || b.Count != 2 || b.CPUShare != 0.5 {
		t.Errorf("%+v, %v", b, err)
	}
	large, _ := m.Case("roi")
	for _, us := range []float64{10, 40} {
		if b, err := m.Bill(cost.Usage{CPUMicrosPerRequest: us, BaseBytes: 2e7, BytesPerConnection: 2e4}, large.Load()); err != nil || b.Count != int(us) {
			t.Errorf("%v us: %+v, %v", us, b, err)
		}
	}
}

// A bill is of a load that somebody chose; a report has to say why.
func TestCasesSayWhyTheyAreTheirLoad(t *testing.T) {
	for _, c := range prices(t).Cases {
		if c.Why == "" {
			t.Errorf("case %s has no why", c.ID)
		}
	}
}

// Twelve providers cannot show that all have something: the claim says beside its verdict which were looked at.
func TestChosenProvidersAreSaidToBeChosen(t *testing.T) {
	for _, c := range ledger(t).Claims {
		if c.ID == "gotcha-go-providers" && !strings.Contains(c.Proxy, "twelve providers looked at") {
			t.Errorf("%s: proxy %q", c.ID, c.Proxy)
		}
	}
}

// TestEditsStandOnce holds each target's declared edit against its source. The targets that claims name have one; a further stack
// may go without, since none is built in mode build.
func TestEditsStandOnce(t *testing.T) {
	targets, err := target.LoadAll("..", "targets")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range targets {
		e := tt.Build.Edit
		if e == nil {
			if tt.ID == "go-server" || tt.ID == "rust-server" {
				t.Errorf("%s declares no edit", tt.ID)
			}
			continue
		}
		body, err := os.ReadFile(filepath.Join("..", tt.Dir, e.File))
		if err != nil || strings.Count(string(body), e.From) != 1 {
			t.Errorf("%s: %q stands in %s %d times, %v", tt.ID, e.From, e.File, strings.Count(string(body), e.From), err)
		}
	}
}

// TestMisplacedReadingsAreFound plants metrics in cells that do not yield them.
func TestMisplacedReadingsAreFound(t *testing.T) {
	for want, r := range map[string]claim.Reading{
		"first_answer_ms is not measured in hold/10000; name a cell of mode start": {Shape: claim.Better, Metric: "first_answer_ms", Cell: "hold/10000"},
		"p99_ms is not measured in start/idle; name a cell with load":              {Shape: claim.Better, Metric: "p99_ms", Cell: "start/idle"},
		"build/clean has no connections":                                           {Shape: claim.Threshold, AtLeast: 5, Cell: "build/clean"},
	} {
		l := claim.Ledger{Claims: []claim.Claim{{ID: "c", Readings: []claim.Reading{r}}}}
		if err := l.CheckReferences(references(t)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v; want %q", err, want)
		}
	}
}

func TestReadingsNameWhatIsThere(t *testing.T) {
	if err := ledger(t).CheckReferences(references(t)); err != nil {
		t.Error(err)
	}
}

func TestProfilesNameCellsThatAreThere(t *testing.T) {
	scenarios, err := scenario.LoadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	profiles, err := scenario.LoadProfiles("profiles.toml")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, p := range profiles {
		ids = append(ids, p.ID)
		if err := p.CheckCells(scenarios); err != nil {
			t.Error(err)
		}
	}
	if want := []string{"quick", "standard", "ladders", "builds", "nightly"}; !slices.Equal(ids, want) {
		t.Errorf("profiles %q, want %q", ids, want)
	}
}

// TestMeasuredCellsAreInTheNightlyProfile keeps a measured reading from waiting for a
// cell that no profile runs. Nightly's hour has no room for the shipped builds; they have a profile.
func TestMeasuredCellsAreInTheNightlyProfile(t *testing.T) {
	profiles, err := scenario.LoadProfiles("profiles.toml")
	if err != nil {
		t.Fatal(err)
	}
	cells := func(id string) []string {
		return profiles[slices.IndexFunc(profiles, func(p scenario.Profile) bool { return p.ID == id })].Cells
	}
	runs := append(slices.DeleteFunc(cells("builds"), func(id string) bool { return id != "build/clean" }), cells("nightly")...)
	for _, c := range ledger(t).Claims {
		for _, r := range c.Readings {
			if r.NotYet == "" && r.Cell != "" && !slices.Contains(runs, r.Cell) {
				t.Errorf("claim %s, reading %s: the cell %s is in no run of the nightly profile, nor of builds", c.ID, r.ID, r.Cell)
			}
		}
	}
}
