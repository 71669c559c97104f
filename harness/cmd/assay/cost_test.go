package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/cost"
	"github.com/assay-bench/assay/harness/rundir"
	"github.com/assay-bench/assay/harness/verdict"
)

// exampleEstimate is what `assay cost` prints for the committed run, by the price list of this checkout.
func exampleEstimate(t *testing.T, f costFlags, now time.Time) estimate {
	t.Helper()
	dir, err := rundir.Open(filepath.Join(repository, "reports", "example"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := dir.Plan()
	if err != nil {
		t.Fatal(err)
	}
	m, err := article{root: repository}.loadCost()
	if err != nil {
		t.Fatal(err)
	}
	usages, without, err := f.measured(dir, p)
	if err != nil {
		t.Fatal(err)
	}
	env, err := dir.Environment()
	if err != nil {
		t.Fatal(err)
	}
	return estimate{host: hostArch(env), flags: f, run: dir.Name(), plan: p, model: m, from: "scenarios/cost.toml, since the run's plan has none", usages: usages, without: without, now: now}
}

// TestCostOfTheExample holds the text of two loads: one that the least number of machines carries, and one of many machines
// with connections beyond the ladder, at a time when the prices are stale; and of CPU time from cells without a fixed rate.
func TestCostOfTheExample(t *testing.T) {
	for _, c := range []struct {
		name string
		load costFlags
		now  string
	}{
		{"use-case", costFlags{connections: 1000, rate: 250, cell: "rate/6000"}, "2026-12-01"},
		{"many", costFlags{connections: 1_500_000, rate: 1e6, cell: "rate/6000"}, "2029-01-01"},
		{"at-the-limit", costFlags{connections: 1000, rate: 250_000, cell: "saturate/64"}, "2026-12-01"},
		{"in-flight", costFlags{connections: 1000, rate: 250_000, cell: "in-flight/10000"}, "2026-12-01"},
		{"database", costFlags{connections: 1000, rate: 250_000, cell: "database/pool-16-64"}, "2026-12-01"},
	} {
		t.Run(c.name, func(t *testing.T) {
			now, err := time.Parse(time.DateOnly, c.now)
			if err != nil {
				t.Fatal(err)
			}
			c.load.ladder = "hold"
			var got bytes.Buffer
			if err := exampleEstimate(t, c.load, now).print(&got); err != nil {
				t.Fatal(err)
			}
			golden(t, filepath.Join("testdata", "cost", c.name+".txt"), got.Bytes())
		})
	}
}

func TestCostNeedsALargerMachine(t *testing.T) {
	e := exampleEstimate(t, costFlags{connections: 1000, rate: 250, cell: "rate/6000", ladder: "hold"}, time.Now())
	m := *e.model
	m.Machines = []cost.Machine{{Provider: "Tiny", Region: "here", Name: "nano", USDPerHour: 0.01, VCPUs: 1, MemoryGiB: 0.5, Date: time.Now()}}
	e.model = &m
	var got bytes.Buffer
	if err := e.print(&got); err == nil || !strings.Contains(err.Error(), "no machine of the price list carries it; add larger machines") {
		t.Errorf("error %v", err)
	}
}

// Of every server that a bill extrapolates for, the largest number of its rows is said.
func TestEachServersExtrapolationIsSaid(t *testing.T) {
	row := func(target string, count int) billRow {
		return billRow{target, verdict.Bills{Center: cost.Bill{Count: count}}}
	}
	rows := []billRow{row("go-server", 59), row("go-server", 70), row("rust-server", 33), row("rust-actix", 500)}
	got := eachOf(rows, func(r billRow) (float64, bool) { each := 1e6 / float64(r.Center.Count); return each, each > 12_000 })
	if got != "go-server 16,949, rust-server 30,303" {
		t.Error(got)
	}
	if got := eachOf(rows, func(billRow) (float64, bool) { return 1, false }); got != "" {
		t.Errorf("of none: %q", got)
	}
}

// Machines of another architecture are marked and the cheapest of the host's stand beside them; an unknown one is said to be so.
func TestCostSaysArchitectures(t *testing.T) {
	e := exampleEstimate(t, costFlags{connections: 1000, rate: 250, cell: "rate/6000", ladder: "hold"}, time.Now())
	printed := func() string {
		var got bytes.Buffer
		if err := e.print(&got); err != nil {
			t.Fatal(err)
		}
		return got.String()
	}
	if text := printed(); !strings.Contains(text, "2 x c7g.large (arm64)") || !strings.Contains(text, "2 x c7i.large ") || !strings.Contains(text, "of another architecture: CPU time was measured on x86-64, and ") {
		t.Errorf("not said:\n%s", text)
	}
	e.host = cost.Arm64
	if text := printed(); !strings.Contains(text, "2 x e2-highcpu-2 (x86-64)") || strings.Contains(text, "c7i.large") {
		t.Errorf("on an Arm host:\n%s", text)
	}
	e.host = ""
	if text := printed(); !strings.Contains(text, "of unknown architecture: the run's env.json") {
		t.Errorf("on an unknown host:\n%s", text)
	}
}

func TestGrouped(t *testing.T) {
	for _, c := range []struct {
		v        float64
		decimals int
		want     string
	}{{0, 0, "0"}, {999, 0, "999"}, {1000, 0, "1,000"}, {1234567.891, 2, "1,234,567.89"}, {0.5, -1, "0.5"}, {250, -1, "250"}, {1e6, -1, "1,000,000"}, {72.226, 2, "72.23"}} {
		if got := grouped(c.v, c.decimals); got != c.want {
			t.Errorf("%v with %d decimals: %s, want %s", c.v, c.decimals, got, c.want)
		}
	}
}
