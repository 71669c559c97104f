package load

import (
	"bufio"
	"bytes"
	"os"
	"strconv"
	"strings"
)

// availableMemory is how many bytes this process could still get: the host's MemAvailable (proc(5)), or what its control
// group leaves if that is less. -1: not known.
func availableMemory() int64 {
	available := int64(-1)
	if info, err := os.ReadFile("/proc/meminfo"); err == nil {
		available = memAvailable(info)
	}
	// In a container its own group is mounted at the root; outside, the root has no limit.
	for _, name := range []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		text, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		limit, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
		if err == nil && available > limit { // "max" is no number
			available = limit
		}
	}
	return available
}

// memAvailable finds MemAvailable in /proc/meminfo, in bytes; -1 when it is not there.
func memAvailable(info []byte) int64 {
	lines := bufio.NewScanner(bytes.NewReader(info))
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) == 3 && fields[0] == "MemAvailable:" && fields[2] == "kB" {
			if kib, err := strconv.ParseInt(fields[1], 10, 64); err == nil {
				return kib << 10
			}
		}
	}
	return -1
}
