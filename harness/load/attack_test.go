package load

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/load/conns"
)

// With more work than the bounded workers can take, the schedule still stands: what had no worker in time is late.
func TestWorkersAreBounded(t *testing.T) {
	for _, c := range []struct {
		connections int
		rate        float64
		timeout     time.Duration
		want        int
	}{
		{100, 1, time.Second, 164},
		{64, 5000, time.Second, 5064},
		{64, 5000, time.Minute, 20064},
		{19500, 19500, time.Minute, 39500},
	} {
		if got := workersFor(c.connections, c.rate, c.timeout); got != c.want {
			t.Errorf("%+v: %d workers", c, got)
		}
	}
	inBubble(t, stalling(0, 10*time.Second), func(t *testing.T, f *fakeTarget, m *memory) {
		job := jobFor(f) // 10 connections and 40 workers in reserve, of which a stall of 10 s needs 100
		job.Connections, job.RequestsPerSecond, job.Window, job.RequestTimeout = 10, 20, 12*time.Second, time.Minute
		res := driveInBubble(t, job, m)
		if res.Done != res.Scheduled || len(res.Warnings) != 1 || f.peak.Load() != 10 {
			t.Errorf("done %d of %d, warnings %q, %d connections", res.Done, res.Scheduled, res.Warnings, f.peak.Load())
		}
		if worst := quantile(t, res.Intended, 1); !near(worst, 10*time.Second) {
			t.Errorf("the longest intended-to-done is %v, want 10 s", worst)
		}
		late := 10*time.Second - conns.AtRate(int64(workersFor(10, 20, time.Minute)), 20)
		if worst := quantile(t, res.Lateness, 1); !near(worst, late) {
			t.Errorf("the worst lateness is %v, want %v: the first request that found no worker", worst, late)
		}
	})
}

// A roundTrip is a transport made of a function.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// testAttack is an attack of total requests, all due at once, that runs do for each instead of asking a server.
func testAttack(total int64, do func()) *attack {
	s := &sender{
		base: context.Background(), pool: newPool("127.0.0.1:1", 1, time.Second, func(time.Duration) {}),
		hosts: []string{"c00000.invalid:1"}, timeout: time.Minute, sent: func(int64) {},
		shot: func(int64) shot { return shot{want: func(dst []byte, _ uint64) []byte { return dst }} },
	}
	s.buffers.New = func() any { return &scratch{} }
	s.rt = roundTrip(func(r *http.Request) (*http.Response, error) {
		do()
		return &http.Response{StatusCode: 200, Body: http.NoBody, Request: r}, nil
	})
	return &attack{
		name: "test", start: time.Now(), total: total, at: func(int64) time.Duration { return 0 }, rate: 1,
		workers: int(total), sender: s, settled: func(int64, time.Time, time.Time, string) {},
		sleeper: func() (sleeper, error) { return runtimeSleeper{}, nil },
	}
}
