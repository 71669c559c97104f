package compare

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/trial"
)

const (
	goServer   = "go-server"
	rustServer = "rust-server"
	cpu        = "cpu_us_per_request"
	p99        = "p99_ms"
	memory     = "memory_bytes"
)

// newRun is a run that never took place: five blocks of two servers and the null server
// over a ladder, a rate and a saturated cell, with noise from the seed. change, which may
// be nil, edits each record.
func newRun(name string, seed uint64, change func(*trial.Record)) Run {
	r := Run{Name: name, Plan: syntheticPlan(seed), Env: syntheticEnvironment()}
	random := rand.New(rand.NewPCG(seed, seed))
	for _, s := range r.Plan.Slots {
		c, _ := r.Plan.CellOf(s)
		rec := goodRecord(s, c, random)
		if change != nil {
			change(&rec)
		}
		r.Records = append(r.Records, rec)
	}
	return r
}

func syntheticPlan(seed uint64) plan.Plan {
	null := target.Null()
	p := plan.Plan{
		Schema: plan.Schema, Version: "0.1.0", Seed: seed, Profile: "standard", Runtime: "process", Engine: "native", Blocks: 5,
		Ledger: syntheticLedger(), Null: &null, Limits: plan.DefaultLimits(), HostLimit: 19_500, HostLimitReason: "open files: 20000 a process",
		Targets: []target.Target{
			{ID: goServer, Language: "go", Stack: "net/http, Go 1.26", Disclose: map[string]string{"GOGC": "100"}},
			{ID: rustServer, Language: "rust", Stack: "axum 0.8", Disclose: map[string]string{"lto": "fat"}},
		},
		Placement: target.Placement{TargetCPUs: []int{0}, LoadCPUs: []int{1}, MemoryBytes: 2 << 30, OpenFiles: 20_000, Port: 18080},
	}
	for _, n := range []int{1000, 2500, 5000} {
		p.Cells = append(p.Cells, plan.Cell{ID: fmt.Sprintf("hold/%d", n), Scenario: "hold", Mode: "hold", Connections: n, RequestsPerSecond: float64(n) / 4})
	}
	p.Cells = append(p.Cells,
		plan.Cell{ID: "rate/5000", Scenario: "rate", Mode: "rate", Connections: 64, RequestsPerSecond: 5000},
		plan.Cell{ID: "saturate/64", Scenario: "saturate", Mode: "saturate", Connections: 64})
	for i := range p.Cells {
		c := &p.Cells[i]
		c.Request, c.SLOP99, c.WarmUp, c.Window = "GET /item?id={id}", 100*time.Millisecond, time.Second, 4*time.Second
	}
	for block := 1; block <= p.Blocks; block++ {
		for _, c := range p.Cells {
			doubled := []string{goServer, rustServer}[block%2]
			for _, s := range []plan.Slot{{Target: rustServer, Replica: 1}, {Target: goServer, Replica: 1}, {Target: doubled, Replica: 2}, {Target: target.NullID, Replica: 1}} {
				s.Index, s.Block, s.Cell = len(p.Slots), block, c.ID
				p.Slots = append(p.Slots, s)
			}
		}
	}
	return p
}

func syntheticLedger() claim.Ledger {
	beats := func(id, metric, cell, scenario string, headline bool) claim.Reading {
		return claim.Reading{ID: id, Headline: headline, Shape: claim.Better, X: rustServer, Y: goServer, Metric: metric, Cell: cell, Scenario: scenario}
	}
	one := func(id string, r claim.Reading) claim.Claim {
		r.ID, r.Headline = "r", true
		return claim.Claim{ID: id, Summary: id, Readings: []claim.Reading{r}}
	}
	return claim.Ledger{Article: claim.Article{ID: "an-article", Title: "An article", Margin: 1.05}, Claims: []claim.Claim{
		{ID: "cheaper", Readings: []claim.Reading{beats("cpu", cpu, "rate/5000", "", true), beats("p99", p99, "rate/5000", "", false)}},
		one("holds", claim.Reading{Shape: claim.Threshold, Target: goServer, AtLeast: 5000, Cell: "hold/5000"}),
		one("scales", beats("", "sustained_connections", "", "hold", true)),
		one("lean", beats("", "memory_bytes_per_connection", "", "hold", true)),
		one("also-cheaper", beats("", cpu, "rate/5000", "", true)),
		one("faster", beats("", perSecond, "saturate/64", "", true)),
		one("nicer", claim.Reading{Shape: claim.Untestable, Reason: "niceness is a property of people", Needs: "a survey"}),
		one("later", claim.Reading{Shape: claim.UpTo, NotYet: "needs the database scenario"}),
	}}
}

func syntheticEnvironment() trial.Environment {
	return trial.Environment{
		Schema: 1, StartedAt: time.Date(2026, 3, 1, 10, 15, 0, 0, time.UTC), Assay: "0.1.0", OS: "Debian GNU/Linux 12", Kernel: "6.1.0-20-amd64",
		CPUModel: "Example CPU @ 2.50 GHz", CPUs: 2, MemoryBytes: 24 << 30, Virtualisation: "KVM", ClockSource: "tsc", Cgroup: "v2",
		OpenFilesHard: 20_000, PortRange: "32768-60999", Runtime: "process", EngineVersion: "plain processes",
		Toolchains: map[string]string{"go": "go version go1.26.8 linux/amd64", "rustc": "rustc 1.95.0"},
		Builds: map[string]trial.Build{
			goServer:   {SHA256: "8509fd08849fadd4b3d3a511", SourceHash: "f3d20f3dc8f7a9dfe8fad399"},
			rustServer: {SHA256: "12167c823f8aff3a964ae888", SourceHash: "67f5bf0b21bcfad811e8ab6a"},
		},
		Sysctls: map[string]string{"net.core.somaxconn": "4096"},
	}
}

func goodRecord(s plan.Slot, c plan.Cell, random *rand.Rand) trial.Record {
	noise := func() float64 { return math.Exp(0.01 * random.NormFloat64()) }
	cost, perConnection := 100.0, 12_000.0
	switch s.Target {
	case rustServer:
		cost, perConnection = 60, 6000
	case target.NullID:
		cost, perConnection = 20, 1000
	}
	r := trial.Record{
		Schema: trial.Schema, ID: fmt.Sprintf("%03d-%s-r%d-a1", s.Index, s.Target, s.Replica), Slot: s.Index, Attempt: 1,
		Block: s.Block, Cell: s.Cell, Target: s.Target, Replica: s.Replica, Status: trial.OK,
		Counts:      trial.Counts{Scheduled: 1000, Sent: 1000, Done: 1000},
		Connections: trial.Connections{Asked: c.Connections, Held: true},
		Metrics: map[string]float64{
			cpu: cost * noise(), "p50_ms": cost / 100 * noise(), p99: cost / 25 * noise(), perSecond: 1e6 / cost * noise(),
			memory: 20e6 + perConnection*float64(c.Connections)*noise(),
		},
	}
	return r
}
