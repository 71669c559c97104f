//go:build !linux

package probe

import (
	"runtime"

	"golang.org/x/sys/unix"
)

// ReadHost reads what can be had without Linux's files: the number of CPUs, the file
// limit and, on macOS, what sysctl tells. Out of reach: which CPUs a process is kept on
// (macOS has no affinity), cgroups, the clock source, governors, load and swap.
func ReadHost() Host {
	h := unknownHost()
	h.OS, h.Arch = runtime.GOOS, runtime.GOARCH
	for cpu := range runtime.NumCPU() {
		h.OnlineCPUs = append(h.OnlineCPUs, cpu)
	}
	h.UsableCPUs = h.OnlineCPUs
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &limit); err == nil {
		h.OpenFilesSoft, h.OpenFilesHard = int64(min(limit.Cur, 1<<62)), int64(min(limit.Max, 1<<62))
	}
	readSysctls(&h)
	return h
}
