package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/rundir"
	"github.com/assay-bench/assay/harness/trial"
)

// patience is how long a test waits for what must happen. Passing does not depend on it.
const patience = 4 * time.Minute

// A lab is one test's own assay: a binary by its own name, so that its processes can be
// told from all others, and directories and a port of its own. Labs need Linux: they find
// processes through /proc.
type lab struct {
	t      *testing.T
	binary string
	root   string // the checkout
	out    string // where run directories go
	tmp    string // TMPDIR of assay, and so of all it starts
	port   int
	env    []string
}

func newLab(t *testing.T) *lab {
	t.Helper()
	dir := t.TempDir()
	l := &lab{t: t, binary: filepath.Join(dir, "assay"), root: built.checkout, out: filepath.Join(dir, "out"), tmp: filepath.Join(dir, "tmp"), port: nextPort(t)}
	if err := errors.Join(os.Link(built.binary, l.binary), os.Mkdir(l.tmp, 0o700)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.killLeftovers)
	return l
}

// nextPort returns a port that no other test of this host gets while this one runs, free and
// below those that the kernel gives to clients: one of those could be taken again at any time.
// It is held by a lock, an abstract socket of its name, and not by listening on it: a child
// being started by another test has a copy of every listener until its exec.
func nextPort(t *testing.T) int {
	t.Helper()
	for range 1000 {
		port := 20000 + rand.IntN(10000)
		lock, err := net.Listen("unix", fmt.Sprintf("@assay-test-port-%d", port))
		if err != nil {
			continue
		}
		t.Cleanup(func() { lock.Close() })
		if conn, err := net.Dial("tcp4", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			conn.Close()
			continue
		}
		return port
	}
	t.Fatal("no free port")
	return 0
}

// start runs assay with these arguments.
func (l *lab) start(args ...string) *process {
	l.t.Helper()
	return l.startCommand(exec.Command(l.binary, args...))
}

func (l *lab) startCommand(cmd *exec.Cmd) *process {
	l.t.Helper()
	p := &process{t: l.t, cmd: cmd, ended: make(chan struct{})}
	cmd.Env = append(append(os.Environ(), "TMPDIR="+l.tmp), l.env...)
	cmd.Stdout, cmd.Stderr = &p.stdout, &p.stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		l.t.Fatal(err)
	}
	go func() {
		defer close(p.ended)
		_ = cmd.Wait() // the state says more
	}()
	return p
}

// run starts a run of two trials a block.
func (l *lab) run(blocks int, more ...string) *process {
	l.t.Helper()
	return l.start(append([]string{"run", "--root", l.root, "--article", "tiny", "--profile", "quick", "--runtime", "process",
		"--blocks", strconv.Itoa(blocks), "--port", strconv.Itoa(l.port), "--out", l.out, "--seed", "1"}, more...)...)
}

// resume goes on with the lab's run and lets it finish.
func (l *lab) resume(more ...string) *process {
	l.t.Helper()
	p := l.start(append([]string{"run", "--resume", l.dir(), "--root", l.root}, more...)...)
	p.finishes()
	return p
}

// eventually polls until ok, and fails the test when patience or p ends first.
func (l *lab) eventually(p *process, what string, ok func() bool) {
	l.t.Helper()
	for deadline := time.Now().Add(patience); !ok(); time.Sleep(5 * time.Millisecond) {
		select {
		case <-p.ended:
			if !ok() {
				l.t.Fatalf("assay ended before %s:\n%s\n%s", what, &p.stdout, &p.stderr)
			}
			return
		default:
		}
		if time.Now().After(deadline) {
			l.t.Fatalf("did not happen: %s\n%s\n%s", what, &p.stdout, &p.stderr)
		}
	}
}

// dir is the one run directory of the lab.
func (l *lab) dir() string {
	l.t.Helper()
	dirs := l.dirs()
	if len(dirs) != 1 {
		l.t.Fatalf("run directories %q, want one", dirs)
	}
	return dirs[0]
}

func (l *lab) dirs() []string {
	plans, err := filepath.Glob(filepath.Join(l.out, "[^.]*", "plan.json")) // a name with a dot is being made
	if err != nil {
		l.t.Fatal(err)
	}
	for i := range plans {
		plans[i] = filepath.Dir(plans[i])
	}
	return plans
}

// midTrial waits until n trials are recorded and the next one's load agent runs.
func (l *lab) midTrial(p *process, n int) {
	l.t.Helper()
	l.eventually(p, fmt.Sprintf("%d records and a trial under way", n), func() bool {
		return len(l.dirs()) == 1 && len(l.lines()) >= n && l.agent() != 0 && l.target() != 0
	})
}

// lines are the records as they stand in the file, each whole.
func (l *lab) lines() []string {
	body, err := os.ReadFile(filepath.Join(l.dir(), "trials.jsonl"))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		l.t.Fatal(err)
	}
	lines := strings.SplitAfter(string(body), "\n")
	return lines[:len(lines)-1]
}

func (l *lab) records() []trial.Record {
	l.t.Helper()
	d, err := rundir.Open(l.dir())
	if err != nil {
		l.t.Fatal(err)
	}
	all, err := d.Records()
	if err != nil {
		l.t.Fatal(err)
	}
	return all
}

// settled checks a finished run: each slot has exactly one usable record, or, where a
// busy host let validity checks reject every attempt, none after all attempts. The lines
// that were there before are still there, and raw data and report agree with the records.
func (l *lab) settled(before []string) {
	l.t.Helper()
	lines := l.lines()
	if len(lines) < len(before) || !slices.Equal(lines[:len(before)], before) {
		l.t.Errorf("records changed:\n%q\nwere\n%q", lines, before)
	}
	settledTrials.runs.Add(1)
	d, err := rundir.Open(l.dir())
	if err != nil {
		l.t.Fatal(err)
	}
	p, err := d.Plan()
	if err != nil {
		l.t.Fatal(err)
	}
	ids := map[string]bool{}
	usable, invalid := make([]int, len(p.Slots)), make([]int, len(p.Slots))
	for _, r := range l.records() {
		if ids[r.ID] {
			l.t.Errorf("two records have the ID %s", r.ID)
		}
		ids[r.ID] = true
		if r.Usable() {
			usable[r.Slot]++
		}
		if r.Status == trial.OK {
			settledTrials.ok.Add(1)
		}
		if r.Status == trial.Invalid {
			invalid[r.Slot]++
		}
	}
	for slot := range p.Slots {
		if usable[slot] != 1 && (usable[slot] != 0 || invalid[slot] != p.Limits.Attempts) {
			l.t.Errorf("slot %d has %d usable and %d invalid records", slot, usable[slot], invalid[slot])
		}
	}
	if v := l.start("verify", l.dir(), "--root", l.root); v.wait() != exitOK {
		l.t.Errorf("verify: %s%s", &v.stdout, &v.stderr)
	}
}
