package trial

import (
	"encoding/json"
	"time"
)

// EnvironmentSchema is the version of env.json.
const EnvironmentSchema = 1

// Environment is env.json: what the run ran on. Strings are for people; "" means not known.
type Environment struct {
	Schema         int       `json:"schema"`
	StartedAt      time.Time `json:"started_at"`
	Assay          string    `json:"assay"` // version and commit
	OS             string    `json:"os"`
	Kernel         string    `json:"kernel"`
	CPUModel       string    `json:"cpu_model"`
	CPUs           int       `json:"cpus"`
	MemoryBytes    int64     `json:"memory_bytes"`
	Virtualisation string    `json:"virtualisation"`
	ClockSource    string    `json:"clock_source"`
	Governor       string    `json:"governor"`
	Cgroup         string    `json:"cgroup"` // "v1", "v2", "none"
	OpenFilesHard  int       `json:"open_files_hard"`
	PortRange      string    `json:"port_range"`
	Runtime        string    `json:"runtime"`
	RuntimeReason  string    `json:"runtime_reason"` // why auto chose it
	// Flags are those of `run` that were given, by name, which a new run with the same plan has to be given too. The plan itself
	// says article, profile, runtime, engine and seed. Nil in runs of before they were kept.
	Flags         map[string]string `json:"flags,omitzero"`
	EngineVersion string            `json:"engine_version"` // Docker engine
	Toolchains    map[string]string `json:"toolchains"`     // "go", "rustc", ...: version lines
	Builds        map[string]Build  `json:"builds"`         // by target ID
	ProbeCost     ProbeCost         `json:"probe_cost"`
	Conformance   map[string]string `json:"conformance"` // by target ID: "63 of 63 exchanges as the contract says"
	Sysctls       map[string]string `json:"sysctls"`
	// Studies are what was found before trial 1 by other means than load, by id of the study (package claim).
	Studies  map[string]json.RawMessage `json:"studies,omitempty"`
	Database *Database                  `json:"database,omitempty"` // nil where no cell wants one
	Canaries []Canary                   `json:"canaries,omitempty"` // what the load side was proven on before trial 1
}

// A Canary is a known fault that the load side had to find. All but OK is for people.
type Canary struct {
	Name      string `json:"name"`
	Injected  string `json:"injected"`
	Predicted string `json:"predicted"`
	Measured  string `json:"measured"`
	Limit     string `json:"limit"`
	OK        bool   `json:"ok"`
	Attempts  int    `json:"attempts,omitempty"` // of the canary, this one included; 0 in runs of before they were kept
}

// Build is what was measured: the artefact of a target.
type Build struct {
	SHA256     string `json:"sha256"` // of the binary (process) or image ID (Docker)
	Bytes      int64  `json:"bytes"`  // of the binary or the image
	SourceHash string `json:"source_hash"`
}

// ProbeCost is what the samplers themselves use, measured once before trial 1.
type ProbeCost struct {
	CPUMicrosPerSample float64 `json:"cpu_us_per_sample"`
	SamplesPerSecond   float64 `json:"samples_per_second"`
	ShareOfOneCPU      float64 `json:"share_of_one_cpu"`
}
