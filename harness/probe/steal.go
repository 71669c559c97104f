package probe

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"time"
)

// CPUTimes are the cumulative counters of one logical CPU since the host started, in
// steps of 10 ms. Guest time is part of User and Nice.
type CPUTimes struct {
	User    time.Duration `json:"user_ns"`
	Nice    time.Duration `json:"nice_ns"`
	System  time.Duration `json:"system_ns"`
	Idle    time.Duration `json:"idle_ns"`
	IOWait  time.Duration `json:"iowait_ns"`
	IRQ     time.Duration `json:"irq_ns"`
	SoftIRQ time.Duration `json:"softirq_ns"`
	Steal   time.Duration `json:"steal_ns"`
}

// A HostSample is one reading of all CPUs of the host, by CPU number.
type HostSample struct {
	At   time.Time        `json:"at"`
	CPUs map[int]CPUTimes `json:"cpus"`
}

// Only keeps the given CPUs of a reading.
func (s HostSample) Only(cpus []int) HostSample {
	kept := HostSample{At: s.At, CPUs: map[int]CPUTimes{}}
	for _, cpu := range cpus {
		if t, ok := s.CPUs[cpu]; ok {
			kept.CPUs[cpu] = t
		}
	}
	return kept
}

// Steal returns the share (0 to 1) of the time of the given CPUs, between two readings,
// that the hypervisor gave to others. It is -1 when a CPU is missing or no time passed.
func Steal(cpus []int, a, b HostSample) float64 {
	return share(cpus, a, b, func(t CPUTimes) time.Duration { return t.Steal })
}

// Worked returns the share of the time that the given CPUs worked, for whomever, without interrupts, which the kernel does not charge to
// the process that they are for. -1 as for Steal.
func Worked(cpus []int, a, b HostSample) float64 {
	return share(cpus, a, b, func(t CPUTimes) time.Duration { return t.User + t.Nice + t.System })
}

func (t CPUTimes) busy() time.Duration { return t.User + t.Nice + t.System + t.IRQ + t.SoftIRQ }

func (t CPUTimes) all() time.Duration { return t.busy() + t.Idle + t.IOWait + t.Steal }

// since returns the counters' rise. The kernel lets the idle ones go back a little at
// times (proc_stat(5)): that counts as 0.
func (t CPUTimes) since(before CPUTimes) CPUTimes {
	return CPUTimes{
		User: max(0, t.User-before.User), Nice: max(0, t.Nice-before.Nice),
		System: max(0, t.System-before.System), Idle: max(0, t.Idle-before.Idle),
		IOWait: max(0, t.IOWait-before.IOWait), IRQ: max(0, t.IRQ-before.IRQ),
		SoftIRQ: max(0, t.SoftIRQ-before.SoftIRQ), Steal: max(0, t.Steal-before.Steal),
	}
}

func share(cpus []int, a, b HostSample, part func(CPUTimes) time.Duration) float64 {
	var some, all time.Duration
	for _, cpu := range cpus {
		before, found := a.CPUs[cpu]
		after, foundToo := b.CPUs[cpu]
		if !found || !foundToo {
			return -1
		}
		rise := after.since(before)
		some += part(rise)
		all += rise.all()
	}
	if all == 0 {
		return -1
	}
	return float64(some) / float64(all)
}

// parseHostStat reads the lines "cpuN ..." of /proc/stat. Source: proc_stat(5).
func parseHostStat(text []byte) (map[int]CPUTimes, error) {
	cpus := map[int]CPUTimes{}
	for len(text) > 0 {
		var line []byte
		line, text, _ = bytes.Cut(text, []byte{'\n'})
		rest, found := bytes.CutPrefix(line, []byte("cpu"))
		if !found || len(rest) == 0 || rest[0] == ' ' { // " ": the sum of all
			continue
		}
		fields := bytes.Fields(rest)
		if len(fields) == 0 {
			return nil, fmt.Errorf("host stat: %q is not a CPU", line)
		}
		cpu, err := strconv.Atoi(string(fields[0]))
		if err != nil || cpu < 0 || cpu >= mostCPUs {
			return nil, fmt.Errorf("host stat: %q is not a CPU", line)
		}
		var times [8]time.Duration
		if len(fields) <= len(times) {
			return nil, fmt.Errorf("host stat: cpu%d has no steal column", cpu)
		}
		for i := range times {
			ticks := number(fields[i+1])
			if ticks < 0 || ticks > 1<<46 { // 22,000 years of 10 ms; keeps sums within range
				return nil, fmt.Errorf("host stat: cpu%d: %q is not a count", cpu, fields[i+1])
			}
			times[i] = duration(ticks, tick)
		}
		cpus[cpu] = CPUTimes{times[0], times[1], times[2], times[3], times[4], times[5], times[6], times[7]}
	}
	if len(cpus) == 0 {
		return nil, errors.New("host stat: no CPU in it")
	}
	return cpus, nil
}
