package launch

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/assay-bench/assay/harness/target"
)

// eachLauncher runs a test with both launchers: they promise the same.
func eachLauncher(t *testing.T, test func(t *testing.T, l Launcher)) {
	t.Run("process", func(t *testing.T) { test(t, newTestProcess(t, t.TempDir())) })
	t.Run("docker", func(t *testing.T) { test(t, newTestDocker(t)) })
}

// testPlacement puts target and agent on the first and the last CPU that we may use.
func testPlacement(t *testing.T) target.Placement {
	t.Helper()
	var set unix.CPUSet
	if err := unix.SchedGetaffinity(0, &set); err != nil {
		t.Fatal(err)
	}
	var cpus []int
	for cpu := range maxCPU {
		if len(cpus) < set.Count() && set.IsSet(cpu) {
			cpus = append(cpus, cpu)
		}
	}
	return target.Placement{
		TargetCPUs: cpus[:1], LoadCPUs: cpus[len(cpus)-1:],
		MemoryBytes: 256 << 20, OpenFiles: 500, Port: freePort(t),
	}
}

func TestRoundTrip(t *testing.T) {
	eachLauncher(t, func(t *testing.T, l Launcher) {
		place := testPlacement(t)
		i := launchTest(t, l, "server", place)
		if want := "127.0.0.1:" + strconv.Itoa(place.Port); i.Address() != want {
			t.Errorf("address %s, want %s", i.Address(), want)
		}
		var lines []string
		var agentPID int
		var agentContainer string
		result, err := i.Agent(testContext(t), AgentRun{
			Job:      []byte("facts http://" + i.Address() + "/facts"),
			Progress: func(line []byte) { lines = append(lines, string(line)) },
			Started:  func(pid int, id string) { agentPID, agentContainer = pid, id },
		})
		if err != nil {
			t.Fatal(err)
		}
		if want := []string{`{"phase":"connecting"}`, `{"phase":"finished"}`}; !slices.Equal(lines, want) {
			t.Errorf("progress %q, want %q", lines, want)
		}
		// The agent's may be 0: so short a job can be over before its container is inspected.
		if i.PID() == 0 || agentPID == i.PID() {
			t.Errorf("process IDs: target %d, agent %d", i.PID(), agentPID)
		}
		if l.Name() == "docker" && (i.ContainerID() == "" || agentContainer == "" || agentContainer == i.ContainerID()) {
			t.Errorf("containers: target %q, agent %q", i.ContainerID(), agentContainer)
		}
		var facts agentFacts
		if err := json.Unmarshal(result, &facts); err != nil {
			t.Fatal(err)
		}
		checkFacts(t, l, place, facts)

		exit, err := i.Stop(testContext(t))
		if err != nil || !exit.clean() {
			t.Errorf("stop: %+v, %v", exit, err)
		}
		wantIn(t, exit.LogTail, "listening on", "drained")
		again, err := i.Stop(testContext(t))
		if err != nil || again != exit {
			t.Errorf("second stop: %+v, %v; the first said %+v", again, err, exit)
		}
		if _, open := <-i.Exited(); open {
			t.Error("Exited reports a target that was stopped")
		}
		eventually(t, "the target's process is gone", func() bool { return isGone(i.PID()) })
	})
}

func TestTargetDiesAtStart(t *testing.T) {
	eachLauncher(t, func(t *testing.T, l Launcher) {
		tgt := testTarget(t, "dies")
		_, err := l.Launch(testContext(t), prepare(t, l, tgt), tgt, testPlacement(t))
		wantIn(t, errorText(t, err), "launch-test ended while starting", "exit status 3", "cannot open the ledger")
		var exit *ExitError
		if !errors.As(err, &exit) || exit.Exit.Code != 3 {
			t.Errorf("want an *ExitError with code 3, got %#v", err)
		}
	})
}

func TestTargetKilled(t *testing.T) {
	eachLauncher(t, func(t *testing.T, l Launcher) {
		i := launchTest(t, l, "server", testPlacement(t))
		killProcess(t, i.PID())
		exit, ok := <-i.Exited()
		if !ok || exit.Code != -1 || exit.Signal != "killed" || exit.Err != nil {
			t.Errorf("exited: %+v, %t", exit, ok)
		}
		wantIn(t, exit.LogTail, "listening on")
		stopped, err := i.Stop(testContext(t))
		if err != nil || stopped != exit {
			t.Errorf("stop after the end: %+v, %v; want %+v", stopped, err, exit)
		}
		_, err = i.Agent(testContext(t), AgentRun{Job: []byte("hang")})
		wantIn(t, errorText(t, err), "launch-test ended before the load agent was started", "signal killed")
	})
}

func TestTargetThatIgnoresSIGTERM(t *testing.T) {
	eachLauncher(t, func(t *testing.T, l Launcher) {
		i := launchTest(t, l, "deaf", testPlacement(t))
		exit, err := i.Stop(canceled()) // no grace: the test need not wait for it
		if err != nil || exit.Signal != "killed" {
			t.Errorf("stop: %+v, %v", exit, err)
		}
		eventually(t, "the target's process is gone", func() bool { return isGone(i.PID()) })
	})
}

func TestAgentKilled(t *testing.T) {
	eachLauncher(t, func(t *testing.T, l Launcher) {
		i := launchTest(t, l, "server", testPlacement(t))
		var pid int
		_, err := i.Agent(testContext(t), AgentRun{
			Job:      []byte("hang"),
			Started:  func(p int, _ string) { pid = p },
			Progress: func([]byte) { killProcess(t, pid) }, // a line came: it runs
		})
		wantIn(t, errorText(t, err), "load agent ended before it wrote a result", "signal killed")
		var exit *ExitError
		if !errors.As(err, &exit) || exit.Exit.Signal != "killed" {
			t.Errorf("want an *ExitError by signal, got %#v", err)
		}
		// The target is none the worse for it.
		if _, err := i.Agent(testContext(t), AgentRun{Job: []byte("facts http://" + i.Address() + "/facts")}); err != nil {
			t.Errorf("the next agent: %v", err)
		}
	})
}

func TestAgentFails(t *testing.T) {
	eachLauncher(t, func(t *testing.T, l Launcher) {
		i := launchTest(t, l, "server", testPlacement(t))
		_, err := i.Agent(testContext(t), AgentRun{Job: []byte("fail")})
		wantIn(t, errorText(t, err), "load agent ended", "exit status 3", "no connection could be opened")
		_, err = i.Agent(testContext(t), AgentRun{Job: []byte("forget")})
		wantIn(t, errorText(t, err), "result")
	})
}

func TestAgentCanceled(t *testing.T) {
	eachLauncher(t, func(t *testing.T, l Launcher) {
		i := launchTest(t, l, "server", testPlacement(t))
		cause := errors.New("Ctrl-C")
		ctx, cancel := context.WithCancelCause(testContext(t))
		var agent int
		_, err := i.Agent(ctx, AgentRun{
			Job:      []byte("hang"),
			Started:  func(pid int, _ string) { agent = pid },
			Progress: func([]byte) { cancel(cause) },
		})
		if !errors.Is(err, cause) {
			t.Errorf("got %v, want the cause of the cancellation", err)
		}
		if agent == 0 {
			t.Fatal("the agent's process ID is not known")
		}
		eventually(t, "the agent's process is gone", func() bool { return isGone(agent) })
	})
}

func TestCloseEndsWhatLives(t *testing.T) {
	eachLauncher(t, func(t *testing.T, l Launcher) {
		i := launchTest(t, l, "deaf", testPlacement(t))
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if !isGone(i.PID()) {
			t.Error("the target outlived Close")
		}
		tgt := testTarget(t, "server")
		if _, err := l.Launch(testContext(t), Build{Ref: standin}, tgt, testPlacement(t)); err == nil {
			t.Error("a closed launcher launched a target")
		}
	})
}

func TestBuildFailureShowsCompiler(t *testing.T) {
	eachLauncher(t, func(t *testing.T, l Launcher) {
		dir := t.TempDir()
		writeFile(t, dir+"/go.mod", "module broken\n\ngo 1.26\n", 0o644)
		writeFile(t, dir+"/main.go", "package main\n\nfunc main() { undefinedThing() }\n", 0o644)
		writeFile(t, dir+"/Dockerfile", "FROM golang:1.26-bookworm\nLABEL "+labelTarget+"=launch-test\nWORKDIR /src\nCOPY . .\nRUN go tool compile -p main main.go\n", 0o644)
		tgt := target.Target{ID: "launch-test", Dir: strings.TrimPrefix(dir, "/"), Build: target.Build{
			Command: []string{"go", "build", "-o", "bin/server", "."}, Binary: "bin/server",
		}}
		if d, ok := l.(*Docker); ok {
			if _, err := d.api.ImageInspect(testContext(t), "golang:1.26-bookworm"); err != nil {
				if os.Getenv("ASSAY_REQUIRE_DOCKER") == "1" {
					t.Fatalf("ASSAY_REQUIRE_DOCKER=1, but the base image golang:1.26-bookworm is not here: %v", err)
				}
				t.Skipf("the base image golang:1.26-bookworm is not here: %v", err)
			}
		}
		var log bytes.Buffer
		_, err := l.Prepare(testContext(t), tgt, &log)
		wantIn(t, errorText(t, err), "launch-test", "undefined: undefinedThing", "main.go:3")
		wantIn(t, log.String(), "undefined: undefinedThing")
	})
}

func TestPrepareAgainIsCached(t *testing.T) {
	eachLauncher(t, func(t *testing.T, l Launcher) {
		tgt := testTarget(t, "server")
		writeFile(t, "/"+tgt.Dir+"/unique.txt", rand.Text(), 0o644)
		first, second := prepare(t, l, tgt), prepare(t, l, tgt)
		if first.Cached || !second.Cached {
			t.Errorf("cached: first %t, second %t", first.Cached, second.Cached)
		}
		if first.Ref != second.Ref || first.SHA256 != second.SHA256 || first.SourceHash != second.SourceHash || first.Bytes == 0 {
			t.Errorf("builds differ: %+v, %+v", first, second)
		}
		writeFile(t, "/"+tgt.Dir+"/notes.txt", "a change", 0o644)
		if third := prepare(t, l, tgt); third.SourceHash == first.SourceHash {
			t.Error("a changed source has the same hash")
		}
	})
}

func killProcess(t *testing.T, pid int) {
	t.Helper()
	if pid < 2 { // 0 would be our own process group
		t.Errorf("process ID %d cannot be that of a target or an agent", pid)
		return
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Error(err)
	}
}

func isGone(pid int) bool {
	_, alive, err := startTime(pid)
	return err == nil && !alive
}
