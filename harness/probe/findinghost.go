package probe

import (
	"strings"
)

func systemFinding(h Host) Finding {
	f := Finding{ID: "system", Name: "system", Means: "Verdicts hold for this host and name it."}
	var parts []string
	kernel := h.Kernel
	if kernel != "" {
		kernel = "kernel " + kernel
	}
	for _, part := range []string{h.OS, kernel, h.Arch, h.CPUModel, h.Machine} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	f.Value = strings.Join(parts, ", ")
	if f.Value == "" {
		return unknown(f.ID, f.Name, f.Means)
	}
	return f
}

func virtualisationFinding(h Host) Finding {
	f := Finding{ID: "virtualisation", Name: "virtualisation", Value: h.Virtualisation}
	switch h.Virtualisation {
	case "":
		return unknown(f.ID, f.Name, "If this is a virtual machine, others can take its CPU time without a trace.")
	case "none":
		f.Means = "No hypervisor takes CPU time away."
	default:
		f.Level = Note
		f.Means = "Other machines on the same hardware can take CPU time (steal), and trials that lose much are rejected. " +
			"Ratios of two servers hold better than absolute figures."
	}
	return f
}

func containerFinding(h Host) Finding {
	f := Finding{ID: "container", Name: "container", Value: h.Container}
	if h.Container == "" {
		f.Value = "no sign of one"
		f.Means = "assay sees the host itself."
		return f
	}
	f.Value = "signs of " + h.Container
	f.Level = Note
	f.Means = "If assay runs in a container, limits and sysctls seen here are the container's, " +
		"and a Docker engine outside has processes that cannot be seen."
	f.Do = "If so, run assay on the host, or with --runtime process."
	return f
}

func clockFinding(h Host) Finding {
	f := Finding{ID: "clock", Name: "clock source", Value: h.ClockSource}
	switch {
	case h.ClockSource == "":
		return unknown(f.ID, f.Name, "The cost of a time stamp is not known.")
	case h.ClockGood():
		f.Means = "A time stamp costs tens of nanoseconds."
	default:
		f.Level = Warn
		f.Means = "Each time stamp is a system call. That costs the load CPU time and blurs short latencies."
		f.Do = "See what the kernel offers (" + offered(h.ClockSources) + "); tsc is best where it is stable."
	}
	return f
}

func offered(sources []string) string {
	if len(sources) == 0 {
		return "nothing is listed"
	}
	return strings.Join(sources, ", ")
}

func aslrFinding(h Host) Finding {
	f := Finding{ID: "aslr", Name: "address randomisation"}
	switch h.ASLR {
	case 2:
		f.Value = "on"
		f.Means = "Each start lays memory out anew, so a lucky layout does not stay. That is why each trial starts a fresh server."
	case 1:
		f.Value = "on, but for the heap"
		f.Means = "Each start lays most of the memory out anew."
	case 0:
		f.Value = "off"
		f.Level = Note
		f.Means = "Every start has the same layout. One that happens to be fast or slow stays for the whole run."
		f.Do = "sudo sysctl kernel.randomize_va_space=2"
	default:
		return unknown(f.ID, f.Name, "Whether memory is laid out anew at each start is not told.")
	}
	return f
}

func cgroupFinding(h Host) Finding {
	f := Finding{ID: "cgroup", Name: "cgroup", Value: h.Cgroup}
	switch h.Cgroup {
	case "v2":
		f.Means = "Throttling, OOM kills and memory pressure are seen; charged bytes include socket buffers."
	case "v1", "hybrid":
		f.Level = Note
		f.Means = "Throttling and OOM kills are seen. Charged bytes leave out socket buffers, " +
			"so memory a connection is not comparable with cgroup v2."
		if h.Cgroup == "v1" {
			f.Means += " Memory pressure is not seen."
		}
	case "none":
		f.Level = Warn
		f.Means = "Throttling, OOM kills and memory pressure of single servers cannot be seen."
		f.Do = "Mount cgroup2 on /sys/fs/cgroup."
	default:
		return unknown(f.ID, f.Name, "Throttling, OOM kills and memory pressure of single servers cannot be seen from here.")
	}
	return f
}
