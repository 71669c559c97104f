package report

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/trial"
	"github.com/assay-bench/assay/harness/verdict"
)

const (
	goServer   = "go-server"
	rustServer = "rust-server"
)

// A synthetic is a run that never took place. Its numbers are made up, from a fixed seed.
type synthetic struct {
	plan    plan.Plan
	env     trial.Environment
	records []trial.Record
}

// newSynthetic is a whole run of five blocks: two targets, a ladder, a rate cell, an A/A
// arm, one invalid and one broken attempt, one server failure, some missing numbers.
func newSynthetic() *synthetic {
	s := &synthetic{plan: syntheticPlan(5), env: syntheticEnvironment()}
	s.run()
	return s
}

func (s *synthetic) input() Input {
	return Input{
		RunID:     "20260301T101500Z-1f2e3d4c",
		Plan:      s.plan,
		PlanHash:  hash("plan"),
		Env:       s.env,
		Records:   s.records,
		Judgement: verdict.Judge(s.plan, s.records),
		Quantiles: s.quantiles,
		Hashes:    s.hashes(),
		Command:   "make bench\n# or\nassay run --profile standard --seed 42",
	}
}

// hash looks like a SHA-256, and differs by name.
func hash(name string) string {
	h := uint64(1469598103934665603)
	for _, c := range []byte(name) {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return strings.Repeat(fmt.Sprintf("%016x", h), 4)
}

func (s *synthetic) hashes() []trial.Artifact {
	out := []trial.Artifact{
		{Path: "trials.jsonl", SHA256: hash("trials"), Bytes: 120_000},
		{Path: "plan.json", SHA256: hash("plan.json"), Bytes: 20_000},
		{Path: "env.json", SHA256: hash("env.json"), Bytes: 3_000},
	}
	for _, r := range s.records {
		out = append(out, r.Raw...)
	}
	return out
}

func syntheticPlan(blocks int) plan.Plan {
	p := plan.Plan{
		Schema: plan.Schema, Version: "0.1.0", Seed: 42, Profile: "standard", Runtime: "process", Engine: "vegeta",
		Ledger: syntheticLedger(), Targets: syntheticTargets(),
		Placement: target.Placement{TargetCPUs: []int{0}, LoadCPUs: []int{1}, MemoryBytes: 2 << 30, OpenFiles: 20_000, Port: 18080},
		Blocks:    blocks, Limits: plan.DefaultLimits(),
		HostLimitReason: "open files: hard limit 20000 a process",
		LeftOut:         []plan.LeftOut{{Claim: "verdict-performance", Reading: "throughput", Why: "needs the saturate mode"}},
		Expected:        14 * time.Minute, Budget: 15 * time.Minute,
	}
	for _, n := range []int{1000, 5000, 10_000} {
		p.Cells = append(p.Cells, holdCell(fmt.Sprintf("hold/%d", n), n, false))
	}
	p.Cells = append(p.Cells, holdCell("hold/host-limit", 19_500, true), plan.Cell{
		ID: "rate/5000", Scenario: "rate", Mode: "rate", Request: "GET /item?id={id}", Connections: 64,
		RequestsPerSecond: 5000, SLOP99: 100 * time.Millisecond, WarmUp: 2 * time.Second, Window: 8 * time.Second,
	})
	p.Slots = syntheticSlots(p.Cells, blocks)
	return p
}

func holdCell(id string, connections int, limit bool) plan.Cell {
	return plan.Cell{
		ID: id, Scenario: "hold", Mode: "hold", Request: "GET /item?id={id}", Connections: connections, HostLimit: limit,
		RequestsPerSecond: float64(connections), SLOP99: 100 * time.Millisecond, WarmUp: 2 * time.Second, Window: 8 * time.Second,
	}
}

// syntheticSlots draws an order as the real plan does: cells in random order in a block,
// in a cell each target once and one of them twice.
func syntheticSlots(cells []plan.Cell, blocks int) []plan.Slot {
	random := rand.New(rand.NewPCG(1, 1))
	var out []plan.Slot
	for b := 1; b <= blocks; b++ {
		doubled := []string{goServer, rustServer}[b%2]
		for _, c := range random.Perm(len(cells)) {
			arms := []plan.Slot{{Target: rustServer, Replica: 1}, {Target: goServer, Replica: 1}, {Target: doubled, Replica: 2}}
			random.Shuffle(len(arms), func(i, j int) { arms[i], arms[j] = arms[j], arms[i] })
			for _, a := range arms {
				a.Index, a.Block, a.Cell = len(out), b, cells[c].ID
				out = append(out, a)
			}
		}
	}
	return out
}

func syntheticTargets() []target.Target {
	return []target.Target{
		{
			ID: rustServer, Language: "rust", Stack: "axum 0.8 / hyper 1 / tokio 1", Tier: "idiomatic", Dir: "targets/rust-server",
			Build:    target.Build{Command: []string{"cargo", "build", "--release", "--locked"}, Env: map[string]string{"RUSTFLAGS": "-C target-cpu=x86-64-v2"}},
			Disclose: map[string]string{"allocator": "glibc", "lto": "fat", "listen backlog": "1024", "worker threads": "one a CPU"},
		},
		{
			ID: goServer, Language: "go", Stack: "net/http, Go 1.26", Tier: "idiomatic", Dir: "targets/go-server",
			Build:    target.Build{Command: []string{"go", "build", "-trimpath"}, Env: map[string]string{"CGO_ENABLED": "0"}},
			Disclose: map[string]string{"GOGC": "100", "listen backlog": "somaxconn", "worker threads": "one a CPU"},
		},
	}
}

func syntheticEnvironment() trial.Environment {
	return trial.Environment{
		Schema: 1, StartedAt: time.Date(2026, 3, 1, 10, 15, 0, 0, time.UTC), Assay: "0.1.0 (commit abcdef123456)",
		OS: "Debian GNU/Linux 12", Kernel: "6.1.0-20-amd64", CPUModel: "Example CPU @ 2.50 GHz", CPUs: 2, MemoryBytes: 24 << 30,
		Virtualisation: "kvm", ClockSource: "kvm-clock", Cgroup: "v1", OpenFilesHard: 20_000, PortRange: "32768 to 60999",
		Runtime: "process", RuntimeReason: "no Docker engine answers", Flags: map[string]string{},
		Toolchains: map[string]string{"go": "go1.26.8 linux/amd64", "rustc": "rustc 1.95.0"},
		Builds: map[string]trial.Build{
			rustServer: {SHA256: hash("rust"), Bytes: 3_456_789, SourceHash: hash("rust source")},
			goServer:   {SHA256: hash("go"), Bytes: 8_765_432, SourceHash: hash("go source")},
		},
		ProbeCost:   trial.ProbeCost{CPUMicrosPerSample: 85, SamplesPerSecond: 20, ShareOfOneCPU: 0.0017},
		Conformance: map[string]string{rustServer: "63 of 63 exchanges as the contract says", goServer: "63 of 63 exchanges as the contract says"},
		Sysctls:     map[string]string{"net.core.somaxconn": "4096", "net.ipv4.tcp_tw_reuse": "2"},
	}
}

// run records every slot, with the retries of two of them.
func (s *synthetic) run() {
	random := rand.New(rand.NewPCG(7, 7))
	at := s.env.StartedAt
	for _, slot := range s.plan.Slots {
		i := slices.IndexFunc(s.plan.Cells, func(c plan.Cell) bool { return c.ID == slot.Cell })
		attempt := 1
		for _, spoil := range []func(*trial.Record){invalid, broken} {
			if slot.Index == 6 && attempt == 1 || slot.Index == 20 && attempt <= 2 {
				r := goodRecord(slot, s.plan.Cells[i], attempt, at, random)
				spoil(&r)
				s.records = append(s.records, r)
				attempt++
				at = at.Add(11 * time.Second)
			}
		}
		r := goodRecord(slot, s.plan.Cells[i], attempt, at, random)
		if slot.Cell == "hold/host-limit" && slot.Target == goServer && slot.Block == 3 && slot.Replica == 1 {
			serverFailure(&r)
		}
		s.records = append(s.records, r)
		at = at.Add(11 * time.Second)
	}
}

func goodRecord(slot plan.Slot, c plan.Cell, attempt int, at time.Time, random *rand.Rand) trial.Record {
	noise := func(by float64) float64 { return 1 + by*(2*random.Float64()-1) }
	cpu, perConnection, base, median := 118.0, 17_400.0, 21e6, 1.1
	if slot.Target == rustServer {
		cpu, perConnection, base, median = 74, 6_100, 5.5e6, 0.74
	}
	load := 1 + float64(c.Connections)/4000
	id := fmt.Sprintf("%03d-%s-%s-r%d-a%d", slot.Index, strings.ReplaceAll(c.ID, "/", "-"), slot.Target, slot.Replica, attempt)
	n := int64(c.RequestsPerSecond * c.Window.Seconds())
	r := trial.Record{
		Schema: trial.Schema, ID: id, Slot: slot.Index, Attempt: attempt, Block: slot.Block, Cell: c.ID, Target: slot.Target,
		Replica: slot.Replica, StartedAt: at, EndedAt: at.Add(10 * time.Second), Status: trial.OK, OutOfMemory: new(bool),
		Counts:      trial.Counts{Scheduled: n, Sent: n, Done: n},
		Connections: trial.Connections{Asked: c.Connections, Held: true},
		Metrics: map[string]float64{
			cpuPerRequest: cpu * noise(0.012), p50: median * load * noise(0.02), p99: 4.2 * median * load * noise(0.03),
			memory: base + perConnection*float64(c.Connections)*noise(0.01), trial.TargetCPUShare: cpu * c.RequestsPerSecond * 1e-6,
			trial.AgentCPUShare: 0.35 * noise(0.2), trial.LatenessP99US: 120 * noise(0.3), trial.BytesPerAnswer: 412, trial.HeaderBytes: 108,
			trial.StealShare: 0.001, trial.ConnectSeconds: float64(c.Connections) / 8000, trial.ListenOverflows: 0, trial.Retransmits: 0,
		},
		Raw: []trial.Artifact{{Path: "raw/" + id + "/intended.hlog", SHA256: hash(id), Bytes: 9_000}},
	}
	if slot.Target == goServer {
		r.Metrics[trial.GCCount], r.Metrics[trial.GCPauseSeconds] = float64(20+slot.Block), 0.0021*noise(0.1)
	}
	if n >= 10_000 && c.ID != "hold/host-limit" {
		r.Metrics[p999] = 9.5 * median * load * noise(0.3)
	}
	r.Checks = goodChecks(r)
	return r
}

func goodChecks(r trial.Record) []trial.Check {
	return []trial.Check{
		{ID: "conformance", Value: 0, Limit: 0, Unit: "answers", OK: true},
		{ID: "agent-cpu", Value: r.Metrics[trial.AgentCPUShare], Limit: 0.8, Unit: "share", OK: true},
		{ID: "send-lateness", Value: r.Metrics[trial.LatenessP99US], Limit: max(1000, r.Metrics[p50]*100), Unit: "us", OK: true},
		{ID: "requests-sent", Value: 1, Limit: 0.99, Unit: "share", OK: true},
		{ID: "steal", Value: r.Metrics[trial.StealShare], Limit: 0.02, Unit: "share", OK: true},
	}
}

func invalid(r *trial.Record) {
	r.Status, r.Failure = trial.Invalid, "agent-cpu: 0.93 share, limit 0.8"
	r.Checks[1].Value, r.Checks[1].OK, r.Checks[1].Detail = 0.93, false, "the load agent was short of CPU"
}

func broken(r *trial.Record) {
	r.Status, r.Failure = trial.Broken, "the load agent ended early:\nsignal: killed | exit status 137"
	r.Metrics, r.Checks, r.Counts, r.Raw = nil, nil, trial.Counts{}, nil
	r.Connections.Held = false
}

func serverFailure(r *trial.Record) {
	r.Status, r.Failure = trial.ServerFailed, "the server closed 212 connections"
	r.Connections.Held, r.Connections.WhyNot, r.Connections.Closed = false, "3 s into the window client 19288, kernel 19288, server 19288 of 19500", 212
	r.Counts.Failed, r.Counts.Done = 212, r.Counts.Done-212
	r.Errors = map[string]int64{"reset": 200, "timeout": 12}
	r.Metrics[p99] = 1400
}

// quantiles is a long-tailed distribution through the record's p50 and p99.
func (s *synthetic) quantiles(id string) (Curve, error) {
	i := slices.IndexFunc(s.records, func(r trial.Record) bool { return r.ID == id })
	if i < 0 {
		return nil, fmt.Errorf("no raw histogram of trial %s", id)
	}
	lo, hi := s.records[i].Metrics[p50], s.records[i].Metrics[p99]
	var out Curve
	for _, p := range Percentiles() {
		nines := -math.Log10(1 - p/100)
		share := (nines - math.Log10(2)) / (2 - math.Log10(2))
		out = append(out, Quantile{p, lo * math.Pow(hi/lo, share)})
	}
	return out, nil
}
