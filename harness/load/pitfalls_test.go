package load

import (
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"

	"github.com/assay-bench/assay/harness/load/histogram"
)

// These tests show what vegeta does when it is used as it comes, each beside what this package makes of it. They are
// the table of pitfalls. A newer vegeta that fails one of them has one pitfall less.

// plainAttack drives f with vegeta as it comes and returns the results in order of their ends.
func plainAttack(f *fakeTarget, attacker *vegeta.Attacker, rate int, lasting time.Duration) <-chan *vegeta.Result {
	target := vegeta.NewStaticTargeter(vegeta.Target{Method: "GET", URL: "http://" + f.address + "/item?id=1"})
	return attacker.Attack(target, vegeta.Rate{Freq: rate, Per: time.Second}, lasting, "")
}

func drain(results <-chan *vegeta.Result) (all []*vegeta.Result) {
	for r := range results {
		all = append(all, r)
	}
	return all
}

// stalling answers until the first request after so many, and then holds everything up for a time, once.
func stalling(after int64, stall time.Duration) func(int64, http.ResponseWriter, *http.Request) bool {
	var once sync.Once
	var until time.Time
	return func(n int64, _ http.ResponseWriter, _ *http.Request) bool {
		if n > after {
			once.Do(func() { until = time.Now().Add(stall) })
			time.Sleep(time.Until(until))
		}
		return false
	}
}

func TestPitfallConnections(t *testing.T) {
	inBubble(t, serveAll, func(t *testing.T, f *fakeTarget, m *memory) {
		client := m.plain()
		defer client.CloseIdleConnections()
		drain(plainAttack(f, vegeta.NewAttacker(vegeta.Client(client), vegeta.Workers(200)), 400, time.Second))
		if got := f.accepted.Load(); got >= 20 {
			t.Errorf("plain vegeta opened %d of 200 connections: its pool reuses the latest no more", got)
		}
		f.accepted.Store(0)
		job := jobFor(f)
		job.Connections, job.RequestsPerSecond = 200, 400
		if res := driveInBubble(t, job, m); f.accepted.Load() != 200 || res.Reopened != 0 || res.Done != res.Scheduled {
			t.Errorf("%d connections for 200, %d reopened", f.accepted.Load(), res.Reopened)
		}
	})
}

// One stall, read by vegeta's clock and from the intended send. With requests meant evenly over the window W, a stall S
// makes a share (S-x)/W of them wait longer than x: the quantile q reads S - (1-q)W.
func TestPitfallClockAndStall(t *testing.T) {
	const rate, stall, lasting = 500, 2 * time.Second, 10 * time.Second
	truth := func(q float64) time.Duration { return stall - time.Duration((1-q)*float64(lasting)) }
	inBubble(t, stalling(3*rate, stall), func(t *testing.T, f *fakeTarget, m *memory) {
		client := m.plain()
		defer client.CloseIdleConnections()
		attacker := vegeta.NewAttacker(vegeta.Client(client), vegeta.Workers(10), vegeta.MaxWorkers(10))
		var theirs []time.Duration
		for _, r := range drain(plainAttack(f, attacker, rate, lasting)) {
			theirs = append(theirs, r.Latency)
		}
		slices.Sort(theirs)
		if p99 := theirs[len(theirs)*99/100]; p99 > truth(0.99)/10 {
			t.Errorf("vegeta's p99 is %v: its clock does not start with the worker any more", p99)
		}
	})
	t.Run("ours", func(t *testing.T) {
		inBubble(t, stalling(3*rate, stall), func(t *testing.T, f *fakeTarget, m *memory) {
			job := jobFor(f)
			job.Connections, job.RequestsPerSecond, job.Window, job.Drain = 10, rate, lasting, 5*time.Second
			res := driveInBubble(t, job, m)
			for _, q := range []float64{0.999, 0.99, 0.95, 0.9, 0.85} {
				got := quantile(t, res.Intended, q)
				if want := truth(q); (got - want).Abs() > 3*time.Millisecond+want/1000 { // requests are 2 ms apart
					t.Errorf("quantile %v of intended-to-done is %v, predicted %v", q, got, want)
				}
			}
			if late := quantile(t, res.Lateness, 1); late > time.Microsecond || res.Done != res.Scheduled {
				t.Errorf("done %d of %d; the server's stall became a lateness of %v", res.Done, res.Scheduled, late)
			}
			if got := f.peak.Load(); got != 10 {
				t.Errorf("%d connections, want 10", got)
			}
		})
	})
}

func TestPitfallUnboundedWorkers(t *testing.T) {
	inBubble(t, stalling(0, time.Second), func(t *testing.T, f *fakeTarget, m *memory) {
		client := m.plain()
		defer client.CloseIdleConnections()
		drain(plainAttack(f, vegeta.NewAttacker(vegeta.Client(client)), 500, time.Second))
		if got := f.peak.Load(); got < 400 {
			t.Errorf("plain vegeta opened %d connections in a stall: it has a bound now", got)
		}
	})
}

func TestPitfallSlowReader(t *testing.T) {
	inBubble(t, serveAll, func(t *testing.T, f *fakeTarget, m *memory) {
		client := m.plain()
		defer client.CloseIdleConnections()
		attacker := vegeta.NewAttacker(vegeta.Client(client), vegeta.Workers(4), vegeta.MaxWorkers(4))
		results := plainAttack(f, attacker, 1000, time.Second)
		time.Sleep(2 * time.Second) // nobody reads
		if got := f.items.Load(); got != 4 {
			t.Errorf("with nobody reading, 4 workers of plain vegeta sent %d requests", got)
		}
		drain(results)
	})
	t.Run("ours", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			const total = 500
			var sent atomic.Int64
			a := testAttack(total, func() { sent.Add(1) })
			a.workers = 4
			a.settled = func(int64, time.Time, time.Time, string) {
				if synctest.Wait(); sent.Load() != total { // everything else is done or waits
					t.Errorf("%d of %d requests sent while the reader waits", sent.Load(), total)
				}
			}
			if err := a.run(t.Context(), time.Minute, func() {}); err != nil {
				t.Fatal(err)
			}
		})
	})
}

func TestPitfallSecondAttack(t *testing.T) {
	inBubble(t, serveAll, func(t *testing.T, f *fakeTarget, m *memory) {
		client := m.plain()
		defer client.CloseIdleConnections()
		attacker := vegeta.NewAttacker(vegeta.Client(client))
		first := len(drain(plainAttack(f, attacker, 1000, time.Second)))
		second := len(drain(plainAttack(f, attacker, 1000, time.Second)))
		if first < 900 || second > first/2 {
			t.Errorf("plain vegeta sent %d requests, then %d: a second attack works now", first, second)
		}
	})
	t.Run("ours", func(t *testing.T) {
		inBubble(t, serveAll, func(t *testing.T, f *fakeTarget, m *memory) {
			res := driveInBubble(t, jobFor(f), m) // connecting is an attack of its own, over the same transport
			if res.Done != 330 || f.accepted.Load() != 100 || res.Reopened != 0 {
				t.Errorf("done %d of 330 over %d connections", res.Done, f.accepted.Load())
			}
		})
	})
}

// vegeta's t-digest interpolates between a dense body and a sparse tail.
func TestPitfallQuantiles(t *testing.T) {
	t.Parallel()
	var metrics vegeta.Metrics
	ours := histogram.New()
	for i := range 100_000 {
		latency := 2 * time.Millisecond
		if i%1250 == 0 { // 80 of 100,000: the 99.9th percentile is still 2 ms
			latency = 200 * time.Millisecond
		}
		metrics.Add(&vegeta.Result{Code: 200, Latency: latency, Timestamp: time.Unix(0, 0)})
		histogram.Add(ours, latency)
	}
	metrics.Close()
	if got := metrics.Latencies.Quantile(0.999); got < 4*time.Millisecond {
		t.Errorf("vegeta's 99.9th percentile is %v: its quantiles have become exact", got)
	}
	if got := time.Duration(ours.ValueAtQuantile(99.9)) * time.Microsecond; !near(got, 2*time.Millisecond) {
		t.Errorf("our 99.9th percentile is %v, want 2ms", got)
	}
}

// vegeta divides by duration and wait: a late last answer lowers its throughput. Here a request belongs to the fixed
// window by its intended send, whenever its answer comes.
func TestPitfallWindow(t *testing.T) {
	slowLast := func(n int64, _ http.ResponseWriter, _ *http.Request) bool {
		if n == 300 {
			time.Sleep(3 * time.Second)
		}
		return false
	}
	inBubble(t, slowLast, func(t *testing.T, f *fakeTarget, m *memory) {
		client := m.plain()
		defer client.CloseIdleConnections()
		var metrics vegeta.Metrics
		for _, r := range drain(plainAttack(f, vegeta.NewAttacker(vegeta.Client(client)), 300, time.Second)) {
			metrics.Add(r)
		}
		metrics.Close()
		if metrics.Throughput > 100 {
			t.Errorf("vegeta's throughput is %.0f/s: its window is fixed now", metrics.Throughput)
		}
	})
	t.Run("ours", func(t *testing.T) {
		inBubble(t, slowLast, func(t *testing.T, f *fakeTarget, m *memory) {
			job := jobFor(f)
			job.Window = time.Second
			res := driveInBubble(t, job, m)
			if res.Scheduled != 300 || res.Done != 300 {
				t.Errorf("done %d of %d in a window of 1 s at 300/s", res.Done, res.Scheduled)
			}
			if worst := quantile(t, res.Intended, 1); !near(worst, 3*time.Second) {
				t.Errorf("the longest intended-to-done is %v, want 3 s", worst)
			}
		})
	})
}
