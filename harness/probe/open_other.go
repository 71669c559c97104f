//go:build !linux

package probe

import (
	"fmt"
	"runtime"
)

// unseen says what cannot be had without Linux's /proc: the CPU time and memory of
// another process. Containers are measured by the stats of their engine; plain processes
// go without these figures.
func unseen(what string) error {
	return fmt.Errorf("%s on %s: %w; run with --runtime docker to have it", what, runtime.GOOS, ErrOutOfReach)
}

// Open returns ErrOutOfReach: here, only Docker's stats stream can be read.
func Open(pid int, containerID string) (Source, error) {
	if containerID != "" {
		return nil, fmt.Errorf("container %.12s: its engine runs in a virtual machine: %w", containerID, ErrOutOfReach)
	}
	return nil, unseen("CPU time and memory of a process")
}

// OpenProcess returns ErrOutOfReach.
func OpenProcess(int) (Source, error) { return nil, unseen("CPU time and memory of a process") }

// OpenCgroup returns ErrOutOfReach.
func OpenCgroup(int) (Source, error) { return nil, unseen("cgroups") }
