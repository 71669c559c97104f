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
// over. A gap is bridged by the same line.
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
	return median(residentWithin(samples, from, to))
}

// residentWithin lists the resident memory of the samples in a stretch of time, without the missing ones.
func residentWithin(samples []Sample, from, to time.Time) []int64 {
	var values []int64
	for _, s := range samples {
		if !s.At.Before(from) && !s.At.After(to) && s.ResidentBytes >= 0 {
			values = append(values, s.ResidentBytes)
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
