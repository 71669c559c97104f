package launch

import (
	"fmt"
	"syscall"

	"golang.org/x/sys/unix"
)

// ownGroup makes a child the leader of its own process group and lets it die with the
// thread that started it. The shim sets the latter again; this covers the time before.
func ownGroup() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

// confine applies to the calling thread, which is about to exec: all of it survives that.
func confine(cpus []int) error {
	if len(cpus) > 0 {
		var set unix.CPUSet
		for _, cpu := range cpus {
			set.Set(cpu)
		}
		if err := unix.SchedSetaffinity(0, &set); err != nil {
			return fmt.Errorf("pin to CPUs %s: %w", joinInts(cpus), err)
		}
	}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("set no_new_privs: %w", err)
	}
	if err := unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(unix.SIGKILL), 0, 0, 0); err != nil {
		return fmt.Errorf("tie the process to its parent: %w", err)
	}
	return nil
}

// processLimits says what plain processes cannot do on this system.
const processLimits = "CPUs, open files and no_new_privs are enforced; memory is watched, not limited; no network, file system or capabilities of their own"
