//go:build !linux

package launch

import "syscall"

// ownGroup makes a child the leader of its own process group.
func ownGroup() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true}
}

// confine has nothing to apply here: this system can neither pin a process to CPUs nor
// let it die with its parent. processLimits says so to the user.
func confine([]int) error { return nil }

// processLimits says what plain processes cannot do on this system.
const processLimits = "only open files are limited on this system: target and load agent share all CPUs, memory is watched, not limited, the kernel's count of connections is out of reach, and what a kill -9 leaves is removed by the next start"
