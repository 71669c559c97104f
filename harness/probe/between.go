package probe

import (
	"slices"
	"time"
)

// CPUBetween returns the CPU time that was used from one moment to another. The counters
// are read between the samples beside each moment, by a straight line. user and system
// are -1 when the source doesn't tell them.
//
// ok is false when the samples don't reach from before the first moment to after the
// second (both included), when a counter goes back (another process), or when to isn't
// after from. Samples must be in the order of time; those without a CPU time are passed
// over. A gap is bridged by the same line: see [LongestGap].
func CPUBetween(samples []Sample, from, to time.Time) (cpu, user, system time.Duration, ok bool) {
	cpu, ok = counted(samples, from, to, func(s Sample) time.Duration { return s.CPU })
	if !ok {
		return -1, -1, -1, false
	}
	user, userOK := counted(samples, from, to, func(s Sample) time.Duration { return s.User })
	system, systemOK := counted(samples, from, to, func(s Sample) time.Duration { return s.System })
	if !userOK || !systemOK {
		return cpu, -1, -1, true
	}
	return cpu, user, system, true
}

// counted is the rise of a cumulative counter.
func counted(samples []Sample, from, to time.Time, counter func(Sample) time.Duration) (time.Duration, bool) {
	if !to.After(from) {
		return -1, false
	}
	start, startOK := counterAt(samples, from, counter)
	end, endOK := counterAt(samples, to, counter)
	if !startOK || !endOK || end < start {
		return -1, false
	}
	return end - start, true
}

// counterAt reads a counter at a moment, on the line between the samples around it.
func counterAt(samples []Sample, at time.Time, counter func(Sample) time.Duration) (time.Duration, bool) {
	var before *Sample
	for i := range samples {
		after := &samples[i]
		value := counter(*after)
		switch {
		case value < 0:
			continue
		case after.At.Equal(at):
			return value, true
		case after.At.Before(at):
			before = after
			continue
		case before == nil || value < counter(*before):
			return -1, false
		}
		share := float64(at.Sub(before.At)) / float64(after.At.Sub(before.At))
		return counter(*before) + time.Duration(share*float64(value-counter(*before))), true
	}
	return -1, false
}

// MedianResident returns the median resident memory, in bytes, of the samples from one
// moment to another, both included: of an even number, the mean of the middle two. ok is
// false when there is none.
func MedianResident(samples []Sample, from, to time.Time) (bytes int64, ok bool) {
	return median(within(samples, from, to, residentBytes))
}

// PeakResident returns the largest resident memory, in bytes, that a sample saw from one
// moment to another, both included. A peak between two samples is not seen.
func PeakResident(samples []Sample, from, to time.Time) (bytes int64, ok bool) {
	return peak(within(samples, from, to, residentBytes))
}

// MedianCgroup is MedianResident of the bytes charged to the cgroup.
func MedianCgroup(samples []Sample, from, to time.Time) (bytes int64, ok bool) {
	return median(within(samples, from, to, cgroupBytes))
}

// PeakCgroup is PeakResident of the bytes charged to the cgroup.
func PeakCgroup(samples []Sample, from, to time.Time) (bytes int64, ok bool) {
	return peak(within(samples, from, to, cgroupBytes))
}

func residentBytes(s Sample) int64 { return s.ResidentBytes }
func cgroupBytes(s Sample) int64   { return s.CgroupBytes }

// within lists a value of the samples in a stretch of time, without the missing ones.
func within(samples []Sample, from, to time.Time, value func(Sample) int64) []int64 {
	var values []int64
	for _, s := range samples {
		if !s.At.Before(from) && !s.At.After(to) && value(s) >= 0 {
			values = append(values, value(s))
		}
	}
	return values
}

func median(values []int64) (int64, bool) {
	if len(values) == 0 {
		return -1, false
	}
	slices.Sort(values)
	low, high := values[(len(values)-1)/2], values[len(values)/2]
	return low + (high-low)/2, true
}

func peak(values []int64) (int64, bool) {
	if len(values) == 0 {
		return -1, false
	}
	return slices.Max(values), true
}

// LongestGap returns the longest time without a sample from one moment to another. It
// says how far CPUBetween had to trust its straight line.
func LongestGap(samples []Sample, from, to time.Time) time.Duration {
	longest, last := time.Duration(0), from
	for _, s := range samples {
		if s.At.After(from) && s.At.Before(to) {
			longest, last = max(longest, s.At.Sub(last)), s.At
		}
	}
	return max(longest, to.Sub(last))
}
