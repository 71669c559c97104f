package run

import (
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/measure"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/rundir"
	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/trial"
)

// checkoutOf is the root of this repository.
const checkoutOf = "../.."

// assayBinary is assay's own binary, built for this test.
func assayBinary(t *testing.T) string {
	t.Helper()
	assay := filepath.Join(t.TempDir(), "assay")
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-o", assay, "./harness/cmd/assay")
	cmd.Dir = checkoutOf
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0") // as the Makefile builds it: compiled once for both
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("build assay: %v\n%s", err, out)
	}
	return assay
}

// realProcess is a launcher of plain processes whose agents are of this binary, and go-server built by it.
func realProcess(t *testing.T, agent string) (*launch.Process, target.Target, launch.Build) {
	t.Helper()
	l, err := launch.NewProcess(launch.Options{Root: checkoutOf, AgentBinary: agent, StateDir: filepath.Join(t.TempDir(), "state")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	server, err := target.Load(checkoutOf, "targets/go-server")
	if err != nil {
		t.Fatal(err)
	}
	b, err := l.Prepare(context.Background(), server, os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	return l, server, b
}

// firstCPU is one that this process may use.
func firstCPU(t *testing.T) int {
	t.Helper()
	var set unix.CPUSet
	if err := unix.SchedGetaffinity(0, &set); err != nil {
		t.Fatal(err)
	}
	for cpu := range 4096 {
		if set.IsSet(cpu) {
			return cpu
		}
	}
	t.Fatal("no CPU")
	return 0
}

// freePort is one that nobody listened on a moment ago.
func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// One real trial of each mode without load: go-server as a process, through shim, gate and agent.
func TestRealTrialsWithoutLoad(t *testing.T) {
	l, server, b := realProcess(t, assayBinary(t))
	cpu := []int{firstCPU(t)}
	p := plan.Plan{
		Schema: plan.Schema, Runtime: "process", Blocks: 1, Limits: plan.DefaultLimits(), Targets: []target.Target{server},
		Placement: target.Placement{TargetCPUs: cpu, LoadCPUs: cpu, MemoryBytes: 1 << 30, OpenFiles: 500, Port: freePort(t)},
		Cells: []plan.Cell{
			{ID: "start/idle", Scenario: "start", Mode: "start", Starts: 2, Idle: 100 * time.Millisecond},
			{ID: "build/clean", Scenario: "build", Mode: "build"},
		},
		Slots: []plan.Slot{{Index: 0, Block: 1, Cell: "start/idle", Target: server.ID, Replica: 1}, {Index: 1, Block: 1, Cell: "build/clean", Target: server.ID, Replica: 1}},
	}
	p.Limits.Steal, p.Limits.PollGapUS, p.Limits.Attempts = 1, 0, 1 // a busy test host is no fault here
	dir, err := rundir.Create(t.TempDir(), time.Now(), p, trial.Environment{})
	if err != nil {
		t.Fatal(err)
	}
	cfg := Config{Plan: p, Dir: dir, Launcher: l, Host: l, Builds: map[string]launch.Build{server.ID: b}, Observer: &silent{}, Now: time.Now}
	if err := Execute(context.Background(), cfg); err != nil {
		t.Fatal(err)
	}
	got := records(t, cfg)
	if len(got) != 2 {
		t.Fatalf("%d records", len(got))
	}
	for i, want := range [][]string{
		{"first_answer_ms", "idle_memory_bytes", "binary_bytes", "source_lines", "modules"},
		{"build_s", "rebuild_s", "edit_to_answer_s"},
	} {
		if got[i].Status != trial.OK {
			t.Errorf("%s: %s: %s", got[i].ID, got[i].Status, got[i].Failure)
		}
		for _, id := range want {
			if got[i].Metrics[id] <= 0 {
				t.Errorf("%s: %s is %v", got[i].ID, id, got[i].Metrics[id])
			}
		}
	}
	if !got[0].HasRaw(measure.RawStarts) || !got[0].HasRaw(measure.RawSamples) || !got[1].HasRaw(measure.RawBuilds) {
		t.Errorf("raw files %+v, %+v", got[0].Raw, got[1].Raw)
	}
}
