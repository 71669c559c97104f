package scenario

import (
	"time"

	"github.com/assay-bench/assay/harness/strict"
)

// Mode says how requests are spread over connections and time (docs/glossary.md).
type Mode string

// The modes of docs/glossary.md.
const (
	Hold     Mode = "hold"      // N connections, each on its own schedule
	InFlight Mode = "in-flight" // closed loop: N connections, each with a request outstanding that the server lets wait
	Rate     Mode = "rate"      // open loop: a fixed total rate over few connections
	Saturate Mode = "saturate"  // closed loop: the next request as soon as the answer is in
	Start    Mode = "start"     // no load: from the start of a fresh server to its first answer, and what it needs idle
	Build    Mode = "build"     // no load: from its source to a server, and from an edit to an answer
)

// Modes lists them all.
func Modes() []Mode { return []Mode{Hold, InFlight, Rate, Saturate, Start, Build} }

// Closed tells whether a connection sends its next request when it has its answer, and not when a schedule says so.
func (m Mode) Closed() bool { return m == InFlight || m == Saturate }

// Lifecycle tells whether a server is started or built, and not loaded: there are no connections, no window and no
// objective.
func (m Mode) Lifecycle() bool { return m == Start || m == Build }

// A Scenario is one workload: what is asked, over how many connections, how often,
// and what the answer must keep to. One TOML file under scenarios/.
type Scenario struct {
	ID      string `json:"id"`      // file name without .toml; lower case, digits, hyphens
	Summary string `json:"summary"` // one line for people
	Mode    Mode   `json:"mode"`
	Request string `json:"request"` // "GET /item?id={id}"; {id} is replaced by a fresh seeded number per request
	SLO     SLO    `json:"slo"`
	// Spread is the time over which a closed loop's first requests are spread; the warm-up lasts at least as long. In
	// mode in-flight it is the time that the server lets a request wait: then the answers come evenly spread, too.
	Spread time.Duration `json:"spread_ns,omitempty"`
	Starts int           `json:"starts,omitempty"`  // mode start: fresh instances of one trial, whose median counts
	Idle   time.Duration `json:"idle_ns,omitempty"` // mode start: how long the last of them is left alone before its memory is read
	Blocks int           `json:"blocks,omitempty"`  // mode build: of a run's blocks, those that have its trials, at most; 0: all
	// Development, of mode build: the builds are those of [build.development], not those that are shipped.
	Development bool `json:"development,omitempty"`
	// Database is what runs beside the target; nil for none.
	Database *Database `json:"database,omitempty"`
	Variants []Variant `json:"variants,omitempty"`
	Cells    []Cell    `json:"cells"`
}

// A Database is what a scenario wants to run beside the target.
type Database struct {
	Image string `json:"image"` // for the Docker runtime; processes take the host's binaries
}

// A Variant has a target that provides what it needs take part a second time, as a contestant that is asked something else.
type Variant struct {
	ID      string `json:"id"`      // "blocking": the contestant is rust-server-blocking
	Needs   string `json:"needs"`   // of the target: one of those that manifests name
	Request string `json:"request"` // instead of the scenario's
}

// SLO is the service-level objective that "sustained" means.
type SLO struct {
	P99 time.Duration `json:"p99_ns"` // 99th percentile from the intended send
	// Errors allowed: none. It is not a parameter; method.md fixes it.
}

// A Cell is one point of a scenario: what one trial measures.
type Cell struct {
	ID                string  `json:"id"`                  // "hold/10000", "hold/host-limit", "rate/5000"
	Connections       int     `json:"connections"`         // 0 when HostLimit
	PoolSize          int     `json:"pool_size,omitempty"` // connections of the target to its database
	HostLimit         bool    `json:"host_limit"`          // as many connections as this host lets one process hold
	RequestsPerSecond float64 `json:"requests_per_second"` // total over all connections; 0 in a closed loop, and when HostLimit,
	// where PerConnection times the resolved number of connections counts.
	PerConnection float64 `json:"requests_per_second_per_connection"` // on each connection (hold mode), else 0
	// PercentOfCapacity is the rate as a share of what the slowest target does at most over as many connections; 0 where
	// the rate is absolute.
	PercentOfCapacity int `json:"percent_of_capacity,omitempty"`
}

// A Profile is a named size of run: scenarios/profiles.toml.
type Profile struct {
	ID      string        `json:"id"`
	Summary string        `json:"summary"`
	Blocks  int           `json:"blocks"`    // at least 5
	Budget  time.Duration `json:"budget_ns"` // what the whole plan must fit into
	// FirstLook is the block after which the run ends where all its comparisons are decided, each by an interval for two looks;
	// 0 for none: the run then goes to its last block whatever the numbers say.
	FirstLook int           `json:"first_look,omitempty"`
	WarmUp    time.Duration `json:"warm_up_ns"` // discarded, the same for all
	Window    time.Duration `json:"window_ns"`  // measured
	// Windows are shorter or longer windows of some scenarios, by ID.
	Windows  map[string]time.Duration `json:"windows_ns,omitempty"`
	Canaries bool                     `json:"canaries,omitempty"` // the load side proves itself on known faults before the first trial
	// CrossCheck is the cell that the other load engine measures as well; "" for none.
	CrossCheck string   `json:"cross_check,omitempty"`
	Studies    []string `json:"studies,omitempty"` // made before the first trial, beside those of every run
	Stacks     []string `json:"stacks,omitempty"`  // those of the cells in which further targets of the same languages run as well
	Cells      []string `json:"cells"`             // cell IDs; those that exceed the budget are left out from the end, and named

	table *strict.Table // where it stands in the profiles file; nil when read from elsewhere
}
