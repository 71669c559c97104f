package trial

import (
	"path"
	"slices"
	"time"
)

// Schema is the version of a line of trials.jsonl. Lines of schema 1 have no chain, and raw/ has no seen.json for them.
const Schema = 2

// Status says what became of a trial.
type Status string

// A failure of the server is a result. Only the load side, the host or the harness
// invalidate a trial.
const (
	OK           Status = "ok"            // measured, all validity checks hold
	ServerFailed Status = "server-failed" // measured: the server refused, erred, lost connections or died
	Invalid      Status = "invalid"       // measured, a validity check failed; tried again
	Broken       Status = "broken"        // not measured: the harness or the host failed; tried again
)

// A Record is one trial: one fresh instance of one target in one cell. One line of trials.jsonl.
type Record struct {
	Schema    int       `json:"schema"`
	ID        string    `json:"id"`      // "012-hold-10000-go-server-r1-a1": slot, cell, target, replica, attempt; names raw/<id>/
	Slot      int       `json:"slot"`    // plan.Slot.Index
	Attempt   int       `json:"attempt"` // 1-based
	Block     int       `json:"block"`
	Cell      string    `json:"cell"`
	Target    string    `json:"target"`
	Replica   int       `json:"replica"`
	StartedAt time.Time `json:"started_at"`
	EndedAt   time.Time `json:"ended_at"`

	Status  Status `json:"status"`
	Failure string `json:"failure,omitempty"` // one line; why it is not OK
	// OutOfMemory says whether the server was killed for want of memory or used more than its placement allows; absent where nothing
	// told, and in records of before there was the field.
	OutOfMemory *bool `json:"out_of_memory,omitempty"`

	Counts      Counts             `json:"counts"`
	Errors      map[string]int64   `json:"errors,omitempty"` // failed requests by kind
	Connections Connections        `json:"connections"`
	Metrics     map[string]float64 `json:"metrics"`                    // by claim.Metric.ID, and further ones; a missing key is "not measured", never 0
	Rejected    map[string]float64 `json:"rejected_metrics,omitempty"` // measured, but a check of narrower scope failed; the trial's other metrics stand
	Checks      []Check            `json:"checks"`
	Warnings    []Warning          `json:"warnings,omitempty"`
	Raw         []Artifact         `json:"raw"`

	// Chain and SHA256 are set as the record is appended; docs/run-directory.md says what they protect.
	Chain  Chain  `json:"chain,omitzero"`
	SHA256 string `json:"sha256,omitempty"` // of the line up to the comma before it, and so the line's last field
}

// A Chain is what a record was made under: SHA-256 of plan.json, of env.json and of the record before.
type Chain struct {
	Plan     string `json:"plan"`
	Env      string `json:"env"`
	Previous string `json:"previous,omitempty"` // the line before, its field sha256; the first line has none
}

// Chained reports whether the record is of a version that has a chain and seen.json.
func (r Record) Chained() bool { return r.Schema >= 2 }

// HasRaw reports whether the trial left that raw file, such as "result.json".
func (r Record) HasRaw(name string) bool {
	return slices.ContainsFunc(r.Raw, func(a Artifact) bool { return path.Base(a.Path) == name })
}

// Late reports whether requests left too late for the latencies to count; another attempt may do better.
func (r Record) Late() bool {
	return r.Usable() && slices.ContainsFunc(r.Checks, func(c Check) bool { return !c.OK && c.Scope == Latency })
}

// Usable reports whether the record's numbers may enter a verdict.
func (r Record) Usable() bool { return r.Status == OK || r.Status == ServerFailed }

// Counts are of requests whose intended send lies in the window. Sent = Done + Failed + Pending.
type Counts struct {
	Scheduled int64 `json:"scheduled"`
	Sent      int64 `json:"sent"`
	Done      int64 `json:"done"`    // right status and right body
	Failed    int64 `json:"failed"`  // refused, reset, wrong status, wrong body, timed out
	Pending   int64 `json:"pending"` // still open at the end; in the latency histogram as "at least this long"
}

// Connections tells whether N was held.
type Connections struct {
	Asked   int                `json:"asked"`
	Held    bool               `json:"held"` // all three counts equal Asked in every sample, none closed on its own
	WhyNot  string             `json:"why_not,omitempty"`
	Closed  int64              `json:"closed"` // by the server or for what it sent unasked, from barrier to the end of the window
	Samples []ConnectionSample `json:"samples"`
}

// ConnectionSample is one verification, once a second of the window. -1: that side could not be asked.
// The connection that asks GET /stats is already taken off.
type ConnectionSample struct {
	AtSeconds float64 `json:"at_s"` // since the window's start
	Client    int     `json:"client"`
	Kernel    int     `json:"kernel"`
	Server    int     `json:"server"`
}

// A Check is one validity check with its value and limit.
type Check struct {
	ID     string  `json:"id"` // "agent-cpu", "lateness", ...
	Value  float64 `json:"value"`
	Limit  float64 `json:"limit"` // the most that is allowed; the least for "sent"
	Unit   string  `json:"unit"`
	OK     bool    `json:"ok"`
	Scope  Scope   `json:"scope,omitempty"`
	Detail string  `json:"detail,omitempty"` // for a person, when not OK
}

// Scope says what a failed check rejects.
type Scope string

// A check without a scope rejects the whole trial.
const (
	WholeTrial Scope = ""
	Latency    Scope = "latency"    // the latencies alone: CPU time, memory and connections are what they are
	Throughput Scope = "throughput" // what a saturated server does at its most, and the latencies: CPU time per request stands
)

// Warning is a doubt that travels beside a number.
type Warning struct {
	Code    string   `json:"code"`
	Detail  string   `json:"detail"`
	Metrics []string `json:"metrics,omitempty"` // the metrics it bears on; none named: all of the trial
}

// Artifact is a file under raw/<trial>/.
type Artifact struct {
	Path   string `json:"path"` // relative to the run directory, slashes
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
}

// IDs of the metrics that a record carries beside those of claim.Metrics; the report
// prints them, no verdict rests on them.
const (
	AgentCPUShare   = "agent_cpu_share"   // of the agent's CPUs
	TargetCPUShare  = "target_cpu_share"  // of the target's CPUs
	LatenessP99US   = "lateness_p99_us"   // send lateness
	ServiceP99MS    = "service_p99_ms"    // sent-to-done
	ServiceMeanMS   = "service_mean_ms"   // sent-to-done
	InFlight        = "in_flight"         // requests under way, mean over the window
	ConnectSeconds  = "connect_seconds"   // to open and verify all connections
	ConnectP50MS    = "connect_p50_ms"    // to open one connection
	ConnectP99MS    = "connect_p99_ms"    // same
	FirstByteP50MS  = "first_byte_p50_ms" // from the dial to the first byte of the first answer on a connection
	FirstByteP99MS  = "first_byte_p99_ms" // same
	BytesPerAnswer  = "bytes_per_answer"  // head and body of one answer
	HeaderBytes     = "header_bytes"      // head of one answer
	ThrottledSecs   = "throttled_seconds" // cgroup CPU throttling in the window
	StealShare      = "steal_share"
	ForeignCPUShare = "foreign_cpu_share" // of the target's CPUs, used by neither it nor interrupts
	ListenOverflows = "listen_overflows"
	UncountedLines  = "source_lines_uncounted" // of the files that a manifest leaves out of source_lines; absent where there are none
	Retransmits     = "retransmits"
	GCCount         = "gc_count"
	GCPauseSeconds  = "gc_pause_seconds"
)
