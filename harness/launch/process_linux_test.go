package launch

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/assay-bench/assay/harness/target"
)

func TestBusyPort(t *testing.T) {
	for _, host := range []string{"0.0.0.0", "127.0.0.1"} {
		l, err := net.Listen("tcp4", host+":0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		port := l.Addr().(*net.TCPAddr).Port
		p := newTestProcess(t, t.TempDir())
		tgt := testTarget(t, "server")
		_, err = p.Launch(testContext(t), prepare(t, p, tgt), tgt, target.Placement{Port: port})
		wantIn(t, errorText(t, err), fmt.Sprintf("port %d is in use by", port), fmt.Sprintf("(process %d)", os.Getpid()), "--port")
	}
}

func TestPortOutOfRange(t *testing.T) {
	for _, port := range []int{-1, 0, 65536} {
		if err := CheckPort(testContext(t), port); err == nil {
			t.Errorf("port %d passed", port)
		}
	}
}

func TestTooManyOpenFiles(t *testing.T) {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	p := newTestProcess(t, t.TempDir())
	tgt := testTarget(t, "server")
	place := testPlacement(t)
	place.OpenFiles = 1 << 30 // above fs.nr_open, so that root is refused too
	_, err := p.Launch(testContext(t), prepare(t, p, tgt), tgt, place)
	wantIn(t, errorText(t, err), "limit open files to 1073741824", "ulimit -Hn")
}

func TestBuildWithoutItsTool(t *testing.T) {
	p := newTestProcess(t, t.TempDir())
	tgt := testTarget(t, "server")
	tgt.Build.Command = []string{"no-such-compiler", "--release"}
	_, err := p.Prepare(testContext(t), tgt, os.Stderr)
	wantIn(t, errorText(t, err), "no-such-compiler", "install it, or use --runtime docker")

	tgt.Build.Command = []string{"true"}
	_, err = p.Prepare(testContext(t), tgt, os.Stderr)
	wantIn(t, errorText(t, err), "left no binary")
}

// startParent starts a process that launches a target and an agent, and returns it with
// the IDs of the target's and the agent's processes and containers.
func startParent(t *testing.T, runtime, stateDir string) (parent *exec.Cmd, ids []string) {
	t.Helper()
	tgt := testTarget(t, "server")
	cmd := exec.Command(standin, "parent", runtime, "/"+tgt.Dir, stateDir, "prebuilt/server", strconv.Itoa(freePort(t)))
	cmd.Stderr = os.Stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // most tests have done it
		_ = cmd.Wait()
	})
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatalf("the parent did not start: %v", err)
	}
	return cmd, strings.Split(strings.TrimSuffix(line, "\n"), " ")
}

func kill(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // says "signal: killed"
}

func TestKilledParentLeavesNoProcess(t *testing.T) {
	stateDir := t.TempDir()
	parent, ids := startParent(t, "process", stateDir)
	for _, id := range ids[:2] {
		pid, err := strconv.Atoi(id)
		if err != nil || isGone(pid) {
			t.Fatalf("process %q does not run: %v", id, err)
		}
	}
	kill(t, parent)
	for _, id := range ids[:2] {
		pid, _ := strconv.Atoi(id)
		eventually(t, "process "+id+" is gone", func() bool { return isGone(pid) })
	}
	// Its notes and the agent's job file are still there; the next start removes them.
	if left := entries(t, stateDir); len(left) != 1 {
		t.Fatalf("the killed parent left %q, want one directory", left)
	}
	p := newTestProcess(t, stateDir)
	removed, err := p.Sweep(testContext(t))
	if err != nil || len(removed) != 1 || !strings.Contains(removed[0], "notes of process") {
		t.Errorf("sweep: %q, %v", removed, err)
	}
	if left := entries(t, stateDir); len(left) != 1 { // our own
		t.Errorf("after the sweep there is %q", left)
	}
}

func entries(t *testing.T, dir string) []string {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names
}

// sleeper starts a process that a sweep may find, in a group of its own.
func sleeper(t *testing.T) (pid int, start uint64) {
	t.Helper()
	cmd := exec.Command("sleep", "600")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	reaped := make(chan struct{})
	go func() { _ = cmd.Wait(); close(reaped) }()
	t.Cleanup(func() { _ = cmd.Process.Kill(); <-reaped })
	start, alive, err := startTime(cmd.Process.Pid)
	if err != nil || !alive {
		t.Fatalf("sleeper: %t, %v", alive, err)
	}
	return cmd.Process.Pid, start
}

func TestSweepEndsExactlyItsOwn(t *testing.T) {
	me, err := self()
	if err != nil {
		t.Fatal(err)
	}
	dead := me
	dead.Start++ // this process ID, started at another time: gone
	foreign, rebooted := dead, dead
	foreign.Host, rebooted.Boot = digest("another host"), digest("another boot")

	for _, test := range []struct {
		name       string
		owner      Owner
		startShift uint64 // of the note, against the process's true start time
		ends       bool
		removes    bool
	}{
		{name: "owner gone", owner: dead, ends: true, removes: true},
		{name: "owner gone, process ID used again", owner: dead, startShift: 1, removes: true},
		{name: "owner lives", owner: me},
		{name: "another host", owner: foreign},
		{name: "another boot", owner: rebooted, removes: true},
	} {
		t.Run(test.name, func(t *testing.T) {
			stateDir := t.TempDir()
			pid, start := sleeper(t)
			note := fmt.Sprintf(`[{"pid":%d,"start":%d,"what":"target x"}]`, pid, start+test.startShift)
			dir := filepath.Join(stateDir, test.owner.String()+"-1")
			writeFile(t, filepath.Join(dir, childrenFile), note, 0o600)

			removed, err := sweepStateDir(testContext(t), stateDir, me)
			if err != nil {
				t.Fatal(err)
			}
			if test.ends {
				wantIn(t, strings.Join(removed, "\n"), fmt.Sprintf("target x (process %d)", pid))
				eventually(t, "the sleeper is gone", func() bool { return isGone(pid) })
			} else if isGone(pid) {
				t.Error("the sweep ended a process that was not its own")
			}
			if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) != test.removes {
				t.Errorf("directory removed: %t, want %t", !test.removes, test.removes)
			}
		})
	}
}

func TestSweepKeepsWhatItCannotRead(t *testing.T) {
	me, err := self()
	if err != nil {
		t.Fatal(err)
	}
	dead := me
	dead.Start++
	stateDir := t.TempDir()
	writeFile(t, filepath.Join(stateDir, "notes-of-a-person", "x"), "", 0o600)
	broken := filepath.Join(stateDir, dead.String()+"-1", childrenFile)
	for _, note := range []string{`[{"pid":`, `[{"pid":-1}]`, `[{"pid":1}]`, `[{"pid":0}]`} {
		writeFile(t, broken, note, 0o600)
		_, err = sweepStateDir(testContext(t), stateDir, me)
		wantIn(t, errorText(t, err), broken)
	}
	if left := entries(t, stateDir); len(left) != 2 {
		t.Errorf("left: %q", left)
	}
}

func TestStateDirMustBeOurs(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	_, err := NewProcess(Options{AgentBinary: standin, StateDir: dir})
	wantIn(t, errorText(t, err), dir, "only you can write")

	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(t.TempDir(), link); err != nil {
		t.Fatal(err)
	}
	_, err = NewProcess(Options{AgentBinary: standin, StateDir: link})
	wantIn(t, errorText(t, err), link)
}

func TestShimRefuses(t *testing.T) {
	for _, test := range []struct {
		args string
		want string
	}{
		{"--parent 1", "no program"},
		{"-- /bin/true", "--parent"},
		{"--parent 1 --nofile -3 -- /bin/true", "--nofile"},
		{"--parent 1 --cpus 0,x -- /bin/true", "not a CPU number"},
		{"--parent 1 --cpus -1 -- /bin/true", "not a CPU number"},
		{"--parent 1 --quota 3 -- /bin/true", "quota"},
		{"--parent 999999999 -- /bin/true", "parent process 999999999 is gone"},
		{fmt.Sprintf("--parent %d -- /no/such/program", os.Getpid()), "start /no/such/program"},
		{fmt.Sprintf("--parent %d --cpus 4095 -- /bin/true", os.Getpid()), "pin to CPUs 4095"},
	} {
		cmd := exec.Command(standin, append([]string{"shim"}, strings.Fields(test.args)...)...)
		output, err := cmd.CombinedOutput()
		if err == nil {
			t.Errorf("shim %s: succeeded", test.args)
		}
		wantIn(t, string(output), test.want)
	}
}
