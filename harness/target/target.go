package target

// A Target is a server under test: targets/<id>/target.toml.
type Target struct {
	ID       string            `json:"id"`                 // directory name
	Language string            `json:"language"`           // "go", "rust"
	Stack    string            `json:"stack"`              // "axum 0.8 / hyper 1 / tokio 1"
	Tier     string            `json:"tier"`               // "idiomatic", ...
	Dir      string            `json:"dir"`                // where the source is, relative to the checkout
	Build    Build             `json:"build"`              // process runtime
	BuiltIn  bool              `json:"built_in,omitempty"` // `assay <id>`; nothing to build
	Disclose map[string]string `json:"disclose"`           // what a reader must know to judge fairness; printed in the report
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
}
