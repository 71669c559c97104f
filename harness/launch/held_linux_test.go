package launch

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/coldstart"
	"github.com/assay-bench/assay/harness/target"
)

// launchHeld is launchTest up to a gate.
func launchHeld(t *testing.T, l Launcher, name, gate string) Instance {
	t.Helper()
	type holder interface {
		LaunchHeld(context.Context, Build, target.Target, target.Placement, string) (Instance, error)
	}
	tgt, place := testTarget(t, name), testPlacement(t)
	i, err := l.(holder).LaunchHeld(testContext(t), prepare(t, l, tgt), tgt, place, gate)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := i.Stop(canceled()); err != nil {
			t.Errorf("stop: %v", err)
		}
	})
	return i
}

// askHeld opens the gate and asks.
func askHeld(t *testing.T, i Instance, gate string, timeout time.Duration) coldstart.Start {
	t.Helper()
	job, err := json.Marshal(coldstart.Job{Gate: gate, Address: i.Address(), Interval: time.Millisecond, Timeout: timeout})
	if err != nil {
		t.Fatal(err)
	}
	out, err := i.Agent(testContext(t), AgentRun{Job: append([]byte("start "), job...)})
	if err != nil {
		t.Fatal(err)
	}
	var first coldstart.Start
	if err := json.Unmarshal(out, &first); err != nil {
		t.Fatal(err)
	}
	return first
}

// A held target begins when the agent opens its gate, in both runtimes; stopped, it is gone.
func TestAHeldTargetStartsWhenItsGateOpens(t *testing.T) {
	eachLauncher(t, func(t *testing.T, l Launcher) {
		gate := fmt.Sprintf("assay test %d %s", os.Getpid(), t.Name())
		i := launchHeld(t, l, "server", gate)
		before, err := coldstart.Monotonic()
		if err != nil {
			t.Fatal(err)
		}
		first := askHeld(t, i, gate, patience)
		if first.Failure != "" || first.ExecNano < before || first.AnswerNano <= first.ExecNano {
			t.Errorf("%+v; the gate was closed until %d", first, before)
		}
		if i.PID() == 0 {
			t.Error("no process to sample")
		}
		exit, err := i.Stop(testContext(t))
		if err != nil || !exit.clean() {
			t.Errorf("exit %+v, %v", exit, err)
		}
	})
}

// A target that ends behind its gate says how.
func TestAHeldTargetThatDies(t *testing.T) {
	eachLauncher(t, func(t *testing.T, l Launcher) {
		gate := fmt.Sprintf("assay test %d %s", os.Getpid(), t.Name())
		i := launchHeld(t, l, "dies", gate)
		if first := askHeld(t, i, gate, 50*time.Millisecond); first.Failure == "" {
			t.Errorf("%+v", first)
		}
		select {
		case exit := <-i.Exited():
			if exit.Code != 3 || !strings.Contains(exit.LogTail, "ledger") {
				t.Errorf("exit %+v", exit)
			}
		case <-testContext(t).Done():
			t.Error("its end was not seen")
		}
	})
}

// A workshop builds a copy apart from the checkout, with what a compiler might keep taken away.
func TestAWorkshopBuildsACopy(t *testing.T) {
	t.Setenv("CARGO_TARGET_DIR", "/elsewhere")
	t.Setenv("GOCACHE", "/elsewhere")
	p := newTestProcess(t, t.TempDir())
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "main.x"), "limit = 8\n", 0o644)
	tgt := target.Target{ID: "launch-test", Dir: strings.TrimPrefix(dir, "/"), Build: target.Build{
		Command: []string{"sh", "-c", `mkdir -p bin && { pwd; cat main.x; echo "$CARGO_TARGET_DIR $GOCACHE $GOPROXY $CARGO_NET_OFFLINE"; } > bin/x`},
		Binary:  "bin/x", Edit: &target.Edit{File: "main.x", From: "limit = 8", To: "limit = 7"},
	}}
	w, err := p.Workshop(tgt, testPlacement(t).TargetCPUs)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	clean, err := w.Build(testContext(t))
	if err != nil {
		t.Fatal(err)
	}
	said, err := os.ReadFile(clean.Ref)
	if err != nil {
		t.Fatal(err)
	}
	wantIn(t, string(said), "limit = 8", " off true")
	if strings.Contains(string(said), "elsewhere") || strings.Contains(string(said), dir) || clean.Took <= 0 {
		t.Errorf("built in %v:\n%s", clean.Took, said)
	}
	if err := w.Edit(); err != nil {
		t.Fatal(err)
	}
	again, err := w.Build(testContext(t))
	if err != nil || again.SHA256 == clean.SHA256 {
		t.Errorf("rebuilt: %v, %s", err, again.SHA256)
	}
	if err := w.Edit(); err == nil || !strings.Contains(err.Error(), "0 times, not once") {
		t.Errorf("a second edit: %v", err)
	}
	if kept, err := os.ReadFile(filepath.Join(dir, "main.x")); err != nil || string(kept) != "limit = 8\n" {
		t.Errorf("the checkout has %q, %v", kept, err)
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(again.Ref); err == nil {
		t.Error("the copy is still there")
	}
}

// The program's own size is known in both runtimes; an image is larger, or as large.
func TestAProgramsSizeIsKnown(t *testing.T) {
	info, err := os.Stat(standin)
	if err != nil {
		t.Fatal(err)
	}
	eachLauncher(t, func(t *testing.T, l Launcher) {
		if b := prepare(t, l, testTarget(t, "server")); b.Binary != info.Size() || b.Bytes < b.Binary {
			t.Errorf("binary of %d bytes in %d, want %d", b.Binary, b.Bytes, info.Size())
		}
	})
}

// An image that starts no file of its own has no size of one.
func TestAnImageWithoutItsProgram(t *testing.T) {
	d := newTestDocker(t)
	tgt := testTarget(t, "server")
	writeFile(t, filepath.Join("/", tgt.Dir, "Dockerfile"), "FROM scratch\nCOPY prebuilt/server /server\nENTRYPOINT [\"/another\"]\n", 0o644)
	if b := prepare(t, d, tgt); b.Binary != 0 {
		t.Errorf("a binary of %d bytes", b.Binary)
	}
}
