package probe

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// cgroupSource reads the files of one cgroup, which count all its processes and those of
// the cgroups below it.
type cgroupSource struct {
	version string // "v1", "v2"
	files   []*keptFile
	into    []field
	now     func() time.Time
}

// OpenCgroup returns a source for the cgroup that a process belongs to: CPU, anonymous
// memory, charged bytes, throttling, OOM kills and memory pressure. Its files stay open
// until [Close]. The error is ErrOutOfReach when the process is in the root cgroup (the
// whole host) or its cgroup cannot be seen from here.
func OpenCgroup(pid int) (Source, error) {
	dirs, err := cgroupOf("/", pid)
	if err != nil {
		return nil, err
	}
	dirs = withoutRoots(dirs)
	if dirs.version() == "" {
		return nil, fmt.Errorf("cgroup of process %d: none but the root one: %w", pid, ErrOutOfReach)
	}
	return keepCgroup(dirs, dirs.files(false), time.Now)
}

// cgroupOf finds the directories of a process below root, which is "/" but in tests.
func cgroupOf(root string, pid int) (cgroupDirs, error) {
	member, err := readMembership(root, pid)
	if err != nil {
		return cgroupDirs{}, err
	}
	text, err := os.ReadFile(filepath.Join(root, "proc/self/mountinfo"))
	if err != nil {
		return cgroupDirs{}, fmt.Errorf("cgroup mounts: %w", err)
	}
	mounts := parseMounts(string(text))
	for i := range mounts {
		mounts[i].point = filepath.Join(root, mounts[i].point)
	}
	return locate(mounts, member), nil
}

func readMembership(root string, pid int) (membership, error) {
	text, err := os.ReadFile(filepath.Join(root, "proc", strconv.Itoa(pid), "cgroup"))
	if errors.Is(err, fs.ErrNotExist) {
		err = ErrGone
	}
	if err != nil {
		return nil, fmt.Errorf("cgroup of process %d: %w", pid, err)
	}
	member, err := parseMembership(string(text))
	if err != nil {
		return nil, fmt.Errorf("cgroup of process %d: %w", pid, err)
	}
	return member, nil
}

// withoutRoots drops directories that stand for the whole host. The path alone doesn't
// tell: in a container "/" is the container's own cgroup. Of v1 only a root directory has
// release_agent; of v2 only others have cgroup.type (cgroups(7)).
func withoutRoots(d cgroupDirs) cgroupDirs {
	for _, dir := range []*cgroupDir{&d.cpu, &d.account, &d.memory} {
		if exists(dir.path + "/release_agent") {
			*dir = cgroupDir{}
		}
	}
	if !exists(d.unified.path + "/cgroup.type") {
		d.unified = cgroupDir{}
	}
	return d
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// keepCgroup opens the files that are there. One that is missing, or switched off in the
// kernel (pressure without psi=1), leaves its fields at -1; none at all is an error.
func keepCgroup(dirs cgroupDirs, files []cgroupFile, now func() time.Time) (*cgroupSource, error) {
	c := &cgroupSource{version: dirs.version(), now: now}
	for _, file := range files {
		kept, err := keepReadable(file.path)
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, unix.EOPNOTSUPP) {
			continue
		}
		if err != nil {
			return nil, errors.Join(fmt.Errorf("cgroup: %w", err), c.Close())
		}
		c.files, c.into = append(c.files, kept), append(c.into, file.into)
	}
	if len(c.files) == 0 {
		return nil, fmt.Errorf("cgroup %s: no file to read: %w", dirs.version(), ErrOutOfReach)
	}
	return c, nil
}

// keepReadable opens a file and tries it once.
func keepReadable(path string) (*keptFile, error) {
	kept, err := keep(path)
	if err != nil {
		return nil, err
	}
	if _, err := kept.read(); err != nil {
		return nil, errors.Join(err, kept.close())
	}
	return kept, nil
}

func (c *cgroupSource) Name() string { return "cgroup " + c.version }

// Sample reads every file once. When one fails the others are still read, and the sample
// comes beside the first error.
func (c *cgroupSource) Sample() (Sample, error) {
	s := unread(c.now())
	var failed error
	for i, file := range c.files {
		text, err := file.read()
		if err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		c.into[i](&s, text)
	}
	if failed != nil {
		return s, fmt.Errorf("cgroup %s: %w", c.version, first(failed))
	}
	return s, nil
}

// first returns the first of joined errors, so that a message stays one line.
func first(err error) error {
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		return many.Unwrap()[0]
	}
	return err
}

func (c *cgroupSource) Close() error {
	var failed error
	for _, file := range c.files {
		failed = errors.Join(failed, file.close())
	}
	return failed
}

// sharedWithOthers reports whether a cgroup has processes beside this one.
func sharedWithOthers(dirs cgroupDirs, pid int) (bool, error) {
	dir := dirs.memory
	if dirs.version() == "v2" {
		dir = dirs.unified
	}
	if dir.path == "" {
		return false, nil
	}
	text, err := os.ReadFile(dir.path + "/cgroup.procs")
	if err != nil {
		return false, fmt.Errorf("cgroup: %w", err)
	}
	for _, other := range strings.Fields(string(text)) {
		if other != strconv.Itoa(pid) {
			return true, nil
		}
	}
	return false, nil
}
