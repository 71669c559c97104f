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

// lifecycle adds the cells without load, and a reading in each.
func lifecycle() Input {
	in := input()
	in.Scenarios = append(in.Scenarios,
		scenario.Scenario{ID: "start", Mode: scenario.Start, Starts: 9, Idle: time.Second, Cells: []scenario.Cell{{ID: "start/idle"}}},
		scenario.Scenario{ID: "build", Mode: scenario.Build, Cells: []scenario.Cell{{ID: "build/clean"}}})
	in.Profile.Cells = append(in.Profile.Cells, "start/idle", "build/clean")
	in.Targets = slices.Clone(in.Targets)
	for i := range in.Targets {
		in.Targets[i].Build.Edit = &target.Edit{File: "main.go", From: "8", To: "7"}
	}
	for id, at := range map[string][2]string{"first": {"first_answer_ms", "start/idle"}, "binary": {"binary_bytes", "start/idle"},
		"image": {"image_bytes", "start/idle"}, "rebuild": {"rebuild_s", "build/clean"}} {
		in.Ledger.Claims = append(in.Ledger.Claims, claim.Claim{ID: id, Readings: []claim.Reading{{ID: "main", Headline: true, Shape: claim.Better,
			X: "go-server", Y: "rust-server", Metric: at[0], Cell: at[1]}}})
	}
	in.Budget = 2 * time.Hour
	return in
}

func whyLeftOut(p Plan, claim string) string {
	for _, l := range p.LeftOut {
		if l.Claim == claim {
			return l.Why
		}
	}
	return ""
}

func TestCellsWithoutLoad(t *testing.T) {
	in := lifecycle()
	in.Runtime = "process"
	p := mustPlan(t, in)
	for _, id := range []string{"start/idle", "build/clean"} {
		c, ok := p.Cell(id)
		if !ok || !c.Paired || c.Window != 0 || c.WarmUp != 0 || c.Connections != 0 {
			t.Errorf("%s: %+v", id, c)
		}
		if all, null := p.Trials(id); all != 3*p.Blocks || null != 0 {
			t.Errorf("%s: %d trials, %d of the null server", id, all, null)
		}
	}
	if c, _ := p.Cell("start/idle"); c.Starts != 9 || p.SlotTime(c) < c.Idle || p.SlotTime(c) > 10*time.Second {
		t.Errorf("%+v takes %v", c, p.SlotTime(c))
	}
	if why := whyLeftOut(p, "image"); !strings.Contains(why, "no image") {
		t.Errorf("the image as a plain process: %q", why)
	}
	if why := whyLeftOut(p, "binary"); why != "" {
		t.Errorf("the binary: %q", why)
	}
}

// What a runtime cannot measure is left out with the reason, and so is a build of a target that declares no edit.
func TestWhatIsNotMeasuredHasAReason(t *testing.T) {
	in := lifecycle()
	in.Runtime, in.Unmeasured = "docker", map[scenario.Mode]string{scenario.Build: "not in Docker by this version"}
	p := mustPlan(t, in)
	if why := whyLeftOut(p, "rebuild"); why != "not in Docker by this version" {
		t.Errorf("rebuild: %q", why)
	}
	if why := whyLeftOut(p, "binary"); why != "" { // it stands in the image
		t.Errorf("binary: %q", why)
	}
	if why := whyLeftOut(p, "image"); why != "" {
		t.Errorf("image: %q", why)
	}
	in = lifecycle()
	in.Targets[0].Build.Edit = nil
	if why := whyLeftOut(mustPlan(t, in), "rebuild"); !strings.Contains(why, in.Targets[0].ID+" has no [build.edit]") {
		t.Errorf("no edit: %q", why)
	}
}

// development adds the cell of development builds, and a reading in it.
func development() Input {
	in := lifecycle()
	in.Scenarios = append(in.Scenarios, scenario.Scenario{ID: "build-development", Mode: scenario.Build, Development: true, Cells: []scenario.Cell{{ID: "build-development/clean"}}})
	in.Profile.Cells = append(in.Profile.Cells, "build-development/clean")
	in.Ledger.Claims = append(in.Ledger.Claims, claim.Claim{ID: "develop", Readings: []claim.Reading{{ID: "main", Headline: true, Shape: claim.Better,
		X: "go-server", Y: "rust-server", Metric: "rebuild_s", Cell: "build-development/clean"}}})
	for i := range in.Targets {
		in.Targets[i].Build.Development = &target.Development{Command: []string{"cc"}, Binary: "bin/x"}
	}
	return in
}

// A cell of development builds is one of mode build; a target of its readings without such a build leaves it out, with the reason,
// and one that no reading in it names just takes no part.
func TestDevelopmentBuilds(t *testing.T) {
	p := mustPlan(t, development())
	c, ok := p.Cell("build-development/clean")
	if all, _ := p.Trials(c.ID); !ok || !c.Development || !c.Paired || c.Targets != nil || all != 3*p.Blocks {
		t.Errorf("%+v, %d trials", c, all)
	}
	shipped, _ := p.Cell("build/clean")
	if shipped.Development || p.SlotTime(c) >= p.SlotTime(shipped) {
		t.Errorf("shipped builds: %+v, %v; development %v", shipped, p.SlotTime(shipped), p.SlotTime(c))
	}
	in := development()
	in.Targets[0].Build.Development = nil
	p = mustPlan(t, in)
	if why := whyLeftOut(p, "develop"); !strings.Contains(why, in.Targets[0].ID+" has no [build.development]") {
		t.Errorf("no development build: %q", why)
	}
	if why := whyLeftOut(p, "rebuild"); why != "" {
		t.Errorf("the shipped builds: %q", why)
	}
}

func TestWhoTakesNoPartInBuilds(t *testing.T) {
	edit, dev := &target.Edit{}, &target.Development{}
	a, b := target.Target{ID: "a", Build: target.Build{Edit: edit, Development: dev}}, target.Target{ID: "b", Build: target.Build{Edit: edit}}
	shipped, c := Cell{Mode: scenario.Build}, Cell{Mode: scenario.Build, Development: true}
	if got := builders(shipped, []target.Target{a, b}); got != nil {
		t.Errorf("shipped: %v", got)
	}
	if got := builders(c, []target.Target{a, b}); !slices.Equal(got, []string{"a"}) {
		t.Errorf("development: %v", got)
	}
	p := Plan{Stacks: []target.Target{a, b}}
	c.Stacks = true
	if got := IDs(p.StacksIn(c)); !slices.Equal(got, []string{"a"}) {
		t.Errorf("stacks: %v", got)
	}
}

// A cell in which no target has what it builds is left out, and says so.
func TestNobodyBuilds(t *testing.T) {
	in := development()
	in.Only = "build-development/clean"
	in.Ledger.Claims = in.Ledger.Claims[:len(in.Ledger.Claims)-1]
	for i := range in.Targets {
		in.Targets[i].Build.Development = nil
	}
	if _, err := New(in); err == nil || !strings.Contains(err.Error(), "cell build-development/clean: no target.toml of its targets") {
		t.Error(err)
	}
}

// Builds may have fewer blocks than the run: spread over it, with the A/A arm in each, and counted so against the budget.
func TestBuildsInSomeBlocks(t *testing.T) {
	for _, tt := range []struct{ run, asked, want int }{{8, 5, 5}, {5, 5, 5}, {5, 8, 5}, {12, 5, 5}} {
		in := lifecycle()
		in.Blocks = tt.run
		for i := range in.Scenarios {
			if in.Scenarios[i].Mode == scenario.Build {
				in.Scenarios[i].Blocks = tt.asked
			}
		}
		p := mustPlan(t, in)
		slots := map[int]int{}
		for _, s := range p.Slots {
			if s.Cell == "build/clean" {
				slots[s.Block]++
			}
		}
		if len(slots) != tt.want {
			t.Errorf("%d of %d blocks: builds in %v", tt.asked, tt.run, slots)
		}
		for block, n := range slots {
			if n != 3 {
				t.Errorf("%d of %d blocks: block %d has %d builds", tt.asked, tt.run, block, n)
			}
		}
		c, _ := p.Cell("build/clean")
		if got := trials(c, p.Cells, p); got != 3*tt.want {
			t.Errorf("%d of %d blocks: the budget counts %d trials", tt.asked, tt.run, got)
		}
		if all, _ := p.Trials("start/idle"); all != 3*tt.run {
			t.Errorf("%d starts in a run of %d blocks", all, tt.run)
		}
	}
}

// What proves the load side is left out where nothing is loaded.
func TestCanariesNeedALoad(t *testing.T) {
	for only, want := range map[string]bool{"": true, "start": false, "build/clean": false} {
		in := lifecycle()
		in.Profile.Canaries, in.Only = true, only
		if p := mustPlan(t, in); p.Canaries != want {
			t.Errorf("--only %q: canaries %v", only, p.Canaries)
		}
	}
}

// A cell of another profile that no target of this article can build takes no time of it, and is no reason to fail.
func TestNobodyBuildsTheCellOfAnotherProfile(t *testing.T) {
	in := development()
	builds := in.Profile
	builds.ID, builds.Cells = "builds", []string{"build-development/clean"}
	in.Profiles = []scenario.Profile{in.Profile, builds}
	in.Profile.Cells = slices.DeleteFunc(slices.Clone(in.Profile.Cells), func(id string) bool { return id == "build-development/clean" })
	for i := range in.Targets {
		in.Targets[i].Build.Development, in.Targets[i].Build.Edit = nil, nil
	}
	p := mustPlan(t, in)
	if _, ok := p.Cell("build-development/clean"); ok {
		t.Error("a cell that nobody can build is planned")
	}
}
