package probe

import (
	"fmt"
	"slices"
	"strings"
)

func cpusFinding(h Host) Finding {
	f := Finding{ID: "cpus", Name: "CPUs"}
	usable := len(h.UsableCPUs)
	if usable == 0 {
		return unknown(f.ID, f.Name, "Placement falls back on what the runtime reports.")
	}
	f.Value = fmt.Sprintf("%d usable (%s) of %d", usable, FormatCPUList(h.UsableCPUs), len(h.OnlineCPUs))
	switch {
	case usable == 1:
		f.Level = Bad
		f.Means = "Server and load share the CPU and slow each other. No verdict on speed can be trusted here."
		f.Do = "Use a machine with two CPUs or more, or lift the affinity that keeps this process on one."
	case usable == 2:
		f.Level = Note
		f.Means = "One CPU for the server, one for the load. A server faster than the load gets a lower bound, not a figure."
		f.Do = "Use four CPUs or more to compare servers at their highest rate."
	case usable == 3:
		f.Level = Note
		f.Means = "Server and load have CPUs of their own, but few. Rates near the load's end are lower bounds."
	default:
		f.Means = "Enough for the server and the load to have CPUs of their own."
	}
	return f
}

func coresFinding(h Host) Finding {
	f := Finding{ID: "cores", Name: "physical cores"}
	if h.Cores == nil {
		return unknown(f.ID, f.Name, "Whether CPUs share a core is not told. Two that do slow each other.")
	}
	f.Value = fmt.Sprintf("%d for %d CPUs", len(h.Cores), len(h.UsableCPUs))
	if len(h.Cores) == len(h.UsableCPUs) {
		f.Means = "No two CPUs share a core."
		return f
	}
	f.Level = Note
	f.Means = "CPUs that share a core (" + groups(h.Cores) + ") slow each other. Server and load should not share one."
	if len(h.Cores) == 1 {
		f.Level = Warn
		f.Means = "All CPUs share one core (" + groups(h.Cores) + "). Server and load slow each other."
		f.Do = "Use a machine with two cores or more."
	}
	return f
}

// groups lists the cores that have more than one CPU, at most four of them.
func groups(cores [][]int) string {
	var shared []string
	for _, cpus := range cores {
		if len(cpus) > 1 {
			shared = append(shared, FormatCPUList(cpus))
		}
	}
	if len(shared) > 4 {
		shared = append(shared[:4], "...")
	}
	return strings.Join(shared, "; ")
}

func coreKindsFinding(h Host) Finding {
	f := Finding{ID: "core-kinds", Name: "kinds of core"}
	switch len(h.CoreKinds) {
	case 0:
		return unknown(f.ID, f.Name, "Whether all CPUs are equally fast is not told. On most servers they are.")
	case 1:
		f.Value = "1"
		f.Means = "All CPUs are equally fast."
		return f
	}
	var kinds []string
	for _, kind := range h.CoreKinds {
		kinds = append(kinds, kind.Name+": "+FormatCPUList(kind.CPUs))
	}
	f.Value = strings.Join(kinds, "; ")
	f.Level = Warn
	f.Means = "Some CPUs are slower. A server's figures depend on which it was given; all servers are given the same."
	f.Do = "Start assay under taskset -c with CPUs of one kind only."
	return f
}

func quotaFinding(h Host) Finding {
	f := Finding{ID: "cpu-quota", Name: "CPU quota"}
	switch {
	case h.CPUQuota < 0:
		return unknown(f.ID, f.Name, "Throttling, if there is any, shows in the trials.")
	case h.CPUQuota == 0:
		f.Value = "none"
		f.Means = "Nothing is throttled."
	case h.CPUQuota < float64(len(h.UsableCPUs)):
		f.Value = fmt.Sprintf("%.2f CPUs", h.CPUQuota)
		f.Level = Warn
		if h.CPUQuota < 2 { // not even one each for server and load
			f.Level = Bad
		}
		f.Means = "The kernel stops the whole run whenever the quota is used up. Such trials are rejected."
		f.Do = "Give whole CPUs instead of a quota: docker run --cpuset-cpus, not --cpus; or start assay under taskset."
	default:
		f.Value = fmt.Sprintf("%.2f CPUs", h.CPUQuota)
		f.Level = Note
		f.Means = "The quota is at least as large as the CPUs in use. Short bursts can still be throttled."
	}
	return f
}

func governorFinding(h Host) Finding {
	f := Finding{ID: "governor", Name: "frequency governor", Value: strings.Join(h.Governors, ", ")}
	switch {
	case len(h.Governors) == 0:
		return unknown(f.ID, f.Name, "The frequency is not in this system's hands, as in most virtual machines. It may still vary.")
	case slices.Equal(h.Governors, []string{"performance"}):
		f.Means = "CPUs run at a high frequency whatever the load."
	default:
		f.Level = Note
		f.Means = "The frequency follows the load. Light loads look slower than they are, and trials differ more."
		f.Do = "sudo cpupower frequency-set -g performance"
	}
	return f
}

func turboFinding(h Host) Finding {
	f := Finding{ID: "turbo", Name: "turbo", Value: h.Turbo}
	switch h.Turbo {
	case "on":
		f.Level = Note
		f.Means = "The highest frequency depends on heat and on how many CPUs work. Blocks in random order spread that evenly."
		f.Do = "For the steadiest figures switch it off while the run lasts."
	case "off":
		f.Means = "The highest frequency does not depend on heat."
	default:
		return unknown(f.ID, f.Name, "Heat may change the frequency during a run. Watch the run-order plot for drift.")
	}
	return f
}

// How busy a host may be before a run, as load average a CPU.
const (
	quietLoad = 0.10
	busyLoad  = 0.50
)

func loadFinding(h Host) Finding {
	f := Finding{ID: "load", Name: "load average"}
	if h.Load1 < 0 || len(h.UsableCPUs) == 0 {
		return unknown(f.ID, f.Name, "Whether something else runs is not told.")
	}
	f.Value = fmt.Sprintf("%.2f in the last minute", h.Load1)
	perCPU := h.Load1 / float64(len(h.UsableCPUs))
	switch {
	case perCPU < quietLoad:
		f.Means = "The host is quiet."
	case perCPU < busyLoad:
		f.Level = Note
		f.Means = "Something else uses some CPU time, or did a moment ago."
		f.Do = "Close what is not needed and wait a minute."
	default:
		f.Level = Warn
		f.Means = "Something else uses much CPU time. Trials will differ, and intervals be wide."
		f.Do = "Find it with top, stop it, and wait a minute."
	}
	return f
}
