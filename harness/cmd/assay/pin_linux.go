package main

import (
	"fmt"
	"io"
	"os"
	"strconv"

	"golang.org/x/sys/unix"

	"github.com/assay-bench/assay/harness/target"
)

// pinToLoadCPUs keeps this process off the target's CPUs while trials run, and returns
// how to undo it. Builds before that use all CPUs. Where it is refused, a warning says so.
func pinToLoadCPUs(p target.Placement, log io.Writer) (restore func()) {
	var before, load unix.CPUSet
	if err := unix.SchedGetaffinity(0, &before); err != nil {
		fmt.Fprintln(log, "warning: cannot read the CPU affinity of assay itself:", err)
		return func() {}
	}
	for _, cpu := range p.LoadCPUs {
		load.Set(cpu)
	}
	if err := pinAllThreads(&load); err != nil {
		fmt.Fprintln(log, "warning: assay itself may run on the server's CPUs:", err)
	}
	return func() {
		if err := pinAllThreads(&before); err != nil {
			fmt.Fprintln(log, "warning: cannot restore the CPU affinity of assay itself:", err)
		}
	}
}

// pinAllThreads sets the affinity of every thread there is; threads to come inherit it
// from the one that makes them.
func pinAllThreads(set *unix.CPUSet) error {
	threads, err := os.ReadDir("/proc/self/task")
	if err != nil {
		return err
	}
	for _, t := range threads {
		tid, err := strconv.Atoi(t.Name())
		if err != nil {
			return err
		}
		if err := unix.SchedSetaffinity(tid, set); err != nil && err != unix.ESRCH { // a thread may have ended meanwhile
			return err
		}
	}
	return nil
}
