package conns

import (
	"testing"
	"time"
)

func TestScheduleGivesEachConnectionItsPeriod(t *testing.T) {
	p := Plan{Connections: 7, RequestsPerSecond: 3.5, Seed: 1, WarmUp: 4 * time.Second, Window: 60 * time.Second}
	s := NewSchedule(p)
	if s.Total() != 224 || s.InWindow() != 210 || s.WarmUp() != p.WarmUp || s.End() != 64*time.Second {
		t.Fatalf("total %d, in the window %d", s.Total(), s.InWindow())
	}
	last := map[int]time.Duration{}
	for k := range s.Total() {
		at, conn := s.At(k), s.Conn(k)
		if prev, ok := last[conn]; ok && at-prev != 2*time.Second {
			t.Fatalf("connection %d sends at %v and %v, want a period of 2 s", conn, prev, at)
		}
		last[conn] = at
	}
	if len(last) != 7 {
		t.Errorf("%d of 7 connections send", len(last))
	}
}

func TestScheduleBoundsOfTheWindow(t *testing.T) {
	for _, rate := range []float64{0.7, 1, 3, 333.3, 1000.0 / 7, 9999.9, 10000} {
		for _, warm := range []time.Duration{0, time.Nanosecond, 1500 * time.Millisecond, 2 * time.Second} {
			s := NewSchedule(Plan{Connections: 3, RequestsPerSecond: rate, WarmUp: warm, Window: 3 * time.Second})
			if s.At(s.first) < warm || s.first > 0 && s.At(s.first-1) >= warm {
				t.Errorf("rate %v, warm-up %v: the window begins with request %d at %v", rate, warm, s.first, s.At(s.first))
			}
			end := warm + 3*time.Second
			if s.At(s.Total()) < end || s.At(s.Total()-1) >= end {
				t.Errorf("rate %v, end %v: the last request is %d at %v", rate, end, s.Total()-1, s.At(s.Total()-1))
			}
		}
	}
}

func TestScheduleFollowsItsSeed(t *testing.T) {
	p := Plan{Connections: 1000, RequestsPerSecond: 1000, Seed: 5, Window: time.Second}
	a, b := NewSchedule(p), NewSchedule(p)
	p.Seed = 6
	other := NewSchedule(p)
	var differ int
	ids := map[uint64]bool{}
	for k := range a.Total() {
		if a.Conn(k) != b.Conn(k) || a.ID(k) != b.ID(k) {
			t.Fatalf("request %d differs between two schedules of one p", k)
		}
		if a.Conn(k) != other.Conn(k) && a.ID(k) != other.ID(k) {
			differ++
		}
		if a.ID(k) > maxID {
			t.Errorf("id %d", a.ID(k))
		}
		ids[a.ID(k)] = true
	}
	if differ < 900 || len(ids) != 1000 {
		t.Errorf("%d of 1000 requests differ with another seed; %d distinct ids", differ, len(ids))
	}
}
