package probe

import (
	"bytes"
	"strconv"
	"time"
)

// unread is a sample of which nothing is known yet but its time. Times are wall clock in
// UTC without a monotonic part, so that figures computed from stored samples are the same
// as those computed live.
func unread(at time.Time) Sample {
	return Sample{
		At: at.Round(0).UTC(), CPU: -1, User: -1, System: -1, ResidentBytes: -1, CgroupBytes: -1,
		Throttled: -1, OOMKills: -1, PressureStalled: -1,
	}
}

// number reads a file that holds one number: -1 when it holds anything else, or less
// than 0.
func number(text []byte) int64 {
	n, err := strconv.ParseInt(string(bytes.TrimSpace(text)), 10, 64)
	if err != nil || n < 0 {
		return -1
	}
	return n
}

// keyed finds the number behind key in lines of the form "key number", as in cpu.stat and
// memory.stat: -1 when it isn't there.
func keyed(text []byte, key string) int64 {
	for len(text) > 0 {
		var line []byte
		line, text, _ = bytes.Cut(text, []byte{'\n'})
		rest, found := bytes.CutPrefix(line, []byte(key))
		if found && len(rest) > 0 && rest[0] == ' ' {
			return number(rest)
		}
	}
	return -1
}

// duration turns a count of units into a duration and keeps -1 for missing. A count too
// large for a duration is missing too.
func duration(count int64, unit time.Duration) time.Duration {
	if count < 0 || count > int64(1<<63-1)/int64(unit) {
		return -1
	}
	return time.Duration(count) * unit
}

// pressure reads the total of the line "some" of a pressure file: how long at least one
// task waited. Source: Linux Documentation/accounting/psi.rst; the total is in
// microseconds. -1 when it isn't there.
func pressure(text []byte) time.Duration {
	for len(text) > 0 {
		var line []byte
		line, text, _ = bytes.Cut(text, []byte{'\n'})
		if !bytes.HasPrefix(line, []byte("some ")) {
			continue
		}
		_, total, found := bytes.Cut(line, []byte(" total="))
		if !found {
			return -1
		}
		return duration(number(total), time.Microsecond)
	}
	return -1
}
