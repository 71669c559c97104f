package probe

import (
	"strconv"
	"strings"
)

func (t tree) readMemory(h *Host) {
	text := t.text("proc/meminfo")
	h.MemoryBytes = meminfo(text, "MemTotal")
	h.SwapTotalBytes = meminfo(text, "SwapTotal")
	if free := meminfo(text, "SwapFree"); free >= 0 && h.SwapTotalBytes >= free {
		h.SwapUsedBytes = h.SwapTotalBytes - free
	}
}

// meminfo reads a line "Key:  123 kB" of proc_meminfo(5), in bytes.
func meminfo(text, key string) int64 {
	for line := range strings.Lines(text) {
		rest, found := strings.CutPrefix(line, key+":")
		if !found {
			continue
		}
		amount, found := strings.CutSuffix(strings.TrimSpace(rest), " kB")
		kib := number([]byte(amount))
		if !found || kib < 0 || kib > 1<<50 {
			return -1
		}
		return kib << 10
	}
	return -1
}

// readCgroup finds the version, and the tightest limits on our cgroup and those above it.
func (t tree) readCgroup(h *Host) {
	text := t.text("proc/self/mountinfo")
	if text == "" {
		return
	}
	mounts := parseMounts(text)
	h.Cgroup = cgroupVersion(mounts)
	member, err := parseMembership(t.text("proc/self/cgroup"))
	if err != nil {
		return
	}
	dirs := locate(mounts, member)
	switch dirs.version() {
	case "v1":
		h.CPUQuota = tightest(dirs.cpu, t.v1Quota)
		h.MemoryLimitBytes = int64(tightest(dirs.memory, t.v1MemoryLimit))
	case "v2":
		h.CPUQuota = tightest(dirs.unified, t.v2Quota)
		h.MemoryLimitBytes = int64(tightest(dirs.unified, t.v2MemoryLimit))
	}
}

// tightest returns the smallest limit on a directory and those above it: 0 when there is
// none, -1 when the directory is out of reach. limit gives 0 for a directory without one.
func tightest(dir cgroupDir, limit func(path string) float64) float64 {
	if dir.path == "" {
		return -1
	}
	least := 0.0
	for _, path := range dir.ancestors() {
		if l := limit(path); l > 0 && (least == 0 || l < least) {
			least = l
		}
	}
	return least
}

// v1Quota reads the quota in CPUs; -1 microseconds stand for none.
func (t tree) v1Quota(path string) float64 {
	return quota(t.text(path+"/cpu.cfs_quota_us"), t.text(path+"/cpu.cfs_period_us"))
}

// v2Quota reads "50000 100000", or "max 100000" for none.
func (t tree) v2Quota(path string) float64 {
	used, period, _ := strings.Cut(t.text(path+"/cpu.max"), " ")
	return quota(used, period)
}

func quota(used, period string) float64 {
	u, err := strconv.ParseInt(used, 10, 64)
	p, err2 := strconv.ParseInt(period, 10, 64)
	if err != nil || err2 != nil || u <= 0 || p <= 0 {
		return 0
	}
	return float64(u) / float64(p)
}

// v1MemoryLimit reads a limit in bytes; the kernel writes a number near 2^63 for none.
func (t tree) v1MemoryLimit(path string) float64 {
	limit := t.number(path + "/memory.limit_in_bytes")
	if limit <= 0 || limit >= 1<<62 {
		return 0
	}
	return float64(limit)
}

// v2MemoryLimit reads a limit in bytes, or "max" for none.
func (t tree) v2MemoryLimit(path string) float64 {
	return max(0, float64(t.number(path+"/memory.max")))
}
