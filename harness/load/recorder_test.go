package load

import (
	"math/rand/v2"
	"sync"
	"testing"
	"time"
)

// ledger is a recorder for 10 requests of warm-up and 100 of window, 10 ms apart.
func ledger() (*Recorder, time.Time) {
	r := NewRecorder(NewSchedule(Job{
		Connections: 4, RequestsPerSecond: 100, WarmUp: 100 * time.Millisecond, Window: time.Second,
	}), Part{})
	start := time.Unix(1000, 0)
	r.Begin(start)
	return r, start
}

func filled(t *testing.T, r *Recorder) Result {
	t.Helper()
	var res Result
	if err := r.fill(&res); err != nil {
		t.Fatal(err)
	}
	checkBooks(t, res)
	return res
}

func TestRecorderCountsTheWindowAlone(t *testing.T) {
	r, start := ledger()
	for k := range int64(115) { // 5 beyond the end
		r.Sent(k)
		sent := start.Add(r.Schedule().At(k) + time.Millisecond)
		r.Done(k, sent, sent.Add(2*time.Millisecond))
	}
	r.Close(start.Add(2 * time.Second))
	res := filled(t, r)
	if res.Scheduled != 100 || res.Sent != 100 || res.Done != 100 || res.Pending != 0 || r.Answers() != 115 {
		t.Errorf("scheduled %d, sent %d, done %d, pending %d", res.Scheduled, res.Sent, res.Done, res.Pending)
	}
	for _, c := range []struct {
		name    string
		encoded []byte
		want    time.Duration
	}{{"lateness", res.Lateness, time.Millisecond}, {"service", res.Service, 2 * time.Millisecond}, {"intended", res.Intended, 3 * time.Millisecond}} {
		if low, high := quantile(t, c.encoded, 0), quantile(t, c.encoded, 1); !near(low, c.want) || !near(high, c.want) {
			t.Errorf("%s from %v to %v, want %v", c.name, low, high, c.want)
		}
	}
}

// near allows for the histogram's three digits.
func near(got, want time.Duration) bool {
	return (got - want).Abs() <= want/1000+time.Microsecond
}

func TestRecorderKeepsFailuresOutAndPendingIn(t *testing.T) {
	r, start := ledger()
	at := func(k int64) time.Time { return start.Add(r.Schedule().At(k)) }
	r.Sent(10)
	r.Done(10, at(10), at(10).Add(5*time.Millisecond))
	r.Sent(11)
	r.Failed(11, at(11), classTimeout)
	r.Sent(12) // never comes back
	r.Sent(13) // comes back when it is abandoned
	r.Abandoned(13, at(13).Add(7*time.Millisecond))
	end := start.Add(3 * time.Second)
	r.Close(end)
	r.Done(12, at(12), end) // too late
	r.Failed(14, end, classReset)
	var res Result
	if err := r.fill(&res); err != nil {
		t.Fatal(err)
	}
	if res.Sent != 4 || res.Done != 1 || res.Failed != 1 || res.Pending != 2 || res.Errors[classTimeout] != 1 {
		t.Errorf("%+v", res)
	}
	if n := counts(t, res.Intended); n != 99 { // all but the failed one
		t.Errorf("intended-to-done holds %d values, want 99", n)
	}
	if got, want := quantile(t, res.Intended, 1), end.Sub(at(12)); !near(got, want) {
		t.Errorf("the oldest is %v, want %v", got, want)
	}
	if got, want := quantile(t, res.Intended, 0), 5*time.Millisecond; !near(got, want) {
		t.Errorf("the fastest is %v, want %v", got, want)
	}
	if counts(t, res.Lateness) != 3 || counts(t, res.Service) != 1 {
		t.Errorf("%d values of lateness, %d of service", counts(t, res.Lateness), counts(t, res.Service))
	}
}

// Whatever order things happen in, from however many goroutines, the books balance.
func TestRecorderBalances(t *testing.T) {
	r, start := ledger()
	var workers sync.WaitGroup
	for w := range uint64(8) {
		workers.Go(func() {
			rng := rand.New(rand.NewPCG(w, 1))
			for range 200 {
				k := rng.Int64N(120)
				r.Sent(k)
				switch rng.IntN(4) {
				case 0:
					r.Done(k, start, start)
				case 1:
					r.Failed(k, start, classEOF)
				}
			}
		})
	}
	workers.Wait()
	r.Close(start.Add(time.Minute))
	var res Result
	if err := r.fill(&res); err != nil {
		t.Fatal(err)
	}
	if res.Sent != 100 || res.Sent != res.Done+res.Failed+res.Pending || counts(t, res.Intended) != res.Scheduled-res.Failed {
		t.Errorf("sent %d, done %d, failed %d, pending %d", res.Sent, res.Done, res.Failed, res.Pending)
	}
}

func TestRecorderOfAJobThatNeverBegan(t *testing.T) {
	r := NewRecorder(NewSchedule(Job{Connections: 1, RequestsPerSecond: 10, Window: time.Second}), Part{})
	r.Close(time.Unix(1000, 0))
	if res := filled(t, r); res.Scheduled != 10 || res.Sent != 0 || counts(t, res.Intended) != 0 {
		t.Errorf("%+v", res)
	}
}

// Agents that end before their first request have their own share of the schedule each, and together the whole.
func TestPartsOfAScheduleAddUp(t *testing.T) {
	s, results := NewSchedule(Job{Connections: 10, RequestsPerSecond: 100, Seed: 3, WarmUp: 50 * time.Millisecond, Window: 1030 * time.Millisecond}), []Result{}
	for i := range 3 {
		results = append(results, filled(t, NewRecorder(s, Part{Index: i, Of: 3})))
	}
	sum, err := Merge(results)
	if err != nil {
		t.Fatal(err)
	}
	if sum.Scheduled != s.InWindow() || results[0].Scheduled == s.InWindow() || results[2].Scheduled == 0 {
		t.Errorf("%d of %d are scheduled: %d, %d and %d", sum.Scheduled, s.InWindow(), results[0].Scheduled, results[1].Scheduled, results[2].Scheduled)
	}
}
