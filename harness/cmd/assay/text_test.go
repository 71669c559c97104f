package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/digits"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/target"
)

// TestPrintPlan holds the plan's text, which a person reads before a run.
func TestPrintPlan(t *testing.T) {
	in, err := loadInputs(filepath.Join("testdata", "checkout"), "tiny")
	if err != nil {
		t.Fatal(err)
	}
	profile, err := in.profile("standard")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		change func(*plan.Input)
	}{
		{"whole", func(*plan.Input) {}},
		{"one-block", func(p *plan.Input) { p.Blocks, p.Only = 1, "cheaper" }},
		{"short-budget", func(p *plan.Input) { p.Budget = 40 * time.Second }},
		{"few-files", func(p *plan.Input) { p.Placement.OpenFiles = 530; p.HostLimit = hostLimit(p.Placement, 0) }},
		{"unlisted", func(p *plan.Input) { // a cell that no profile has, and no claim
			i := slices.IndexFunc(p.Scenarios, func(s scenario.Scenario) bool { return s.ID == "rate" })
			p.Scenarios = slices.Clone(p.Scenarios)
			p.Scenarios[i].Cells, p.Only = []scenario.Cell{{ID: "rate/401", Connections: 8, RequestsPerSecond: 401}}, "rate/401"
			p.Profile.Cells = []string{"hold/50"}
		}},
		{"two-agents", func(p *plan.Input) {
			p.Engine, p.Agents, p.Placement.OpenFiles = "native", 2, wantedFiles(2)
			p.HostLimit = hostLimit(p.Placement, 2)
		}},
		{"one-cpu", func(p *plan.Input) { p.Placement.LoadCPUs = p.Placement.TargetCPUs }},
	} {
		t.Run(c.name, func(t *testing.T) {
			place := target.Placement{TargetCPUs: []int{0}, LoadCPUs: []int{1, 2, 3}, MemoryBytes: 2 << 30, OpenFiles: 20_500, Port: 18080}
			input := plan.Input{
				Version: version, Seed: 1, Runtime: "process", Engine: "vegeta", Profile: profile, Ledger: in.ledger,
				Scenarios: in.scenarios, Targets: in.targets, Placement: place, HostLimit: hostLimit(place, 0),
			}
			c.change(&input)
			p, err := plan.New(input)
			if err != nil {
				t.Fatal(err)
			}
			var got bytes.Buffer
			printPlan(&got, p)
			golden(t, filepath.Join("testdata", "plan", c.name+".txt"), got.Bytes())
		})
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("differs from %s, which -args -update would write anew:\n%s", name, got)
	}
}

func TestTimesForPeople(t *testing.T) {
	for d, want := range map[time.Duration][2]string{
		0:                            {"0:00", "0s"},
		9*time.Second + 600*1e6:      {"0:10", "10s"},
		3 * time.Minute:              {"3:00", "3m"},
		15*time.Minute + time.Second: {"15:01", "15m1s"},
		time.Hour:                    {"1:00:00", "1h"},
		61 * time.Minute:             {"1:01:00", "1h1m"},
		-time.Second:                 {"0:00", "-1s"},
	} {
		if got := [2]string{clock(d), digits.Duration(d)}; got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}

func TestQuotedIsWhatAShellTakes(t *testing.T) {
	for name, want := range map[string]string{
		"/home/me/reports/20261123T224542Z-6bd4086a": "/home/me/reports/20261123T224542Z-6bd4086a",
		"/home/me/my runs":                           "'/home/me/my runs'",
		"it's":                                       `'it'\''s'`,
		"$HOME":                                      "'$HOME'",
		"":                                           "''",
	} {
		if got := quoted(name); got != want {
			t.Errorf("%q: %s, want %s", name, got, want)
		}
	}
}

func TestSplitCPUs(t *testing.T) {
	for _, c := range []struct {
		cpus             []int
		server, load     string
		wantServer, want []int
		fails            bool
	}{
		{cpus: []int{3}, wantServer: []int{3}, want: []int{3}},
		{cpus: []int{0, 1}, wantServer: []int{0}, want: []int{1}},
		{cpus: []int{0, 1, 2, 3, 4, 5}, wantServer: []int{0, 1}, want: []int{2, 3, 4, 5}},
		{cpus: []int{0, 1, 2, 3}, server: "1-2", load: "3", wantServer: []int{1, 2}, want: []int{3}},
		{cpus: []int{0, 1, 2, 3}, server: "1", fails: true}, // the load would run there too
		{cpus: []int{0, 1}, server: "7", fails: true},
		{cpus: []int{0, 1}, load: "x", fails: true},
	} {
		server, load, err := splitCPUs(c.cpus, c.server, c.load)
		if c.fails {
			if err == nil {
				t.Errorf("%+v: %v and %v, want an error", c, server, load)
			}
			continue
		}
		if err != nil || !slices.Equal(server, c.wantServer) || !slices.Equal(load, c.want) {
			t.Errorf("%+v: %v and %v, %v", c, server, load, err)
		}
	}
	cpus := make([]int, 64)
	for i := range cpus {
		cpus[i] = i
	}
	if server, load, err := splitCPUs(cpus, "", ""); err != nil || len(server) != 4 || len(load) != 60 {
		t.Errorf("64 CPUs: %v and %v, %v", server, load, err)
	}
}
