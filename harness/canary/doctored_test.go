package canary

import (
	"slices"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/load/histogram"
	"github.com/assay-bench/assay/harness/null"
	"github.com/assay-bench/assay/harness/trial"
)

// encoded is a histogram of one latency, counted n times.
func encoded(t *testing.T, latency time.Duration, n int64) []byte {
	t.Helper()
	h := histogram.New()
	if err := h.RecordValues(latency.Microseconds(), n); err != nil {
		t.Fatal(err)
	}
	b, err := histogram.Encode(h)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// broken names the predictions that do not hold.
func broken(predictions []Prediction) []string {
	var names []string
	for _, p := range predictions {
		if !p.OK {
			names = append(names, p.What)
		}
	}
	return names
}

// What a load counts wrong of spoiled answers, a prediction finds: the result of a harness that measures right, doctored
// as one would give it in which the check is taken out.
func TestDoctoredAnswers(t *testing.T) {
	const sent = 128_000
	bodies, statuses := null.Options{WrongEvery: 1000}, null.Options{StatusEvery: 1000}
	both := null.Options{WrongEvery: 1000, StatusEvery: 500}
	for name, c := range map[string]struct {
		spoil  null.Options
		doctor func(*load.Result)
		want   []string
	}{
		"bodies":   {bodies, func(*load.Result) {}, nil},
		"statuses": {statuses, func(*load.Result) {}, nil},
		"both":     {both, func(*load.Result) {}, nil},
		"bodies are not checked": {bodies, func(r *load.Result) {
			r.Done, r.Failed, r.Errors = sent, 0, nil
		}, []string{"wrong bodies", "failed", "right answers"}},
		"the status is not checked": {statuses, func(r *load.Result) {
			r.Done, r.Failed, r.Errors = sent, 0, nil
		}, []string{"status 500", "failed", "right answers"}},
		"of both, bodies are not checked": {both, func(r *load.Result) {
			r.Done, r.Failed, r.Errors = r.Done+128, r.Failed-128, map[string]int64{"status 500": 256}
		}, []string{"wrong bodies", "failed", "right answers"}},
		"a status passes for a body": {statuses, func(r *load.Result) {
			r.Errors = map[string]int64{"wrong body": 128}
		}, []string{"wrong bodies", "status 500"}},
		"one is missed": {bodies, func(r *load.Result) {
			r.Done, r.Failed, r.Errors["wrong body"] = r.Done+1, r.Failed-1, 127
		}, []string{"wrong bodies", "failed", "right answers"}},
		"one fails otherwise": {bodies, func(r *load.Result) {
			r.Done, r.Failed, r.Errors["reset"] = r.Done-1, r.Failed+1, 1
		}, []string{"failed", "right answers"}},
		"wrong ones are right as well": {bodies, func(r *load.Result) { r.Done = sent }, []string{"right answers"}},
		"one is pending":               {bodies, func(r *load.Result) { r.Done, r.Pending = r.Done-1, 1 }, []string{"right answers"}},
	} {
		wrong, failing := c.spoil.Wrong(1, sent), c.spoil.Failing(1, sent)
		r := load.Result{
			Scheduled: sent, Sent: sent, Done: sent - wrong - failing, Failed: wrong + failing,
			Errors: map[string]int64{"wrong body": wrong, "status 500": failing},
		}
		c.doctor(&r)
		if got := broken(spoiledCounts(c.spoil, r)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q fail, not %q", name, got, c.want)
		}
	}
}

// CPU time that is not known, or leaves the sending out, is found out.
func TestDoctoredWork(t *testing.T) {
	for name, c := range map[string]struct {
		seconds float64
		want    bool
	}{"as it is": {0.3, true}, "the sending is idleness": {0.015, false}, "not known": {-1, false}} {
		if got := ownWork(load.Result{Sent: 15_000, AgentCPUSeconds: c.seconds}, leastWorkUS); got.OK != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// A rate, a latency or a count of requests under way that a saturated loop gets wrong contradicts the other two.
func TestDoctoredSaturation(t *testing.T) {
	const (
		connections = 64
		window      = 2 * time.Second
		latency     = time.Millisecond
		sent        = 128_000 // connections x window / latency
	)
	spoil := null.Options{WrongEvery: 1000}
	for name, c := range map[string]struct {
		doctor func(*load.Result)
		want   []string
	}{
		"as it is":          {func(*load.Result) {}, nil},
		"the headline by 3": {func(r *load.Result) { r.Intended = encoded(t, latency/3, sent) }, []string{"rate x latency"}},
		"service by 3":      {func(r *load.Result) { r.Service = encoded(t, latency/3, sent) }, []string{"rate x service time"}},
		"both by 3": {func(r *load.Result) {
			r.Intended, r.Service = encoded(t, latency/3, sent), encoded(t, latency/3, sent)
		}, []string{"rate x latency", "rate x service time"}},
		"idle connections":        {func(r *load.Result) { r.InFlight = 60 }, []string{"in flight"}},
		"not counted":             {func(r *load.Result) { r.InFlight = -1 }, []string{"in flight"}},
		"work taken for idleness": {func(r *load.Result) { r.AgentCPUSeconds /= 10 }, []string{"agent's CPU a request"}},
		"twice the rate": {func(r *load.Result) { r.Scheduled, r.Sent, r.Done = 2*sent, 2*sent, 2*sent-128 },
			[]string{"wrong bodies", "failed", "right answers", "rate x latency", "rate x service time"}},
	} {
		r := load.Result{
			Scheduled: sent, Sent: sent, Done: sent - 128, Failed: 128, InFlight: connections,
			Errors:   map[string]int64{"wrong body": 128},
			Intended: encoded(t, latency, sent-128), Service: encoded(t, latency, sent-128), AgentCPUSeconds: 0.5,
		}
		c.doctor(&r)
		predictions, err := saturatedNumbers(spoil, connections, window, r)
		if got := broken(predictions); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %q fail, not %q; %v", name, got, c.want, err)
		}
	}
	if _, err := saturatedNumbers(spoil, connections, window, load.Result{}); err == nil {
		t.Error("a result without latencies")
	}
}

// A closed loop that idles, or counts half, contradicts connections / delay.
func TestDoctoredWaiting(t *testing.T) {
	const (
		connections = 500
		delay       = 100 * time.Millisecond
		window      = 2 * time.Second
	)
	for name, c := range map[string]struct {
		doctor func(*load.Result)
		want   []string
	}{
		"as it is":         {func(*load.Result) {}, nil},
		"latencies by 3":   {func(r *load.Result) { r.Intended = encoded(t, delay/3, 1) }, []string{"p50"}},
		"half of them":     {func(r *load.Result) { r.Done /= 2 }, []string{"rate"}},
		"idle connections": {func(r *load.Result) { r.InFlight = 474 }, []string{"in flight"}},
		"not counted":      {func(r *load.Result) { r.InFlight = -1 }, []string{"in flight"}},
	} {
		r := load.Result{Done: 10_000, InFlight: connections, Intended: encoded(t, delay, 10_000)}
		c.doctor(&r)
		predictions, err := waitingNumbers(connections, delay, window, r)
		if got := broken(predictions); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %q fail, not %q; %v", name, got, c.want, err)
		}
	}
	if _, err := waitingNumbers(connections, delay, window, load.Result{}); err == nil {
		t.Error("a result without latencies")
	}
}

// A census that does not ask a side, and has another side's count stand in, is found out in any sample.
func TestDoctoredCensus(t *testing.T) {
	for name, c := range map[string]struct {
		doctor func(*trial.Connections)
		want   []string
	}{
		"as it is": {func(*trial.Connections) {}, nil},
		"only the client is asked": {func(c *trial.Connections) {
			for i := range c.Samples {
				c.Samples[i].Kernel, c.Samples[i].Server = c.Samples[i].Client, c.Samples[i].Client
			}
			c.Held = true
		}, []string{"N held", "kernel", "server"}},
		"the kernel is not asked": {func(c *trial.Connections) { c.Samples[1].Kernel = 500 }, []string{"kernel"}},
		"the server is not asked": {func(c *trial.Connections) { c.Samples[1].Server = 500 }, []string{"server"}},
		"the client is not asked": {func(c *trial.Connections) { c.Samples[0].Client = 507 }, []string{"client"}},
		"the asking one counted":  {func(c *trial.Connections) { c.Samples[0].Server = 508 }, []string{"server"}},
		"the kernel is not known": {func(c *trial.Connections) { c.Samples[0].Kernel = -1 }, []string{"kernel"}},
		"held all the same":       {func(c *trial.Connections) { c.Held = true }, []string{"N held"}},
		"closed":                  {func(c *trial.Connections) { c.Closed = 1 }, []string{"closed"}},
		"no sample":               {func(c *trial.Connections) { c.Samples = nil }, []string{"samples", "client", "kernel", "server"}},
	} {
		got := trial.Connections{Asked: 500, Samples: []trial.ConnectionSample{
			{AtSeconds: 0, Client: 500, Kernel: 507, Server: 507}, {AtSeconds: 1, Client: 500, Kernel: 507, Server: 507},
		}}
		c.doctor(&got)
		if names := broken(guestCounts(500, 7, time.Second, got)); !slices.Equal(names, c.want) {
			t.Errorf("%s: %q fail, not %q", name, names, c.want)
		}
	}
}

// Where closed loops cannot be driven, their canaries are left out, and no other.
func TestFor(t *testing.T) {
	if got := len(For(load.Native)); got != len(All()) {
		t.Errorf("%d of %d for the native engine", got, len(All()))
	}
	var left []string
	for _, c := range For(load.Vegeta) {
		left = append(left, c.ID)
	}
	want := []string{"fixed delay", "slow server", "stall", "wrong answers", "guests", "closed connections", "capped server"}
	if !slices.Equal(left, want) {
		t.Errorf("for vegeta: %q", left)
	}
}
