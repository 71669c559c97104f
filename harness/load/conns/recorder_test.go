package conns

import (
	"cmp"
	"math"
	"slices"
	"testing"
	"time"
)

const ms = time.Millisecond

func TestRecorderCountsTheWindowAlone(t *testing.T) {
	r := newRecorder(Open, 100*ms, 200*ms)
	for _, at := range []time.Duration{99 * ms, 100 * ms, 150 * ms, 199 * ms, 200 * ms} {
		r.taken(at, at+ms)
		r.began(at + ms)
	}
	r.ended(99*ms, 100*ms, 101*ms)
	r.done(99*ms, 100*ms, 101*ms, 100, 300)
	r.ended(100*ms, 101*ms, 110*ms)
	r.done(100*ms, 101*ms, 110*ms, 100, 300)
	r.ended(150*ms, 151*ms, 160*ms)
	r.failed(150*ms, Reset)
	r.pending(199*ms, 300*ms)
	r.pending(200*ms, 300*ms)
	r.close(300 * ms)
	if r.Sent != 3 || r.Done != 1 || r.Failed != 1 || r.Pending != 1 || r.Errors[Reset] != 1 || r.HeadBytes != 100 || r.BodyBytes != 200 {
		t.Errorf("sent %d, done %d, failed %d %v, pending %d", r.Sent, r.Done, r.Failed, r.Errors, r.Pending)
	}
	if n := r.Intended.TotalCount(); n != 2 || r.Intended.Max() < 101_000 || r.Lateness.TotalCount() != 3 || r.Service.TotalCount() != 1 {
		t.Errorf("%d intended up to %d us, %d late, %d service", n, r.Intended.Max(), r.Lateness.TotalCount(), r.Service.TotalCount())
	}
}

// In flight by Little's law: 3 of 10 ms, one of which begins before the window and one ends after it.
func TestInFlightIsTheMeanOverTheWindow(t *testing.T) {
	r := newRecorder(Open, 100*ms, 200*ms)
	for _, e := range []struct {
		at     time.Duration
		change int64
	}{{95 * ms, 1}, {105 * ms, -1}, {150 * ms, 1}, {155 * ms, 1}, {160 * ms, -1}, {165 * ms, -1}, {195 * ms, 1}, {205 * ms, -1}} {
		r.flight(e.at, e.change)
	}
	r.close(300 * ms)
	if want := (5 + 10 + 10 + 5) / 100.0; math.Abs(r.InFlight-want) > 1e-9 {
		t.Errorf("%v in flight, want %v", r.InFlight, want)
	}
}

// Little's law at the edges of a window: what is under way in it, less what other windows' requests are, and with what its own
// are after its end, is the sum of its own requests' times.
func TestEdgesCloseLittlesLaw(t *testing.T) {
	requests := []struct{ intended, written, done time.Duration }{
		{50 * ms, 50 * ms, 80 * ms},    // before it
		{90 * ms, 95 * ms, 105 * ms},   // meant before, 5 ms in it
		{95 * ms, 110 * ms, 120 * ms},  // meant before, sent late, wholly in it
		{150 * ms, 150 * ms, 160 * ms}, // in it
		{195 * ms, 195 * ms, 230 * ms}, // 5 ms in it, 30 behind it
		{198 * ms, 205 * ms, 215 * ms}, // its own, sent after its end
		{210 * ms, 210 * ms, 220 * ms}, // behind it
		{60 * ms, 70 * ms, 900 * ms},   // never answered, under way all the time
	}
	type moment struct {
		at   time.Duration
		note func()
	}
	r, served := newRecorder(Open, 100*ms, 200*ms), time.Duration(0)
	var moments []moment
	for _, q := range requests {
		moments = append(moments, moment{q.written, func() { r.began(q.written) }})
		switch {
		case q.done == 900*ms:
			moments = append(moments, moment{300 * ms, func() { r.edge(q.intended, q.written, 300*ms) }})
		default:
			moments = append(moments, moment{q.done, func() { r.ended(q.intended, q.written, q.done) }})
		}
		if q.intended >= 100*ms && q.intended < 200*ms {
			served += q.done - q.written
		}
	}
	slices.SortFunc(moments, func(a, b moment) int { return cmp.Compare(a.at, b.at) })
	for _, m := range moments {
		m.note()
	}
	r.close(300 * ms)
	if law := float64(served) / float64(100*ms); math.Abs(law+r.Edges-r.InFlight) > 1e-9 || r.InFlight != 1.3 {
		t.Errorf("%v in flight, of them %v at the edges; rate times service time is %v", r.InFlight, r.Edges, law)
	}
}

// Of a stretch in which the thread did not run, what lies in the window counts.
func TestHaltsOfTheWindow(t *testing.T) {
	r := newRecorder(Closed, 100*ms, 200*ms)
	for _, halt := range [][2]time.Duration{{50 * ms, 90 * ms}, {80 * ms, 110 * ms}, {150 * ms, 155 * ms}, {190 * ms, 250 * ms}, {210 * ms, 220 * ms}} {
		r.halted(halt[0], halt[1])
	}
	if want := 25 * ms; r.Halted != want {
		t.Errorf("halted %v, want %v", r.Halted, want)
	}
}
