package probe

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A testCgroup is a real cgroup made for one test, in every hierarchy that counts.
type testCgroup struct {
	name    string // stands for a container's ID
	version string
	dirs    []string // v1: cpu, cpuacct, memory; v2: one
}

// makeCgroup makes a cgroup or skips the test: it takes root, and a cgroup file system
// that can be written. The test removes it at its end.
func makeCgroup(t *testing.T) testCgroup {
	t.Helper()
	text, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		t.Fatal(err)
	}
	mounts := parseMounts(string(text))
	g := testCgroup{name: fmt.Sprintf("assay-probe-test-%d", os.Getpid()), version: cgroupVersion(mounts)}
	for _, mount := range mounts {
		wanted := slices.ContainsFunc([]string{"cpu", "cpuacct", "memory"}, func(c string) bool { return slices.Contains(mount.controllers, c) })
		if g.version == "v2" {
			wanted = mount.unified
		}
		if !wanted {
			continue
		}
		dir := filepath.Join(mount.point, g.name)
		if err := os.Mkdir(dir, 0o755); errors.Is(err, os.ErrPermission) || errors.Is(err, syscall.EROFS) {
			t.Skipf("a cgroup cannot be made here (it takes root and a writable cgroup file system): %v", err)
		} else if err != nil {
			t.Fatal(err)
		}
		g.dirs = append(g.dirs, dir)
		t.Cleanup(func() { removeCgroup(t, dir) })
	}
	if len(g.dirs) == 0 {
		t.Skip("no cgroup controllers are mounted here")
	}
	if g.version == "v2" {
		if _, err := os.Stat(filepath.Join(g.dirs[0], "memory.max")); err != nil {
			t.Skip("the root cgroup does not hand its memory controller down here (cgroup.subtree_control)")
		}
		if _, err := os.Stat(filepath.Join(g.dirs[0], "cpu.max")); err != nil {
			t.Skip("the root cgroup does not hand its cpu controller down here (cgroup.subtree_control)")
		}
	}
	return g
}

// removeCgroup tries again for a moment: the kernel needs one after the last process.
func removeCgroup(t *testing.T, dir string) {
	var err error
	for range 50 {
		if err = os.Remove(dir); err == nil || errors.Is(err, os.ErrNotExist) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("cgroup left behind: %v", err)
}

// set writes a file of the cgroup, wherever it is: v1's name or v2's.
func (g testCgroup) set(t *testing.T, v1, v2, value string) {
	t.Helper()
	file := v1
	if g.version == "v2" {
		file = v2
	}
	for _, dir := range g.dirs {
		path := filepath.Join(dir, file)
		if _, err := os.Stat(path); err != nil {
			continue
		}
		if err := os.WriteFile(path, []byte(value), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func (g testCgroup) add(t *testing.T, pid int) {
	t.Helper()
	g.set(t, "cgroup.procs", "cgroup.procs", fmt.Sprint(pid))
}

func TestThrottlingIsSeen(t *testing.T) {
	group := makeCgroup(t)
	group.set(t, "cpu.cfs_quota_us", "cpu.max", map[bool]string{true: "5000 100000", false: "5000"}[group.version == "v2"])
	burner := start(t, "burn 60")
	group.add(t, burner.Process.Pid)
	target, err := Open(burner.Process.Pid, group.name)
	if err != nil {
		t.Fatal(err)
	}
	defer Close(target)
	whole, err := OpenCgroup(burner.Process.Pid)
	if err != nil {
		t.Fatal(err)
	}
	defer Close(whole)

	both := func() (Sample, Sample) {
		t.Helper()
		a, err := target.Sample()
		b, err2 := whole.Sample()
		if err := errors.Join(err, err2); err != nil {
			t.Fatal(err)
		}
		return a, b
	}
	before, wholeBefore := both()
	burner.work(t)
	after, wholeAfter := both()

	if !strings.HasPrefix(target.Name(), "process + cgroup v") || whole.Name() != strings.TrimPrefix(target.Name(), "process + ") {
		t.Errorf("names %q and %q", target.Name(), whole.Name())
	}
	changes, ok := Delta([]Sample{before, after}, before.At, after.At)
	if !ok || changes.Throttled < 20*time.Millisecond || changes.OOMKills != 0 {
		t.Errorf("a child with a twentieth of a CPU and 60 ms of work: %+v, %t", changes, ok)
	}
	process, cgroup := after.CPU-before.CPU, wholeAfter.CPU-wholeBefore.CPU
	if off := process - cgroup; off < -15*time.Millisecond || off > 15*time.Millisecond {
		t.Errorf("%v by the process clock, %v by the cgroup", process, cgroup)
	}
}

// The kernel batches these counters, by some hundred kilobytes a CPU: half of what was
// written must show at least.
func TestCgroupMemoryIsSeen(t *testing.T) {
	group := makeCgroup(t)
	toucher := start(t, "touch 96")
	group.add(t, toucher.Process.Pid)
	whole, err := OpenCgroup(toucher.Process.Pid)
	if err != nil {
		t.Fatal(err)
	}
	defer Close(whole)
	toucher.work(t)
	s, err := whole.Sample()
	if err != nil || s.CgroupBytes < 48<<20 || s.ResidentBytes < 48<<20 {
		t.Errorf("96 MiB were written: %d bytes charged, %d anonymous, %v", s.CgroupBytes, s.ResidentBytes, err)
	}
}

// Bytes of a shared cgroup are nobody's own, and a removed cgroup is gone.
func TestSharedAndRemovedCgroup(t *testing.T) {
	group := makeCgroup(t)
	one, other := start(t, "burn 1"), start(t, "burn 1")
	group.add(t, one.Process.Pid)
	group.add(t, other.Process.Pid)
	source := openForTest(t, one.Process.Pid)
	whole, err := OpenCgroup(one.Process.Pid)
	if err != nil {
		t.Fatal(err)
	}
	defer Close(whole)
	s, err := source.Sample()
	if err != nil || s.CgroupBytes != -1 || s.OOMKills != 0 || !strings.HasPrefix(source.Name(), "process + shared cgroup v") {
		t.Errorf("two in a cgroup: %q, %+v, %v", source.Name(), s, err)
	}
	one.end()
	other.end()
	for _, dir := range group.dirs {
		removeCgroup(t, dir)
	}
	if s, err := whole.Sample(); !errors.Is(err, ErrGone) || s.CPU != -1 {
		t.Errorf("removed: %+v, %v", s, err)
	}
}

func TestOOMKillIsSeen(t *testing.T) {
	group := makeCgroup(t)
	toucher := start(t, "touch 96")
	group.add(t, toucher.Process.Pid)
	group.set(t, "memory.swappiness", "memory.swap.max", "0")
	group.set(t, "memory.limit_in_bytes", "memory.max", "33554432")
	target, err := Open(toucher.Process.Pid, "")
	if err != nil {
		t.Fatal(err)
	}
	defer Close(target)
	before, err := target.Sample()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(target.Name(), "shared") || before.CgroupBytes < 0 {
		t.Errorf("alone in its cgroup: %q, %+v", target.Name(), before)
	}
	if _, err := io.WriteString(toucher.in, "go\n"); err != nil {
		t.Fatal(err)
	}
	if err := toucher.Wait(); err == nil {
		t.Fatal("a child wrote 96 MiB within a limit of 32 MiB")
	}
	after, err := target.Sample()
	if !errors.Is(err, ErrGone) {
		t.Errorf("after the kill: %v", err)
	}
	if changes, _ := Delta([]Sample{before, after}, before.At, after.At); changes.OOMKills != 1 || after.CPU != -1 {
		t.Errorf("after the kill: %+v, %+v", changes, after)
	}
}
