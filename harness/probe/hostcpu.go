package probe

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// cpuInfo is what /proc/cpuinfo tells, whose keys differ between architectures.
type cpuInfo struct {
	model       string
	flags       []string // x86: nil elsewhere
	implementer string   // ARM: "0x41"
	parts       []string // ARM: distinct, in the order of CPUs
}

func parseCPUInfo(text string) cpuInfo {
	var info cpuInfo
	for line := range strings.Lines(text) {
		key, value, _ := strings.Cut(line, ":")
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		switch {
		case key == "model name" && info.model == "":
			info.model = value
		case key == "flags" && info.flags == nil:
			info.flags = strings.Fields(value)
		case key == "CPU implementer":
			info.implementer = value
		case key == "CPU part" && !slices.Contains(info.parts, value):
			info.parts = append(info.parts, value)
		}
	}
	return info
}

// name is the model, or on ARM, where there is none, the maker and the part numbers.
// Source of the makers: Linux arch/arm64/include/asm/cputype.h.
func (c cpuInfo) name() string {
	if c.model != "" || c.implementer == "" {
		return c.model
	}
	maker := map[string]string{
		"0x41": "ARM", "0x43": "Cavium", "0x46": "Fujitsu", "0x48": "HiSilicon", "0x4e": "NVIDIA",
		"0x51": "Qualcomm", "0x61": "Apple", "0x6d": "Microsoft", "0xc0": "Ampere",
	}[c.implementer]
	if maker == "" {
		maker = "implementer " + c.implementer
	}
	return fmt.Sprintf("%s, part %s", maker, strings.Join(c.parts, " and "))
}

func (t tree) readCPUs(h *Host) {
	h.CPUModel = parseCPUInfo(t.text("proc/cpuinfo")).name()
	h.OnlineCPUs = t.cpus("sys/devices/system/cpu/online")
	allowed, err := ParseCPUList(allowedCPUs(t.text("proc/self/status")))
	if err == nil && len(allowed) > 0 && h.OnlineCPUs != nil {
		h.UsableCPUs = slices.DeleteFunc(allowed, func(cpu int) bool { return !slices.Contains(h.OnlineCPUs, cpu) })
	}
	h.Cores = t.cores(h.UsableCPUs)
	h.CoreKinds = t.coreKinds(h.UsableCPUs)
	for _, cpu := range h.UsableCPUs {
		governor := t.text(cpuDir(cpu) + "cpufreq/scaling_governor")
		if governor != "" && !slices.Contains(h.Governors, governor) {
			h.Governors = append(h.Governors, governor)
		}
	}
	slices.Sort(h.Governors)
	h.Turbo = t.turbo()
}

func cpuDir(cpu int) string { return "sys/devices/system/cpu/cpu" + strconv.Itoa(cpu) + "/" }

// allowedCPUs finds the CPU list of proc_pid_status(5).
func allowedCPUs(text string) string {
	for line := range strings.Lines(text) {
		if list, found := strings.CutPrefix(line, "Cpus_allowed_list:"); found {
			return list
		}
	}
	return ""
}

// cores groups the usable CPUs by physical core; nil when one's siblings are not told.
func (t tree) cores(usable []int) [][]int {
	var cores [][]int
	for _, cpu := range usable {
		siblings := t.cpus(cpuDir(cpu) + "topology/thread_siblings_list")
		if !slices.Contains(siblings, cpu) {
			return nil
		}
		siblings = slices.DeleteFunc(siblings, func(other int) bool { return !slices.Contains(usable, other) })
		if siblings[0] == cpu {
			cores = append(cores, siblings)
		}
	}
	return cores
}

// coreKinds groups the usable CPUs by how fast the kernel takes them to be: by
// cpu_capacity (1024 is the fastest of the host), or Intel's core and atom sets. nil when
// neither is told for all of them.
func (t tree) coreKinds(usable []int) []CoreKind {
	if kinds := t.intelKinds(usable); kinds != nil {
		return kinds
	}
	byCapacity := map[int64][]int{}
	for _, cpu := range usable {
		capacity := t.number(cpuDir(cpu) + "cpu_capacity")
		if capacity < 0 {
			return nil
		}
		byCapacity[capacity] = append(byCapacity[capacity], cpu)
	}
	var kinds []CoreKind
	for capacity, cpus := range byCapacity {
		kinds = append(kinds, CoreKind{Name: fmt.Sprintf("capacity %d", capacity), CPUs: cpus})
	}
	slices.SortFunc(kinds, func(a, b CoreKind) int {
		return -cmp.Or(cmp.Compare(len(a.Name), len(b.Name)), cmp.Compare(a.Name, b.Name)) // as numbers
	})
	return kinds
}

func (t tree) intelKinds(usable []int) []CoreKind {
	var kinds []CoreKind
	for _, name := range []string{"core", "atom"} {
		cpus := t.cpus("sys/devices/cpu_" + name + "/cpus")
		cpus = slices.DeleteFunc(cpus, func(cpu int) bool { return !slices.Contains(usable, cpu) })
		if len(cpus) > 0 {
			kinds = append(kinds, CoreKind{Name: name, CPUs: cpus})
		}
	}
	return kinds
}

// turbo reads the switch of the driver in use: Intel's says what is off, the others what
// is on.
func (t tree) turbo() string {
	off, on := t.number("sys/devices/system/cpu/intel_pstate/no_turbo"), t.number("sys/devices/system/cpu/cpufreq/boost")
	switch {
	case off == 0 || off < 0 && on == 1:
		return "on"
	case off == 1 || off < 0 && on == 0:
		return "off"
	}
	return ""
}
