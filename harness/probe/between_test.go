package probe

import (
	"testing"
	"time"
)

// at is a moment, in milliseconds.
func at(ms int64) time.Time { return time.UnixMilli(ms) }

// used is a sample with a CPU time; a quarter of it is system time.
func used(ms int64, cpu time.Duration) Sample {
	s := unread(at(ms))
	s.CPU, s.User, s.System = cpu, cpu*3/4, cpu/4
	return s
}

func TestCPUBetween(t *testing.T) {
	series := []Sample{used(0, 0), used(100, 40), used(200, 80), unread(at(250)), used(300, 240)}
	for _, test := range []struct {
		what     string
		samples  []Sample
		from, to int64
		want     time.Duration
		ok       bool
	}{
		{"on samples", series, 0, 300, 240, true},
		{"between samples", series, 50, 150, 40, true},
		{"within one interval", series, 110, 160, 20, true},
		{"across a sample without CPU", series, 250, 300, 80, true},
		{"starts before the first", series, -1, 100, 0, false},
		{"ends after the last", series, 100, 301, 0, false},
		{"no time", series, 100, 100, 0, false},
		{"backwards", series, 200, 100, 0, false},
		{"no samples", nil, 0, 100, 0, false},
		{"one sample", series[:1], 0, 100, 0, false},
		{"another process", []Sample{used(0, 50), used(100, 10)}, 20, 80, 0, false},
		{"two samples at once", []Sample{used(0, 0), used(50, 20), used(50, 20), used(100, 40)}, 25, 75, 20, true},
	} {
		cpu, user, system, ok := CPUBetween(test.samples, at(test.from), at(test.to))
		if ok != test.ok || ok && cpu != test.want {
			t.Errorf("%s: %d, %t; want %d, %t", test.what, cpu, ok, test.want, test.ok)
		}
		if ok && (user != test.want*3/4 || system != test.want/4) {
			t.Errorf("%s: user %d, system %d of %d", test.what, user, system, cpu)
		}
		if !ok && cpu != -1 {
			t.Errorf("%s: %d beside a no", test.what, cpu)
		}
	}
}

func TestCPUBetweenWithoutSplit(t *testing.T) {
	a, b := used(0, 0), used(100, 40)
	b.User = -1
	cpu, user, system, ok := CPUBetween([]Sample{a, b}, at(0), at(100))
	if cpu != 40 || user != -1 || system != -1 || !ok {
		t.Errorf("%d %d %d %t", cpu, user, system, ok)
	}
}

func TestResident(t *testing.T) {
	var samples []Sample
	for i, bytes := range []int64{900, 10, 30, -1, 20, 40, 900} {
		s := unread(at(int64(i) * 100))
		s.ResidentBytes, s.CgroupBytes = bytes, 2*bytes // the latter is not looked at
		samples = append(samples, s)
	}
	if got, ok := MedianResident(samples, at(100), at(500)); got != 25 || !ok {
		t.Errorf("median %d, %t", got, ok)
	}
	if got, ok := MedianResident(samples, at(100), at(400)); got != 20 || !ok {
		t.Errorf("median of three %d, %t", got, ok)
	}
	if got, ok := MedianResident(samples, at(300), at(300)); got != -1 || ok {
		t.Errorf("nothing but a gap: %d, %t", got, ok)
	}
}

func TestDelta(t *testing.T) {
	trouble := func(ms int64, throttled time.Duration, kills int64) Sample {
		s := unread(at(ms))
		s.Throttled, s.OOMKills = throttled, kills
		return s
	}
	samples := []Sample{trouble(0, 5, 0), trouble(100, 7, 0), trouble(200, 7, 1), trouble(300, 9, 1), trouble(400, 50, 2)}
	for _, test := range []struct {
		what     string
		samples  []Sample
		from, to int64
		want     Changes
		ok       bool
	}{
		{"on samples", samples, 100, 300, Changes{2, 1, -1}, true},
		{"nothing inside is missed", samples, 50, 250, Changes{4, 1, -1}, true},
		{"the target was lost", samples[:3], 50, 250, Changes{2, 1, -1}, false},
		{"nothing before", samples[1:], 50, 250, Changes{-1, -1, -1}, false},
		{"no samples", nil, 50, 250, Changes{-1, -1, -1}, false},
		{"nothing told", []Sample{unread(at(0)), unread(at(300))}, 50, 250, Changes{-1, -1, -1}, true},
		{"another cgroup", []Sample{trouble(0, 9, 1), trouble(300, 3, 1)}, 50, 250, Changes{-1, 0, -1}, false},
	} {
		if got, ok := Delta(test.samples, at(test.from), at(test.to)); got != test.want || ok != test.ok {
			t.Errorf("%s: %+v, %t; want %+v, %t", test.what, got, ok, test.want, test.ok)
		}
	}
}
