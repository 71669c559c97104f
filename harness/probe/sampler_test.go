package probe

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

// fakeSource answers from a list, one a call; the time is the call's number in seconds.
type fakeSource struct {
	answers []answer
	calls   int
}

type answer struct {
	cpu time.Duration // -1: no sample
	err error
}

func (f *fakeSource) Name() string { return "fake" }

func (f *fakeSource) Sample() (Sample, error) {
	f.calls++
	if f.calls > len(f.answers) {
		return Sample{}, fmt.Errorf("call %d was not expected", f.calls)
	}
	a := f.answers[f.calls-1]
	if a.cpu < 0 {
		return Sample{}, a.err
	}
	s := unread(time.Unix(int64(f.calls), 0))
	s.CPU = a.cpu
	return s, a.err
}

// byHand is a clock whose ticks the test gives.
type byHand struct {
	ticks    chan time.Time
	interval time.Duration
	stopped  bool
}

func (b *byHand) ticker(interval time.Duration) (<-chan time.Time, func()) {
	b.interval = interval
	return b.ticks, func() { b.stopped = true }
}

func TestSampler(t *testing.T) {
	broken := errors.New("broken")
	steady := &fakeSource{answers: []answer{{1, nil}, {2, nil}, {3, nil}, {4, nil}}}
	gaps := &fakeSource{answers: []answer{{-1, broken}, {2, nil}, {-1, fmt.Errorf("slow: %w", ErrNoNews)}, {-1, broken}}}
	dies := &fakeSource{answers: []answer{{1, nil}, {2, fmt.Errorf("dead: %w", ErrGone)}}}
	clock := &byHand{ticks: make(chan time.Time)}
	s := StartSampler(map[string]Source{"steady": steady, "gaps": gaps, "dies": dies}, 0, clock.ticker)
	clock.ticks <- time.Time{}
	clock.ticks <- time.Time{}
	samples := s.Stop()

	if !clock.stopped || clock.interval != DefaultInterval {
		t.Errorf("clock stopped: %t, interval %v", clock.stopped, clock.interval)
	}
	for name, want := range map[string][]time.Duration{"steady": {1, 2, 3, 4}, "gaps": {2}, "dies": {1, 2}} {
		var got []time.Duration
		for _, sample := range samples[name] {
			got = append(got, sample.CPU)
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	failures := s.Failures()
	if len(failures) != 2 {
		t.Errorf("failures %v", failures)
	}
	if f := failures["gaps"]; f.Count != 2 || !errors.Is(f.First, broken) || f.Gone {
		t.Errorf("gaps: %+v", f)
	}
	if f := failures["dies"]; f.Count != 1 || !f.Gone || dies.calls != 2 {
		t.Errorf("dies: %+v, asked %d times", f, dies.calls)
	}
	if again := s.Stop(); len(again["steady"]) != 4 {
		t.Errorf("stopped twice: %v", again)
	}
}

func TestSystemTickerTicks(t *testing.T) {
	ticks, stop := SystemTicker(time.Millisecond)
	defer stop()
	<-ticks
	<-ticks
}

func TestMeasureCost(t *testing.T) {
	cost, err := MeasureCost(&fakeSource{answers: []answer{{1, nil}, {-1, ErrNoNews}}}, 2)
	if err != nil || cost < 0 {
		t.Errorf("%v, %v", cost, err)
	}
	if _, err := MeasureCost(&fakeSource{answers: []answer{{-1, ErrGone}}}, 1); !errors.Is(err, ErrGone) {
		t.Errorf("a failing source: %v", err)
	}
	if _, err := MeasureCost(&fakeSource{}, 0); err == nil {
		t.Error("no samples, and no error")
	}
}
