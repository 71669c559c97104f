package probe

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
)

const fixtureID = "0123456789abcdef"

// unpack writes a fixture of testdata/cgroups to a directory.
func unpack(t *testing.T, name string) (root string) {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata/cgroups", name+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	root = t.TempDir()
	for _, file := range archive.Files {
		path := filepath.Join(root, file.Name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, file.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func fixedTime() time.Time { return time.Unix(1000, 0) }

// cgroupSample opens the cgroup of a process of a fixture and samples it once.
func cgroupSample(t *testing.T, name string, pid int, extras bool) (Sample, string) {
	t.Helper()
	dirs, err := cgroupOf(unpack(t, name), pid)
	if err != nil {
		t.Fatal(err)
	}
	dirs = withoutRoots(dirs)
	source, err := keepCgroup(dirs, dirs.files(extras), fixedTime)
	if err != nil {
		t.Fatal(err)
	}
	defer Close(source)
	s, err := source.Sample()
	if err != nil {
		t.Fatal(err)
	}
	return s, source.Name()
}

func TestCgroupSample(t *testing.T) {
	for _, test := range []struct {
		what, host, name string
		pid              int
		extras           bool
		want             Sample
	}{
		{"v1", "v1", "cgroup v1", 42, false, Sample{
			At: fixedTime().UTC(), CPU: 123456789, User: 80 * time.Millisecond, System: 30 * time.Millisecond, ResidentBytes: 4096000,
			CgroupBytes: 5000000, Throttled: 4500, OOMKills: 1, PressureStalled: 1500 * time.Microsecond,
		}},
		{"v1 beside a process", "v1", "cgroup v1", 42, true, Sample{
			At: fixedTime().UTC(), CPU: -1, User: -1, System: -1, ResidentBytes: -1,
			CgroupBytes: 5000000, Throttled: 4500, OOMKills: 1, PressureStalled: 1500 * time.Microsecond,
		}},
		{"v1, CPU in the root", "v1", "cgroup v1", 43, false, Sample{
			At: fixedTime().UTC(), CPU: -1, User: -1, System: -1, ResidentBytes: -1,
			CgroupBytes: 777, Throttled: -1, OOMKills: 2, PressureStalled: -1,
		}},
		{"v2", "v2", "cgroup v2", 42, false, Sample{
			At: fixedTime().UTC(), CPU: 123456 * time.Microsecond, User: 100 * time.Millisecond, System: 23456 * time.Microsecond,
			ResidentBytes: 4096000, CgroupBytes: 5000000, Throttled: 17 * time.Microsecond, OOMKills: 1, PressureStalled: -1,
		}},
	} {
		got, name := cgroupSample(t, test.host, test.pid, test.extras)
		if got != test.want || name != test.name {
			t.Errorf("%s: %s %+v\nwant %s %+v", test.what, name, got, test.name, test.want)
		}
	}
}

func TestRootCgroupIsTheHost(t *testing.T) {
	for _, name := range []string{"v1", "v2"} {
		dirs, err := cgroupOf(unpack(t, name), 44)
		if err != nil {
			t.Fatal(err)
		}
		if dirs.version() == "" {
			t.Errorf("%s: the root was not found at all", name)
		}
		if left := withoutRoots(dirs); left.version() != "" {
			t.Errorf("%s: the host's cgroup is taken for a process's: %+v", name, left)
		}
	}
}

func TestSharedCgroup(t *testing.T) {
	dirs, err := cgroupOf(unpack(t, "v1"), 43)
	if err != nil {
		t.Fatal(err)
	}
	for pid, want := range map[int]bool{43: true, 99: true} {
		if shared, err := sharedWithOthers(withoutRoots(dirs), pid); err != nil || shared != want {
			t.Errorf("process %d: %t, %v", pid, shared, err)
		}
	}
	alone := filepath.Join(dirs.memory.path, "cgroup.procs")
	if err := os.WriteFile(alone, []byte("43\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if shared, err := sharedWithOthers(withoutRoots(dirs), 43); err != nil || shared {
		t.Errorf("alone: %t, %v", shared, err)
	}
}

func TestOpenRefusesAnotherContainersProcess(t *testing.T) {
	root := unpack(t, "v2")
	for what, pid := range map[string]int{"another process": 44, "no process": 45} {
		_, err := open(root, pid, fixtureID)
		if !errors.Is(err, ErrOutOfReach) || !strings.Contains(err.Error(), "container 0123456789ab") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := open(root, 45, ""); !errors.Is(err, ErrGone) {
		t.Errorf("a plain process that is not there: %v", err)
	}
}

// A file larger than the buffer is read whole, and one that shrinks too.
func TestKeptFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	for _, size := range []int{10, 4095, 4096, 70_000, 3, 0} {
		if err := os.WriteFile(path, []byte(strings.Repeat("x", size)), 0o644); err != nil {
			t.Fatal(err)
		}
		kept, err := keep(path)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if text, err := kept.read(); err != nil || len(text) != size {
				t.Errorf("%d of %d bytes, %v", len(text), size, err)
			}
		}
		if err := os.Truncate(path, 1); err != nil {
			t.Fatal(err)
		}
		if text, err := kept.read(); err != nil || len(text) != 1 {
			t.Errorf("after truncation: %d bytes, %v", len(text), err)
		}
		if err := kept.close(); err != nil {
			t.Fatal(err)
		}
	}
}
