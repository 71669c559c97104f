package probe

import "time"

// Changes is how far the cumulative counters of trouble rose. -1: not told by the source.
type Changes struct {
	Throttled       time.Duration
	OOMKills        int64
	PressureStalled time.Duration
}

// Delta returns the rise of the counters over a stretch of time: from the last sample at
// or before its start to the first at or after its end, so that nothing inside is missed.
//
// ok is false when the samples don't reach over both ends. When only the end is missing,
// the target was lost: the changes up to the last sample are returned all the same, since
// they may tell why. Samples must be in the order of time.
func Delta(samples []Sample, from, to time.Time) (changes Changes, ok bool) {
	throttled, throttledOK := rise(samples, from, to, func(s Sample) int64 { return int64(s.Throttled) })
	kills, killsOK := rise(samples, from, to, func(s Sample) int64 { return s.OOMKills })
	stalled, stalledOK := rise(samples, from, to, func(s Sample) int64 { return int64(s.PressureStalled) })
	changes = Changes{Throttled: time.Duration(throttled), OOMKills: kills, PressureStalled: time.Duration(stalled)}
	return changes, throttledOK && killsOK && stalledOK && brackets(samples, from, to)
}

// brackets reports whether there are samples at or before from, and at or after to.
func brackets(samples []Sample, from, to time.Time) bool {
	return len(samples) > 0 && !to.Before(from) &&
		!samples[0].At.After(from) && !samples[len(samples)-1].At.Before(to)
}

// rise is how far a counter rose over a stretch; -1 where no sample tells it. ok is false
// when it is told, but not on both sides.
func rise(samples []Sample, from, to time.Time, counter func(Sample) int64) (change int64, ok bool) {
	start, end, reached := int64(-1), int64(-1), false
	for _, s := range samples {
		value := counter(s)
		if value < 0 {
			continue
		}
		if !s.At.After(from) {
			start = value
		}
		if !reached {
			end, reached = value, !s.At.Before(to)
		}
	}
	switch {
	case end < 0:
		return -1, true // the source doesn't tell
	case start < 0 || end < start:
		return -1, false
	}
	return end - start, reached
}
