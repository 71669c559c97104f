package probe

import "time"

// A field reads what it needs from the text of one cgroup file into a sample. Counters
// that the file lacks (an older kernel, a controller that is off) stay -1.
type field func(s *Sample, text []byte)

// The files of cgroup v1. Source: Linux Documentation/admin-guide/cgroup-v1/cpuacct.rst,
// memory.rst; Documentation/scheduler/sched-bwc.rst.

// v1Usage reads cpuacct.usage, nanoseconds.
func v1Usage(s *Sample, text []byte) { s.CPU = duration(number(text), time.Nanosecond) }

// v1Split reads cpuacct.stat, ticks of 10 ms.
func v1Split(s *Sample, text []byte) {
	s.User = duration(keyed(text, "user"), tick)
	s.System = duration(keyed(text, "system"), tick)
}

// v1Throttled reads cpu.stat, nanoseconds.
func v1Throttled(s *Sample, text []byte) {
	s.Throttled = duration(keyed(text, "throttled_time"), time.Nanosecond)
}

// v1Charged reads memory.usage_in_bytes: anonymous memory, page cache and kernel memory,
// but not the buffers of TCP sockets, which v1 counts elsewhere and only under a limit.
// The kernel batches it: it can be off by 256 KiB a CPU.
func v1Charged(s *Sample, text []byte) { s.CgroupBytes = number(text) }

// v1Anonymous reads memory.stat. total_ counts the cgroups below too.
func v1Anonymous(s *Sample, text []byte) { s.ResidentBytes = keyed(text, "total_rss") }

// v1OOM reads memory.oom_control; oom_kill is there since Linux 4.13.
func v1OOM(s *Sample, text []byte) { s.OOMKills = keyed(text, "oom_kill") }

// The files of cgroup v2. Source: Linux Documentation/admin-guide/cgroup-v2.rst.

// v2CPU reads cpu.stat, microseconds. throttled_usec is there only where the cpu
// controller is on.
func v2CPU(s *Sample, text []byte) {
	s.CPU = duration(keyed(text, "usage_usec"), time.Microsecond)
	s.User = duration(keyed(text, "user_usec"), time.Microsecond)
	s.System = duration(keyed(text, "system_usec"), time.Microsecond)
	s.Throttled = duration(keyed(text, "throttled_usec"), time.Microsecond)
}

// v2Charged reads memory.current: all of it, socket buffers included.
func v2Charged(s *Sample, text []byte) { s.CgroupBytes = number(text) }

// v2Anonymous reads memory.stat.
func v2Anonymous(s *Sample, text []byte) { s.ResidentBytes = keyed(text, "anon") }

// v2OOM reads memory.events.
func v2OOM(s *Sample, text []byte) { s.OOMKills = keyed(text, "oom_kill") }

// v2Pressure reads memory.pressure.
func v2Pressure(s *Sample, text []byte) { s.PressureStalled = pressure(text) }

// A cgroupFile names a file and what is read from it.
type cgroupFile struct {
	path string
	into field
}

// files lists what to read of a cgroup. Those of extras complete a process: throttling,
// charged bytes, OOM kills and pressure; without it CPU and anonymous memory come too.
func (d cgroupDirs) files(extras bool) []cgroupFile {
	var list []cgroupFile
	add := func(dir cgroupDir, name string, into field, always bool) {
		if dir.path != "" && (always || !extras) {
			list = append(list, cgroupFile{dir.path + "/" + name, into})
		}
	}
	if d.version() == "v1" {
		add(d.account, "cpuacct.usage", v1Usage, false)
		add(d.account, "cpuacct.stat", v1Split, false)
		add(d.memory, "memory.stat", v1Anonymous, false)
		add(d.cpu, "cpu.stat", v1Throttled, true)
		add(d.memory, "memory.usage_in_bytes", v1Charged, true)
		add(d.memory, "memory.oom_control", v1OOM, true)
	} else {
		add(d.unified, "memory.stat", v2Anonymous, false)
		add(d.unified, "cpu.stat", v2CPU, true)
		add(d.unified, "memory.current", v2Charged, true)
		add(d.unified, "memory.events", v2OOM, true)
	}
	add(d.unified, "memory.pressure", v2Pressure, true)
	return list
}
