package load

import (
	"context"
	"time"

	"github.com/assay-bench/assay/harness/scenario"
)

// The engines.
const (
	Native = "native" // package conns; Linux
	Vegeta = "vegeta" // vegeta's library; everywhere
)

// A Job is everything an engine needs to know; the agent reads it from a file.
type Job struct {
	Engine            string        `json:"engine"`  // Native or Vegeta
	Address           string        `json:"address"` // "127.0.0.1:8080"
	Mode              scenario.Mode `json:"mode"`
	Request           string        `json:"request"` // "GET /item?id={id}"
	Connections       int           `json:"connections"`
	RequestsPerSecond float64       `json:"requests_per_second"` // total; connection k sends with period Connections/RequestsPerSecond, even phases in seeded order; 0 in a closed loop
	Spread            time.Duration `json:"spread_ns,omitempty"` // of a closed loop's first requests
	Seed              uint64        `json:"seed"`
	ConnectPerSecond  float64       `json:"connect_per_second"` // rate of opening connections, below what the server accepts
	ConnectTimeout    time.Duration `json:"connect_timeout_ns"` // for all of them to be open and verified
	WarmUp            time.Duration `json:"warm_up_ns"`
	Window            time.Duration `json:"window_ns"`
	Drain             time.Duration `json:"drain_ns"`           // how long answers may still come after the window
	RequestTimeout    time.Duration `json:"request_timeout_ns"` // from the send; then failed as "timeout"
	SLOP99            time.Duration `json:"slo_p99_ns"`
	// Awake is how long before a send of an open loop the engine stops sleeping, and whether it sleeps at all in a closed one
	// (package conns); for an agent with CPUs of its own.
	Awake time.Duration `json:"awake_ns,omitempty"`
	Part  Part          `json:"part"` // of the connections, where several agents drive the job
	CPUs  int           `json:"cpus"` // how many the agent has: GOMAXPROCS, and the denominator of its share
}

// Phase names a stage of a job; the agent prints one JSON line at each.
type Phase string

// The phases, in order.
const (
	Connecting Phase = "connecting"
	Verified   Phase = "verified" // client = kernel = server = N; warm-up begins
	Measuring  Phase = "measuring"
	Draining   Phase = "draining"
	Finished   Phase = "finished"
)

// Progress is one line of the agent's stdout.
type Progress struct {
	Phase    Phase   `json:"phase"`
	UnixNano int64   `json:"unix_ns"`
	Open     int     `json:"open"`     // connections
	Done     int64   `json:"done"`     // answers so far
	Fraction float64 `json:"fraction"` // of the job's time, 0..1
}

// A Result is what the agent writes when the job is over.
type Result struct {
	// Failure: the job could not be measured to its end (could not connect, could not
	// verify). FailureSide says whose it is: "server", "load" or "host".
	Failure     string `json:"failure,omitempty"`
	FailureSide string `json:"failure_side,omitempty"`
	// FailureFollows: what Failure says came of another agent of this job, which failed first.
	FailureFollows bool `json:"failure_follows,omitempty"`

	StartUnixNano int64 `json:"start_unix_ns"` // window, wall clock of the agent's host
	EndUnixNano   int64 `json:"end_unix_ns"`

	Scheduled int64            `json:"scheduled"`
	Sent      int64            `json:"sent"`
	Done      int64            `json:"done"`
	Failed    int64            `json:"failed"`
	Pending   int64            `json:"pending"`
	Errors    map[string]int64 `json:"errors,omitempty"` // of Failed: "refused", "reset", "timeout", "status 500", "wrong body", "eof", ...

	InFlight float64 `json:"in_flight"` // requests under way, mean over the window; -1 not known (vegeta)
	// InFlightEdges is what InFlight holds of requests that belong before or behind the window, less what the window's own were
	// under way after its end; the rest is rate times service time. 0 in results of older versions.
	InFlightEdges float64 `json:"in_flight_edges,omitempty"`

	// HaltedSeconds is how much of the window the load side did not look for answers although it was due to, beyond the 10 ms that it waits
	// at the longest, in stretches of more than 11 ms; the largest of its threads'. -1 not known (vegeta); 0 in results of
	// older versions.
	HaltedSeconds float64 `json:"halted_s"`

	ConnectSeconds float64  `json:"connect_seconds"` // first dial to barrier passed
	Closed         int64    `json:"closed"`          // by the server or for what it sent unasked, from barrier to the end of the window
	Reopened       int64    `json:"reopened"`        // connections opened after the barrier: N was not held
	Samples        []Sample `json:"samples"`

	// Histograms, HdrHistogram V2 compressed log encoding (base64 as encoding/json does
	// for bytes), microseconds, 1 us to 60 s, 3 significant digits.
	Intended []byte `json:"intended"` // intended send to done; pending ones included at their age
	Service  []byte `json:"service"`  // sent to done
	Lateness []byte `json:"lateness"` // intended send to sent
	Connect  []byte `json:"connect"`  // time of each dial
	// FirstByte is the time from each dial to the first byte of the first answer on that connection, to GET /healthz. In results
	// of older versions it goes on to that answer's last byte.
	FirstByte []byte `json:"first_byte"`

	AgentCPUSeconds    float64  `json:"agent_cpu_s"`             // own process, over the window, user and system, without AgentAwakeSeconds
	AgentAwakeSeconds  float64  `json:"agent_awake_s,omitempty"` // CPU time awake with nothing to do, since it was to be awake before the next send (Job.Awake)
	AgentUserSeconds   float64  `json:"agent_user_s"`            // of agent_cpu_s; not known where a part of it was idle
	AgentMaxRSSBytes   int64    `json:"agent_max_rss_bytes"`
	HeaderBytes        float64  `json:"header_bytes"`     // head of one answer, mean over all answers (vegeta: over some); -1 not known
	BytesPerAnswer     float64  `json:"bytes_per_answer"` // head and body
	ServerStatsStart   *Stats   `json:"server_stats_start,omitempty"`
	ServerStatsEnd     *Stats   `json:"server_stats_end,omitempty"`
	ListenOverflows    int64    `json:"listen_overflows"` // differences over connecting + window, or up to where the job failed, of the network namespace; -1 not known
	ListenDrops        int64    `json:"listen_drops"`
	RetransmitSegments int64    `json:"retransmit_segments"`
	Warnings           []string `json:"warnings,omitempty"`
}

// Sample is one verification of N. -1: that side could not be asked. The agent's own
// connection to GET /stats is already taken off Kernel and Server.
type Sample struct {
	AtSeconds float64 `json:"at_s"`
	Client    int     `json:"client"`
	Kernel    int     `json:"kernel"`
	Server    int     `json:"server"`
}

// Stats is the answer of GET /stats (targets/CONTRACT.md).
type Stats struct {
	OpenConnections  int    `json:"open_connections"`
	WorkerThreads    int    `json:"worker_threads"`
	GCCount          *int64 `json:"gc_count"`
	GCPauseTotalNano *int64 `json:"gc_pause_total_ns"`
	ResidentBytes    *int64 `json:"resident_bytes"`
}

// An Engine drives one job. It owns connections and sends; the Recorder owns what is counted.
type Engine interface {
	Drive(ctx context.Context, rec *Recorder) error
}
