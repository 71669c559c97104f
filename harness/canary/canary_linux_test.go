package canary

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/null"
	"github.com/assay-bench/assay/harness/target"
)

// binary is assay, built once.
var binary string

func TestMain(m *testing.M) {
	os.Exit(runTests(m))
}

func runTests(m *testing.M) int {
	dir, err := os.MkdirTemp("", "canary-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	binary = filepath.Join(dir, "assay")
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-o", binary, "../cmd/assay")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0") // as the Makefile builds it: compiled once for both
	if out, err := cmd.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build assay: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

func testBench(t *testing.T) Bench {
	t.Helper()
	l, err := launch.NewProcess(launch.Options{AgentBinary: binary, StateDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	var set unix.CPUSet
	if err := unix.SchedGetaffinity(0, &set); err != nil {
		t.Fatal(err)
	}
	var cpus []int
	for cpu := 0; len(cpus) < set.Count(); cpu++ {
		if set.IsSet(cpu) {
			cpus = append(cpus, cpu)
		}
	}
	return Bench{
		Launcher: l, Null: launch.Build{Ref: binary, Args: []string{"null-server"}}, Engine: load.Native, Dir: t.TempDir(), Now: time.Now,
		Placement: target.Placement{
			TargetCPUs: cpus[:1], LoadCPUs: cpus[len(cpus)-1:],
			MemoryBytes: 1 << 30, OpenFiles: 4000, Port: freePort(t),
		},
	}
}

// freePort is a port below those that the kernel gives to clients.
func freePort(t *testing.T) int {
	t.Helper()
	for range 1000 {
		port := 20000 + rand.IntN(10000)
		if l, err := net.Listen("tcp4", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			l.Close()
			return port
		}
	}
	t.Fatal("no free port")
	return 0
}

// A prediction can fail: no canary passes on a server without its fault. One after another, since they measure. That
// all pass with their faults is what the command's test of `assay doctor --prove` shows.
func TestWithoutFault(t *testing.T) {
	b := testBench(t)
	for _, c := range All() {
		predictions, err := c.observe(t.Context(), b, null.Options{})
		if o := (Outcome{Canary: c, Predictions: predictions, Err: err}); err != nil || o.OK() {
			t.Errorf("%s passes without its fault: %v, %+v", c.ID, err, o.Predictions)
		}
	}
}

// A canary that cannot be measured has not passed. A server that does not start is an error where one job is driven,
// and a result, the server's failure, where trials are recorded.
func TestCannotBeMeasured(t *testing.T) {
	b := testBench(t)
	b.Null.Ref = "/no/such/assay"
	for _, c := range All() {
		if o := Prove(t.Context(), b, c); o.OK() || o.Err == nil && len(o.Predictions) == 0 {
			t.Errorf("%s: %v, %+v", c.ID, o.Err, o.Predictions)
		}
	}
}

func TestProveStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if o := Prove(ctx, testBench(t), All()[0]); o.OK() || o.Err == nil || o.Attempts != 1 {
		t.Errorf("%+v", o)
	}
}
