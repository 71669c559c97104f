package plan

import (
	"time"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/cost"
	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/target"
)

// Schema is the version of plan.json, and with it of the whole run directory: it is raised where an earlier version of this code
// would take something new for damage, or for another number. All from 1 on are read. Since 2 a result has its edges
// (load.Result.InFlightEdges).
const Schema = 2

// A Plan is everything that is decided before the first trial. plan.json holds it;
// nothing in it depends on a measurement.
type Plan struct {
	Schema  int             `json:"schema"`
	Version string          `json:"version"` // of assay
	Seed    uint64          `json:"seed"`
	Profile string          `json:"profile"`
	Runtime string          `json:"runtime"` // "docker" or "process"
	Engine  string          `json:"engine"`  // "native" or "vegeta"
	Ledger  claim.Ledger    `json:"ledger"`
	Cost    *cost.Model     `json:"cost,omitempty"` // what machines cost; nil in older plans
	Targets []target.Target `json:"targets"`
	// Stacks are further targets of the languages of Targets: they run in the cells that say so. No verdict rests on them.
	Stacks    []target.Target  `json:"stacks,omitempty"`
	Null      *target.Target   `json:"null_server,omitempty"` // the control, target.Null(); nil in plans of version 0.1
	Placement target.Placement `json:"placement"`
	// Article is how --article names it in a checkout, where that is not the ledger's ID.
	Article string `json:"article,omitempty"`
	Agents  int    `json:"agents,omitempty"` // that drive each cell together; 0: as many as it takes
	// Awake is how long before a send of an open loop the load agent stops sleeping; 0 where it has no CPU of its own, and in older plans.
	Awake time.Duration `json:"awake_ns,omitempty"`
	// AwakeAtLimit: at a server's limit, in mode saturate, the load agent does not sleep between answers; false in older plans.
	AwakeAtLimit bool `json:"awake_at_limit,omitempty"`
	Canaries     bool `json:"canaries,omitempty"` // the load side proves itself before the first trial
	// Calibrations are what the rates of cells with a share of capacity were made from, one a scenario; absent where no
	// cell has one, and in older plans.
	Calibrations []Calibration      `json:"calibrations,omitempty"`
	Studies      []string           `json:"studies,omitempty"`  // made before the first trial (package claim has their ids)
	Database     *scenario.Database `json:"database,omitempty"` // that runs beside the targets in the cells with a pool size
	Cells        []Cell             `json:"cells"`
	Blocks       int                `json:"blocks"`
	// FirstLook is the block after which the run ends where all its comparisons are decided; 0 for none.
	FirstLook int       `json:"first_look,omitempty"`
	Slots     []Slot    `json:"slots"`    // in the order they run
	LeftOut   []LeftOut `json:"left_out"` // readings that this plan doesn't measure, and why
	// CellsLeftOut are the profile's cells that the plan lacks, then those that no profile has of what it measures.
	CellsLeftOut []CellLeftOut `json:"cells_left_out,omitempty"`
	Limits       Limits        `json:"limits"`
	HostLimit    int           `json:"host_limit,omitempty"` // connections that one process may hold here
	// HostLimitReason says what ends the ladder on this host ("open files: hard limit 20000 a process").
	HostLimitReason string        `json:"host_limit_reason"`
	Expected        time.Duration `json:"expected_ns"` // time that slots and studies should take
	Budget          time.Duration `json:"budget_ns"`
}

// A Cell is a scenario.Cell with everything resolved.
type Cell struct {
	ID                string        `json:"id"`
	Scenario          string        `json:"scenario"`
	Mode              scenario.Mode `json:"mode"`
	Request           string        `json:"request"` // template, "GET /item?id={id}"
	Connections       int           `json:"connections"`
	HostLimit         bool          `json:"host_limit"`                    // the number of connections is the host's limit
	RequestsPerSecond float64       `json:"requests_per_second"`           // total; 0 in a closed loop
	PercentOfCapacity int           `json:"percent_of_capacity,omitempty"` // what the rate was made from; 0: it is absolute
	Spread            time.Duration `json:"spread_ns,omitempty"`           // of a closed loop's first requests
	SLOP99            time.Duration `json:"slo_p99_ns"`
	Starts            int           `json:"starts,omitempty"`  // mode start: fresh instances of one trial
	Idle              time.Duration `json:"idle_ns,omitempty"` // mode start: before the memory of the last one is read
	// Development, of mode build: the targets' development builds are made, not those that are shipped.
	Development bool `json:"development,omitempty"`
	// Blocks is in how many of the plan's blocks the cell has trials, spread evenly over them; 0: in all.
	Blocks int           `json:"blocks,omitempty"`
	WarmUp time.Duration `json:"warm_up_ns"`
	Window time.Duration `json:"window_ns"`
	Paired bool          `json:"paired,omitempty"` // a comparison rests on it: each block has an A/A arm
	Stacks bool          `json:"stacks,omitempty"` // the plan's further stacks run in it as well
	// CrossCheck is the ID of the cell that this one measures again, with Engine. No verdict rests on it.
	CrossCheck string `json:"cross_check,omitempty"`
	// PoolSize is how many connections the target may open to its database; 0: the cell has none.
	PoolSize int `json:"pool_size,omitempty"`
	// Targets are the contestants, by ID; nil for all targets but the variants.
	Targets []string `json:"targets,omitempty"`
	// Requests are what contestants are asked instead of Request, by ID.
	Requests map[string]string `json:"requests,omitempty"`
	Engine   string            `json:"engine,omitempty"` // of a cross-check; "" is the plan's
}

// A Slot is one planned trial: one fresh instance.
type Slot struct {
	Index   int    `json:"index"` // 0-based position in the run
	Block   int    `json:"block"` // 1-based
	Cell    string `json:"cell"`
	Target  string `json:"target"`
	Replica int    `json:"replica"` // 1, or 2 for the A/A arm: the same target a second time in the same block and cell
}

// LeftOut is a reading that the plan doesn't measure.
type LeftOut struct {
	Claim   string `json:"claim"`
	Reading string `json:"reading"`
	Why     string `json:"why"`
}

// CellLeftOut is a cell of the profile, or of no profile, that the plan doesn't measure.
type CellLeftOut struct {
	Cell string `json:"cell"`
	Why  string `json:"why"`
}
