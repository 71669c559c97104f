package measure

import (
	"fmt"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"

	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/probe"
	"github.com/assay-bench/assay/harness/trial"
)

// IDs of the metrics of claim.Metrics that one trial yields. Package measure may not import
// claim; a test of package verdict holds the two lists together.
const (
	cpuPerRequest = "cpu_us_per_request"
	p50           = "p50_ms"
	p99           = "p99_ms"
	p999          = "p999_ms"
	memory        = "memory_bytes"
	perSecond     = "requests_per_second" // right answers
)

// describe fills the record with what was counted and measured. A number that could not
// be measured has no key; the doubt about it is a warning.
func describe(rec *trial.Record, o observation) error {
	r := o.Result
	rec.Counts = trial.Counts{Scheduled: r.Scheduled, Sent: r.Sent, Done: r.Done, Failed: r.Failed, Pending: r.Pending}
	rec.Errors = r.Errors
	rec.Connections = connections(o)
	rec.Metrics = map[string]float64{}
	for _, w := range r.Warnings {
		rec.Warnings = append(rec.Warnings, trial.Warning{Code: "load", Detail: w})
	}
	for _, e := range o.Seen.Unsampled {
		rec.Warnings = append(rec.Warnings, trial.Warning{Code: "probe", Detail: e})
	}
	if r.EndUnixNano == 0 {
		return nil // there was no window
	}
	if err := latencies(rec, o); err != nil {
		return err
	}
	opening(rec, o)
	use(rec, o)
	server(rec, r)
	return nil
}

func connections(o observation) trial.Connections {
	c := trial.Connections{Asked: o.cell.Connections, Closed: o.Result.Closed}
	for _, s := range o.Result.Samples {
		c.Samples = append(c.Samples, trial.ConnectionSample(s))
	}
	c.Held, c.WhyNot = held(c, o.Result)
	return c
}

// held tells whether N was held: every sample of all three sides says N, and no connection
// closed on its own.
func held(c trial.Connections, r load.Result) (bool, string) {
	if r.Failure != "" {
		return false, r.Failure
	}
	if len(c.Samples) == 0 {
		return false, "the number of connections was never verified"
	}
	for _, s := range c.Samples {
		if s.Client != c.Asked || s.Kernel != c.Asked || s.Server != c.Asked {
			return false, fmt.Sprintf("%.0f s into the window %s of %d", s.AtSeconds, sides(s), c.Asked)
		}
	}
	if c.Closed > 0 {
		return false, fmt.Sprintf("%d connections were closed by the server or the host", c.Closed)
	}
	return true, ""
}

func sides(s trial.ConnectionSample) string {
	side := func(n int) string {
		if n < 0 {
			return "not known"
		}
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("client %s, kernel %s, server %s", side(s.Client), side(s.Kernel), side(s.Server))
}

// latencies reads the quantiles of the window's histograms.
func latencies(rec *trial.Record, o observation) error {
	for _, tag := range []string{TagIntended, TagService, TagLateness} {
		if o.Histograms[tag] == nil {
			return fmt.Errorf("%s has no histogram %q", RawLatencies, tag)
		}
	}
	intended, service, late := o.Histograms[TagIntended], o.Histograms[TagService], o.Histograms[TagLateness]
	set := func(id string, h *hdrhistogram.Histogram, percentile, perUnit float64) {
		if need := o.limits.SamplesFor(percentile); h.TotalCount() < need {
			rec.Warnings = append(rec.Warnings, trial.Warning{Code: "few-samples", Metrics: []string{id},
				Detail: fmt.Sprintf("p%g is not given: %d samples, it takes %d", percentile, h.TotalCount(), need)})
			return
		}
		rec.Metrics[id] = float64(h.ValueAtQuantile(percentile)) / perUnit
	}
	set(p50, intended, 50, 1000)
	set(p99, intended, 99, 1000)
	set(p999, intended, 99.9, 1000)
	set(trial.ServiceP99MS, service, 99, 1000)
	if !o.cell.Mode.Closed() { // a closed loop has no send that could be late
		set(trial.LatenessP99US, late, 99, 1)
	}
	if service.TotalCount() > 0 {
		rec.Metrics[trial.ServiceMeanMS] = service.Mean() / 1000
	}
	if o.Result.InFlight >= 0 {
		rec.Metrics[trial.InFlight] = o.Result.InFlight
	}
	return nil
}

// opening describes how long connections took to open. One that is not given for want of samples is no doubt of a verdict.
func opening(rec *trial.Record, o observation) {
	for _, m := range []struct {
		id, tag    string
		percentile float64
	}{
		{trial.ConnectP50MS, TagConnect, 50}, {trial.ConnectP99MS, TagConnect, 99},
		{trial.FirstByteP50MS, TagFirstByte, 50}, {trial.FirstByteP99MS, TagFirstByte, 99},
	} {
		h := o.Histograms[m.tag] // nil for the first byte in runs of version 0.1
		if h != nil && h.TotalCount() >= o.limits.SamplesFor(m.percentile) {
			rec.Metrics[m.id] = float64(h.ValueAtQuantile(m.percentile)) / 1000
		}
	}
}

// use divides what the samplers saw over the window.
func use(rec *trial.Record, o observation) {
	from, to := window(o.Result)
	seconds := to.Sub(from).Seconds()
	rec.Metrics[perSecond] = float64(o.Result.Done) / seconds
	target := o.Samples[TargetSource]
	if cpu, _, _, ok := probe.CPUBetween(target, from, to); ok {
		rec.Metrics[trial.TargetCPUShare] = cpu.Seconds() / seconds / float64(max(1, len(o.place.targetCPUs)))
		o.foreign(rec)
		if o.Result.Done > 0 {
			rec.Metrics[cpuPerRequest] = float64(cpu.Microseconds()) / float64(o.Result.Done)
		}
	} else {
		rec.Warnings = append(rec.Warnings, trial.Warning{Code: "no-cpu", Metrics: []string{cpuPerRequest},
			Detail: "the samples of the target's CPU time do not span the window"})
	}
	if m, ok := probe.MedianResident(target, from, to); ok {
		rec.Metrics[memory] = float64(m)
	}
	if cpu := o.Result.AgentCPUSeconds; cpu >= 0 {
		rec.Metrics[trial.AgentCPUShare] = cpu / seconds / float64(max(1, len(o.place.loadCPUs)))
	}
	if t := o.troubles(from, to).Throttled; t >= 0 {
		rec.Metrics[trial.ThrottledSecs] = t.Seconds()
	}
	if steal := o.steal(); steal >= 0 {
		rec.Metrics[trial.StealShare] = steal
	}
}

func window(r load.Result) (from, to time.Time) {
	return time.Unix(0, r.StartUnixNano), time.Unix(0, r.EndUnixNano)
}

// server takes over what the server says of itself and what the network counted.
func server(rec *trial.Record, r load.Result) {
	rec.Metrics[trial.ConnectSeconds] = r.ConnectSeconds
	if r.BytesPerAnswer > 0 {
		rec.Metrics[trial.BytesPerAnswer] = r.BytesPerAnswer
		rec.Metrics[trial.HeaderBytes] = r.HeaderBytes
	}
	if r.ListenOverflows >= 0 {
		rec.Metrics[trial.ListenOverflows] = float64(r.ListenOverflows)
	}
	if r.RetransmitSegments >= 0 {
		rec.Metrics[trial.Retransmits] = float64(r.RetransmitSegments)
	}
	a, b := r.ServerStatsStart, r.ServerStatsEnd
	if a == nil || b == nil {
		return
	}
	if a.GCCount != nil && b.GCCount != nil {
		rec.Metrics[trial.GCCount] = float64(*b.GCCount - *a.GCCount)
	}
	if a.GCPauseTotalNano != nil && b.GCPauseTotalNano != nil {
		rec.Metrics[trial.GCPauseSeconds] = float64(*b.GCPauseTotalNano-*a.GCPauseTotalNano) / 1e9
	}
}
