package main

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// needRoot skips a test that only root can make happen, and says what for. CI, which sets
// ASSAY_REQUIRE_DOCKER=1, has to be root.
func needRoot(t *testing.T, what string) {
	t.Helper()
	if os.Geteuid() == 0 {
		return
	}
	if os.Getenv("ASSAY_REQUIRE_DOCKER") == "1" {
		t.Fatalf("ASSAY_REQUIRE_DOCKER=1, but this test is not run by root, who alone may %s", what)
	}
	t.Skipf("only root may %s", what)
}

// smallDisk mounts a file system of 4 MiB.
func smallDisk(t *testing.T) string {
	t.Helper()
	needRoot(t, "mount a small file system")
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size=4m"); err != nil {
		t.Fatalf("mount a tmpfs: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// fill writes a file until the disk is full and returns its name.
func fill(t *testing.T, dir string) string {
	t.Helper()
	f, err := os.Create(filepath.Join(dir, "filler"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, size := range []int{1 << 16, 1 << 12, 1} { // to the last byte
		for err = nil; err == nil; {
			_, err = f.Write(make([]byte, size))
		}
		if !errors.Is(err, syscall.ENOSPC) {
			t.Fatal(err)
		}
	}
	return f.Name()
}

func TestFullDisk(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	disk := smallDisk(t)
	l.out = filepath.Join(disk, "reports")
	p := l.run(2)
	l.midTrial(p, 1)
	before := l.lines()
	filler := fill(t, disk)
	oneLine(t, p.fails(exitFailed, "no space left on device", "what was measured is kept", "assay run --resume"))
	l.nothingLeft()
	if n := len(l.records()); n < len(before) {
		t.Errorf("%d records, there were %d", n, len(before))
	}
	before = l.lines()

	still := l.start("run", "--resume", l.dir(), "--root", l.root)
	oneLine(t, still.fails(exitFailed, "no space left on device"))

	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	l.resume()
	l.settled(before)

	// The records fit, the report does not: the old one stays.
	fill(t, disk)
	report := l.start("report", l.dir(), "--root", l.root)
	oneLine(t, report.fails(exitFailed, "no space left on device"))
	l.settled(before)
}
