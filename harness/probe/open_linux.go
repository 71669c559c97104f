package probe

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// Open returns the best source for a target: the process by its number for CPU and
// resident memory, together with its cgroup for throttling, charged bytes, OOM kills and
// memory pressure.
//
// containerID is the full ID of the container that pid is the main process of, or "" for
// a plain process. The error is ErrOutOfReach when pid, as seen here, is not of that
// container: the engine runs elsewhere (Docker Desktop, a remote host), and Docker's
// stats are what is left.
//
// A plain process is read together with its cgroup unless that is the root one. When it
// shares the cgroup with other processes (as a child of a shell does), CgroupBytes is -1,
// for they would not be its own; throttling and the rest still reach it. Name tells all:
// "process", "process + cgroup v2", "process + shared cgroup v1".
//
// The source keeps files open until [Close] and is not for several goroutines at once.
func Open(pid int, containerID string) (Source, error) { return open("/", pid, containerID) }

func open(root string, pid int, containerID string) (Source, error) {
	member, err := readMembership(root, pid)
	switch {
	case containerID != "" && errors.Is(err, ErrGone):
		return nil, fmt.Errorf("container %.12s: no process %d here: %w", containerID, pid, ErrOutOfReach)
	case err != nil:
		return nil, err
	case containerID != "" && !member.names(containerID):
		return nil, fmt.Errorf("container %.12s: process %d here is not of it: %w", containerID, pid, ErrOutOfReach)
	}
	process, err := openProcess(pid, time.Now)
	if err != nil {
		return nil, err
	}
	merged, err := withCgroup(root, process, containerID != "")
	if err != nil {
		return nil, errors.Join(err, process.Close())
	}
	return merged, nil
}

// names reports whether a path of the membership has the container's ID in it, as those
// of Docker and Podman have.
func (m membership) names(containerID string) bool {
	for _, path := range m {
		if strings.Contains(path, containerID) {
			return true
		}
	}
	return false
}

// withCgroup adds the cgroup's counters to a process, or returns the process alone when
// there is no cgroup of its own to be seen.
func withCgroup(root string, process *processSource, container bool) (Source, error) {
	dirs, err := cgroupOf(root, process.pid)
	if err != nil {
		return nil, err
	}
	dirs = withoutRoots(dirs)
	if dirs.version() == "" {
		return process, nil
	}
	shared := false
	if !container {
		if shared, err = sharedWithOthers(dirs, process.pid); err != nil {
			return nil, err
		}
	}
	cgroup, err := keepCgroup(dirs, dirs.files(true), process.now)
	if errors.Is(err, ErrOutOfReach) {
		return process, nil
	}
	if err != nil {
		return nil, err
	}
	return &mergedSource{process: process, cgroup: cgroup, shared: shared}, nil
}

// mergedSource is a process with the counters of its cgroup.
type mergedSource struct {
	process *processSource
	cgroup  *cgroupSource
	shared  bool
}

func (m *mergedSource) Name() string {
	if m.shared {
		return m.process.Name() + " + shared " + m.cgroup.Name()
	}
	return m.process.Name() + " + " + m.cgroup.Name()
}

// Sample keeps what the cgroup says when the process is gone: that is where an OOM kill
// shows. The process's error comes first.
func (m *mergedSource) Sample() (Sample, error) {
	s, err := m.process.Sample()
	extra, cgroupErr := m.cgroup.Sample()
	if s.At.IsZero() {
		s = unread(extra.At)
	}
	s.Throttled, s.OOMKills, s.PressureStalled = extra.Throttled, extra.OOMKills, extra.PressureStalled
	if !m.shared {
		s.CgroupBytes = extra.CgroupBytes
	}
	if err == nil {
		err = cgroupErr
	}
	return s, err
}

func (m *mergedSource) Close() error { return errors.Join(m.process.Close(), m.cgroup.Close()) }

var (
	_ io.Closer = (*processSource)(nil)
	_ io.Closer = (*cgroupSource)(nil)
	_ io.Closer = (*mergedSource)(nil)
)
