package load

import (
	"bytes"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/load/conns"
	"github.com/assay-bench/assay/harness/load/histogram"
)

// A job split over k agents gives what one agent gives on the same schedule: counts, errors and histograms, to the bit.
// The samples are drawn for each request of the schedule: when it was taken up, how it ended, and when.
func TestPartsAddUpToTheWhole(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 7))
	for range 60 {
		job := Job{
			Connections: 1 + rng.IntN(50), RequestsPerSecond: 50 + 500*rng.Float64(), Seed: rng.Uint64(),
			WarmUp: time.Duration(rng.IntN(300)) * time.Millisecond, Window: time.Second,
		}
		s := NewSchedule(job)
		fates := make([]fate, s.Total())
		for k := range fates {
			fates[k] = drawFate(rng)
		}
		k := 1 + rng.IntN(min(5, job.Connections))
		parts := make([]Result, k)
		for i := range parts {
			parts[i] = tell(t, s, fates, Part{Index: i, Of: k})
		}
		whole := tell(t, s, fates, Part{})
		got, err := Merge(parts)
		if err != nil {
			t.Fatal(err)
		}
		if got.Scheduled != whole.Scheduled || got.Sent != whole.Sent || got.Done != whole.Done || got.Failed != whole.Failed ||
			got.Pending != whole.Pending || !reflect.DeepEqual(got.Errors, whole.Errors) || got.Failure != "" {
			t.Errorf("%d parts: %+v, want %+v", k, got, whole)
		}
		if got.Sent != got.Done+got.Failed+got.Pending {
			t.Errorf("sent %d, done %d, failed %d, pending %d", got.Sent, got.Done, got.Failed, got.Pending)
		}
		for name, h := range map[string][2][]byte{
			"intended": {got.Intended, whole.Intended}, "service": {got.Service, whole.Service},
			"lateness": {got.Lateness, whole.Lateness}, "connect": {got.Connect, whole.Connect},
			"first answer": {got.FirstByte, whole.FirstByte},
		} {
			if !sameCounts(t, h[0], h[1]) {
				t.Errorf("%d parts: the %s histogram differs", k, name)
			}
		}
	}
}

// A fate is what becomes of a request: taken up so late, and after so long answered, failed or still open.
type fate struct {
	late, took time.Duration
	class      string // "" answered, "open" still open
}

func drawFate(rng *rand.Rand) fate {
	f := fate{late: time.Duration(rng.IntN(2000)) * time.Microsecond, took: time.Duration(rng.ExpFloat64() * 3e6)}
	switch rng.IntN(20) {
	case 0:
		f.class = conns.Reset
	case 1:
		f.class = "open"
	}
	return f
}

// tell records the fates of the requests on a part's connections, and makes a result of it.
func tell(t *testing.T, s *Schedule, fates []fate, p Part) Result {
	t.Helper()
	start := time.Unix(1000, 0)
	rec := NewRecorder(s, p)
	rec.Begin(start)
	tally := conns.NewTally()
	for k := range s.Total() {
		if s.Conn(k)%p.of() != p.Index {
			continue
		}
		at, f := s.At(k), fates[k]
		if _, in := s.Place(k); !in {
			continue
		}
		tally.Scheduled++
		tally.Sent++
		histogram.Add(tally.Lateness, f.late)
		switch f.class {
		case "":
			tally.Done++
			histogram.Add(tally.Intended, f.late+f.took)
			histogram.Add(tally.Service, f.took)
		case "open":
			tally.Pending++
			histogram.Add(tally.Intended, s.End()+time.Second-at)
		default:
			tally.Failed++
			tally.Errors[f.class]++
		}
		histogram.Add(tally.Connect, f.late)
		histogram.Add(tally.FirstByte, f.late+f.took)
	}
	rec.adopt(tally)
	res := Result{StartUnixNano: start.UnixNano(), HeaderBytes: -1, BytesPerAnswer: -1}
	if err := rec.fill(&res); err != nil {
		t.Fatal(err)
	}
	return res
}

func sameCounts(t *testing.T, a, b []byte) bool {
	t.Helper()
	ha, err := histogram.Decode(a)
	if err != nil {
		t.Fatal(err)
	}
	hb, err := histogram.Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Equal(a, b) && ha.Equals(hb)
}

func TestMergeOfWhatIsNotCounted(t *testing.T) {
	empty, err := histogram.Encode(histogram.New())
	if err != nil {
		t.Fatal(err)
	}
	part := func(change func(*Result)) Result {
		r := Result{StartUnixNano: 1e18, Done: 10, InFlight: 1.5, InFlightEdges: -0.5, HaltedSeconds: 0.25, AgentCPUSeconds: 0.25, AgentUserSeconds: 0.125, ConnectSeconds: 1,
			HeaderBytes: 100, BytesPerAnswer: 300, ListenOverflows: 2, RetransmitSegments: 3, AgentMaxRSSBytes: 5,
			Samples:  []Sample{{AtSeconds: 0, Client: 5, Kernel: 10, Server: 10}, {AtSeconds: 1, Client: 5, Kernel: 10, Server: 10}},
			Intended: empty, Service: empty, Lateness: empty, Connect: empty, FirstByte: empty, Warnings: []string{"slow"}}
		if change != nil {
			change(&r)
		}
		return r
	}
	got, err := Merge([]Result{part(nil), part(func(r *Result) {
		r.Done, r.HeaderBytes, r.BytesPerAnswer, r.ConnectSeconds = 30, 104, 304, 2
		r.Samples[0].Server, r.Samples[1].Kernel, r.ListenOverflows, r.HaltedSeconds = 11, 9, 4, 0.5
	})})
	if err != nil {
		t.Fatal(err)
	}
	if got.InFlight != 3 || got.InFlightEdges != -1 || got.HaltedSeconds != 0.5 || got.AgentCPUSeconds != 0.5 || got.AgentMaxRSSBytes != 10 || got.ConnectSeconds != 2 || got.HeaderBytes != 103 ||
		math.Abs(got.BytesPerAnswer-303) > 1e-9 || got.ListenOverflows != 4 || got.RetransmitSegments != 3 || len(got.Warnings) != 1 {
		t.Errorf("%+v", got)
	}
	if want := []Sample{{0, 10, 10, 11}, {1, 10, 9, 10}}; !reflect.DeepEqual(got.Samples, want) {
		t.Errorf("samples %v, want %v", got.Samples, want)
	}
	for name, c := range map[string]struct {
		change func(*Result)
		want   string
	}{
		"failed": {func(r *Result) { r.Failure, r.FailureSide = "no port", sideHost }, "agent 2 of 2: no port"},
		"late":   {func(r *Result) { r.StartUnixNano += 5e8 }, "agent 2 of 2 began 0.500 s after the first"},
	} {
		if got, err := Merge([]Result{part(nil), part(c.change)}); err != nil || got.Failure != c.want || got.FailureSide == "" {
			t.Errorf("%s: failure %q (%s), %v", name, got.Failure, got.FailureSide, err)
		}
	}
	gone := part(func(r *Result) { r.Failure, r.FailureSide, r.FailureFollows = "another agent is gone", sideLoad, true })
	for want, parts := range map[string][]Result{
		"agent 2 of 2: no files":              {gone, part(func(r *Result) { r.Failure, r.FailureSide = "no files", sideHost })},
		"agent 1 of 2: another agent is gone": {gone, gone},
	} {
		if got, err := Merge(parts); err != nil || got.Failure != want || got.FailureFollows {
			t.Errorf("failure %q, follows %t, %v; want %q", got.Failure, got.FailureFollows, err, want)
		}
	}
	unknown, err := Merge([]Result{part(nil), part(func(r *Result) { r.AgentCPUSeconds, r.InFlight, r.HaltedSeconds, r.Intended = -1, -1, -1, nil })})
	if err != nil || unknown.AgentCPUSeconds != -1 || unknown.InFlight != -1 || unknown.HaltedSeconds != -1 || unknown.Intended != nil {
		t.Errorf("not known in one part: %+v, %v", unknown, err)
	}
	if _, err := Merge([]Result{part(nil), part(func(r *Result) { r.Service = []byte("x") })}); err == nil {
		t.Error("a histogram that can't be read was merged")
	}
}
