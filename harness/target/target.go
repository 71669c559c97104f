package target

import "slices"

// A Target is a server under test: targets/<id>/target.toml.
type Target struct {
	ID         string   `json:"id"`                // directory name
	Language   string   `json:"language"`          // "go", "rust"
	Stack      string   `json:"stack"`             // "axum 0.8 / hyper 1 / tokio 1"
	Tier       string   `json:"tier"`              // "idiomatic", ...
	Dir        string   `json:"dir"`               // where the source is, relative to the checkout
	SameAs     string   `json:"same_as,omitempty"` // the target whose source, build and abilities it has; "" for its own
	sameAsLine int      // of target.toml, for errors
	Build      Build    `json:"build"`              // process runtime
	Source     *Source  `json:"source,omitempty"`   // what is not counted of its source; nil: all is
	BuiltIn    bool     `json:"built_in,omitempty"` // `assay <id>`; nothing to build
	Provides   []string `json:"provides,omitempty"` // what a scenario may need of it, of Abilities
	// Env is what the running server is told beside its port: settings of its own.
	Env map[string]string `json:"env,omitempty"`
	// Of is the ID of the target that this one is a variant of: the same build, asked by other paths; "" for a target of its own.
	Of       string            `json:"of,omitempty"`
	Disclose map[string]string `json:"disclose"` // what a reader must know to judge fairness; printed in the report
}

// NullID is the ID of the null server; no folder under targets/ may have it.
const NullID = "null-server"

// Null is the null server: a part of the assay binary (`assay null-server`) that answers a constant. It is the control
// that shows what host and load side are capable of.
func Null() Target {
	return Target{ID: NullID, Language: "go", Stack: "assay's own epoll loop", Tier: "control", BuiltIn: true}
}

// Build is how the process runtime makes the binary; Docker uses the Dockerfile.
type Build struct {
	Command []string          `json:"command"`        // run in Dir
	Env     map[string]string `json:"env,omitempty"`  // added to the environment
	Binary  string            `json:"binary"`         // relative to Dir
	Edit    *Edit             `json:"edit,omitempty"` // that mode build makes; nil: none is declared
	// Development is the build that a developer makes after an edit; nil: none is declared.
	Development *Development `json:"development,omitempty"`
}

// A Development is how a target is built while it is worked on: in the same folder and environment as the shipped build.
type Development struct {
	Command []string `json:"command"`
	Binary  string   `json:"binary"` // relative to Dir; its first folder is that of Build.Binary
}

// A Source says which files of a target's source are left out of its lines, and why.
type Source struct {
	Uncounted []string `json:"uncounted"` // relative to Dir, with slashes
	Why       string   `json:"why"`       // "they serve /db/blocking, ..."
	lines     []int    // of target.toml, one a file, for errors
}

// An Edit is the change of one line that mode build makes in a copy of the source, to see how long a rebuild takes. All
// targets declare the same one: by how much time a drain may take.
type Edit struct {
	File string `json:"file"` // relative to Dir
	From string `json:"from"` // stands in the file once
	To   string `json:"to"`
}

// Placement says where and within which limits a target runs. It is decided once,
// recorded in the plan, and is the same for every target.
type Placement struct {
	TargetCPUs  []int `json:"target_cpus"`  // logical CPU numbers, disjoint from LoadCPUs where the host has two or more
	LoadCPUs    []int `json:"load_cpus"`    // for the load agent (and the harness)
	MemoryBytes int64 `json:"memory_bytes"` // limit for the target; enforced by Docker, only watched in the process runtime
	OpenFiles   int   `json:"open_files"`   // RLIMIT_NOFILE of target and agent: min(wanted, hard limit)
	Port        int   `json:"port"`         // TCP port the target listens on
	// DatabaseCPUs are those of the database in the cells that have one; nil in plans without. They are taken from LoadCPUs.
	DatabaseCPUs []int `json:"database_cpus,omitempty"`
	// Database is what runs beside the target; nil for none. It is a fact of the running trial and no part of a plan.
	Database *Database `json:"-"`
}

// What a target may provide beyond the contract's first part.
const (
	HasDatabase         = "database"          // answers below /db from PostgreSQL, with a driver that does not block
	HasBlockingDatabase = "blocking-database" // the same with a blocking driver as well
)

// Abilities lists what a manifest's provides may name.
func Abilities() []string { return []string{HasDatabase, HasBlockingDatabase} }

// Does tells whether the target provides all that is needed.
func (t Target) Does(needs ...string) bool {
	return !slices.ContainsFunc(needs, func(n string) bool { return !slices.Contains(t.Provides, n) })
}

// Variant is the target asked by other paths, as a contestant of its own.
func (t Target) Variant(name string) Target {
	v := t
	v.ID, v.Of, v.Stack = t.ID+"-"+name, t.ID, t.Stack+", "+name+" driver"
	return v
}

// InDevelopment is the target with its development build in place of the shipped one. It must have one.
func (t Target) InDevelopment() Target {
	t.Build.Command, t.Build.Binary = t.Build.Development.Command, t.Build.Development.Binary
	return t
}

// Uncounted are the files that are left out of the lines of its source.
func (t Target) Uncounted() []string {
	if t.Source == nil {
		return nil
	}
	return t.Source.Uncounted
}

// Base is the ID of what is built and checked: the target's own, or that of the target it is a variant of.
func (t Target) Base() string {
	if t.Of != "" {
		return t.Of
	}
	return t.ID
}

// A Database is the running server of a database, as a target finds it.
type Database struct {
	ContainerID string // whose network target and agent join; "" for processes
	URL         string // for the target
	PoolSize    int    // connections that the target may open to it
}

// BesideDatabase is the placement of a target and its agent while a database runs: its CPUs are not the agent's, where
// there are others.
func (p Placement) BesideDatabase(d Database) Placement {
	p.Database = &d
	if own := slices.DeleteFunc(slices.Clone(p.LoadCPUs), func(c int) bool { return slices.Contains(p.DatabaseCPUs, c) }); len(own) > 0 {
		p.LoadCPUs = own
	}
	return p
}

// DatabaseShares tells whether the database runs on CPUs of the load agent.
func (p Placement) DatabaseShares() bool {
	beside := p.BesideDatabase(Database{})
	return slices.ContainsFunc(p.DatabaseCPUs, func(c int) bool { return slices.Contains(beside.LoadCPUs, c) })
}
