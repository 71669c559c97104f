package probe

import (
	"fmt"
	"slices"
)

// Host is what can be learnt about the machine without privileges. A text that is not
// known is "", a number -1, a list nil; nothing is guessed.
type Host struct {
	OS       string `json:"os"`      // "Debian GNU/Linux 12 (bookworm)"
	Kernel   string `json:"kernel"`  // "6.1.0-18-amd64"
	Arch     string `json:"arch"`    // as Go names it: "amd64", "arm64"
	Machine  string `json:"machine"` // maker and product
	CPUModel string `json:"cpu_model"`

	OnlineCPUs []int      `json:"online_cpus"`
	UsableCPUs []int      `json:"usable_cpus"` // online, and allowed to this process (affinity, cpuset)
	Cores      [][]int    `json:"cores"`       // usable CPUs by the physical core that they share
	CoreKinds  []CoreKind `json:"core_kinds"`  // fastest first; one kind, unless cores differ

	MemoryBytes      int64 `json:"memory_bytes"`
	MemoryLimitBytes int64 `json:"memory_limit_bytes"` // of our cgroups, the tightest; 0: no limit
	SwapTotalBytes   int64 `json:"swap_total_bytes"`
	SwapUsedBytes    int64 `json:"swap_used_bytes"`

	Virtualisation string `json:"virtualisation"` // "KVM", ...; "none" when that can be told
	Container      string `json:"container"`      // a hint that we are in one: "docker", ...

	ClockSource  string   `json:"clock_source"`
	ClockSources []string `json:"clock_sources"` // that the kernel offers
	Governors    []string `json:"governors"`     // of the usable CPUs, distinct, sorted
	Turbo        string   `json:"turbo"`         // "on", "off"

	Cgroup   string  `json:"cgroup"`    // "v1", "v2", "hybrid", "none"
	CPUQuota float64 `json:"cpu_quota"` // CPUs' worth that our cgroups may use, the tightest; 0: no quota

	// OpenFilesSoft is what assay itself works with: Go raises it to the hard limit at start.
	OpenFilesSoft int64 `json:"open_files_soft"`
	OpenFilesHard int64 `json:"open_files_hard"`

	PortLow        int64 `json:"port_low"` // net.ipv4.ip_local_port_range, both included
	PortHigh       int64 `json:"port_high"`
	SomaxConn      int64 `json:"somaxconn"`
	SynBacklog     int64 `json:"tcp_max_syn_backlog"`
	TWReuse        int64 `json:"tcp_tw_reuse"`
	ConntrackMax   int64 `json:"conntrack_max"` // -1: connection tracking is not loaded
	ConntrackCount int64 `json:"conntrack_count"`

	Load1     float64 `json:"load_1"`     // load average of the last minute
	HugePages string  `json:"huge_pages"` // transparent ones: "always", "madvise", "never"
	ASLR      int64   `json:"aslr"`       // kernel.randomize_va_space: 0 off, 1 without the heap, 2 all
}

// A CoreKind is a set of CPUs that are equally fast.
type CoreKind struct {
	Name string `json:"name"`
	CPUs []int  `json:"cpus"`
}

// unknownHost is a host of which nothing is known.
func unknownHost() Host {
	return Host{
		MemoryBytes: -1, MemoryLimitBytes: -1, SwapTotalBytes: -1, SwapUsedBytes: -1, CPUQuota: -1,
		OpenFilesSoft: -1, OpenFilesHard: -1, PortLow: -1, PortHigh: -1, SomaxConn: -1, SynBacklog: -1,
		TWReuse: -1, ConntrackMax: -1, ConntrackCount: -1, Load1: -1, ASLR: -1,
	}
}

// PortRange writes the source ports as "32768-60999", or "" when they are not known.
func (h Host) PortRange() string {
	if h.Ports() < 0 {
		return ""
	}
	return fmt.Sprintf("%d-%d", h.PortLow, h.PortHigh)
}

// Ports is the number of source ports that one address has, or -1.
func (h Host) Ports() int64 {
	if h.PortLow < 0 || h.PortHigh < h.PortLow {
		return -1
	}
	return h.PortHigh - h.PortLow + 1
}

// ClockGood reports whether the clock source is one that programs read without a system
// call: a stamp then costs tens of nanoseconds instead of a microsecond or more. Source:
// the kernel's clock sources with a vDSO mode.
func (h Host) ClockGood() bool {
	return slices.Contains([]string{
		"tsc", "kvm-clock", "hyperv_clocksource_tsc_page", "xen", "arch_sys_counter", "riscv_clocksource", "timebase",
	}, h.ClockSource)
}
