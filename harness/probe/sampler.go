package probe

import (
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/assay-bench/assay/harness/priority"
)

// DefaultInterval is the time between two samples: 10 a second.
const DefaultInterval = 100 * time.Millisecond

// A Ticker starts a clock that ticks at an interval, and returns how to stop it. It is
// passed in so that tests need no time.
type Ticker func(time.Duration) (ticks <-chan time.Time, stop func())

// SystemTicker ticks in real time. A tick that nobody waits for is dropped: a gap.
func SystemTicker(interval time.Duration) (<-chan time.Time, func()) {
	t := time.NewTicker(interval)
	return t.C, t.Stop
}

// A Failure tells how often a source could not be read. A failing source is not fatal:
// its target may be gone.
type Failure struct {
	Count int
	First error
	Last  error
	Gone  bool // the source was asked no more after an ErrGone
}

// A Sampler asks its sources at an interval, all by one goroutine, one after another in
// the order of their names. A sample that cannot be had is a gap.
type Sampler struct {
	sources  map[string]Source
	names    []string
	samples  map[string][]Sample
	failures map[string]Failure
	quit     chan struct{}
	done     chan struct{}
	once     sync.Once
}

// StartSampler samples at once, then at every tick, until Stop. An interval of 0 is
// DefaultInterval. The sampler has the sources for itself until Stop returns; it doesn't
// close them.
func StartSampler(sources map[string]Source, interval time.Duration, ticker Ticker) *Sampler {
	if interval <= 0 {
		interval = DefaultInterval
	}
	s := &Sampler{
		sources: sources, samples: map[string][]Sample{}, failures: map[string]Failure{},
		quit: make(chan struct{}), done: make(chan struct{}),
	}
	for name := range sources {
		s.names = append(s.names, name)
		s.samples[name] = nil
	}
	slices.Sort(s.names)
	ticks, stop := ticker(interval)
	go s.loop(ticks, stop)
	return s
}

// Stop takes a last sample, ends the goroutine and returns all samples by source, in the
// order of time. It may be called again and returns the same.
func (s *Sampler) Stop() map[string][]Sample {
	s.once.Do(func() { close(s.quit) })
	<-s.done
	return s.samples
}

// Failures stops the sampler and returns what could not be read, by source; sources
// without a failure are not in it.
func (s *Sampler) Failures() map[string]Failure {
	s.Stop()
	return s.failures
}

func (s *Sampler) loop(ticks <-chan time.Time, stop func()) {
	priority.GiveWay()
	defer close(s.done)
	defer stop()
	s.sweep()
	for {
		select {
		case <-s.quit:
			s.sweep()
			return
		case <-ticks:
			s.sweep()
		}
	}
}

// sweep asks every source once. What came beside an error is kept too: the last CPU time
// of a process, the OOM kill of its cgroup.
func (s *Sampler) sweep() {
	for _, name := range s.names {
		failure := s.failures[name]
		if failure.Gone {
			continue
		}
		sample, err := s.sources[name].Sample()
		if errors.Is(err, ErrNoNews) {
			continue
		}
		if !sample.At.IsZero() {
			s.samples[name] = append(s.samples[name], sample)
		}
		if err == nil {
			continue
		}
		if failure.Count == 0 {
			failure.First = err
		}
		failure.Count++
		failure.Last, failure.Gone = err, errors.Is(err, ErrGone)
		s.failures[name] = failure
	}
}
