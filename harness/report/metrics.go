package report

import (
	"slices"

	"github.com/assay-bench/assay/harness/trial"
)

// IDs of the metrics that verdicts rest on, as records and claims name them.
const (
	cpuPerRequest  = "cpu_us_per_request"
	p50            = "p50_ms"
	p99            = "p99_ms"
	p999           = "p999_ms"
	memory         = "memory_bytes"
	memorySlope    = "memory_bytes_per_connection"
	sustainedRung  = "sustained_connections"
	requestsPerSec = "requests_per_second"
	costPerMonth   = "cost_usd_per_month"
	firstAnswer    = "first_answer_ms"
	idleMemory     = "idle_memory_bytes"
	binaryBytes    = "binary_bytes"
	imageBytes     = "image_bytes"
	sourceLines    = "source_lines"
	modules        = "modules"
	cleanBuild     = "build_s"
	rebuild        = "rebuild_s"
	editToAnswer   = "edit_to_answer_s"
)

// A metric is how a measured number is called and written.
type metric struct {
	ID    string
	Label string
	Unit  string // as in records
	write func(float64) string
}

// metrics are in the order of the side-by-side tables.
func metrics() []metric {
	return []metric{
		{requestsPerSec, "throughput", "answers/s", withUnit(number, " answers/s")},
		{p50, "p50 latency", "ms", withUnit(number, " ms")},
		{p99, "p99 latency", "ms", withUnit(number, " ms")},
		{p999, "p99.9 latency", "ms", withUnit(number, " ms")},
		{trial.InFlight, "requests in flight", "", number},
		{trial.ServiceP99MS, "p99 from the actual send", "ms", withUnit(number, " ms")},
		{trial.LatenessP99US, "p99 send lateness", "us", withUnit(number, " us")},
		{trial.ConnectSeconds, "time to connect all", "s", withUnit(number, " s")},
		{trial.ConnectP50MS, "p50 time to connect", "ms", withUnit(number, " ms")},
		{trial.ConnectP99MS, "p99 time to connect", "ms", withUnit(number, " ms")},
		{trial.FirstByteP50MS, "p50 dial to first answer", "ms", withUnit(number, " ms")},
		{trial.FirstByteP99MS, "p99 dial to first answer", "ms", withUnit(number, " ms")},
		{cpuPerRequest, "CPU time per request", "us", withUnit(number, " us")},
		{trial.TargetCPUShare, "CPU share of the target", "share", percent},
		{trial.AgentCPUShare, "CPU share of the load agent", "share", percent},
		{memory, "resident memory", "bytes", bytesIn},
		{memorySlope, "memory per connection (slope)", "bytes", bytesIn},
		{sustainedRung, "sustained connections", "connections", whole},
		{costPerMonth, "cost of machines", "USD/month", withUnit(money, " USD/month")},
		{firstAnswer, "exec to first answer", "ms", withUnit(number, " ms")},
		{idleMemory, "idle memory", "bytes", bytesIn},
		{binaryBytes, "size of the binary", "bytes", bytesIn},
		{imageBytes, "size of the image", "bytes", bytesIn},
		{sourceLines, "lines of source", "lines", withUnit(exact, " lines")},
		{modules, "modules of the build, its own included", "modules", modulesIn},
		{cleanBuild, "clean build", "s", withUnit(number, " s")},
		{rebuild, "rebuild after one edit", "s", withUnit(number, " s")},
		{editToAnswer, "edit to first answer", "s", withUnit(number, " s")},
		{trial.BytesPerAnswer, "bytes per answer", "bytes", withUnit(exact, " B")},
		{trial.HeaderBytes, "header bytes per answer", "bytes", withUnit(exact, " B")},
		{trial.GCCount, "garbage collections", "", exact},
		{trial.GCPauseSeconds, "time paused for them", "s", withUnit(number, " s")},
		{trial.ThrottledSecs, "CPU throttling", "s", withUnit(number, " s")},
		{trial.ForeignCPUShare, "CPU time of the target's CPUs that others used", "share", percent},
		{trial.StealShare, "CPU time stolen from the host", "share", percent},
		{trial.ListenOverflows, "listen overflows", "", exact},
		{trial.Retransmits, "TCP retransmits", "", exact},
	}
}

// metricOf finds a metric; one that this version does not know keeps its ID.
func metricOf(id, unit string) metric {
	all := metrics()
	if i := slices.IndexFunc(all, func(m metric) bool { return m.ID == id }); i >= 0 {
		return all[i]
	}
	if unit == "" {
		return metric{id, id, unit, number}
	}
	return metric{id, id, unit, withUnit(number, " "+unit)}
}

func withUnit(write func(float64) string, unit string) func(float64) string {
	return func(v float64) string {
		if s := write(v); s != missing {
			return s + unit
		}
		return missing
	}
}

// modulesIn writes a number of modules.
func modulesIn(v float64) string {
	if v == 1 {
		return "1 module"
	}
	return withUnit(exact, " modules")(v)
}

// exact writes a count as it is, and a mean of counts with one decimal.
func exact(v float64) string {
	if v == float64(int64(v)) {
		return count(int64(v))
	}
	return number(v)
}

func whole(v float64) string { return exact(v) }
