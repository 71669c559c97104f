package trial

// The sides of a call, as the programs of scenarios/together name them.
const (
	GoCallsGo     = "go"
	GoCallsRust   = "border"
	RustCallsRust = "rust"
)

// Together is the study of a Go program with a part in Rust: does it build, run and answer as Go alone does, and what does
// the border between the two cost. Where Missing or Failed says something, the rest is not there.
type Together struct {
	Missing      string         `json:"missing,omitempty"` // the tool that is not there and what to do; nothing was built
	Failed       string         `json:"failed,omitempty"`  // why a program was not built or did not run to its end
	Tools        []string       `json:"tools,omitempty"`   // each with its version
	Builds       []PairOfBuilds `json:"builds,omitempty"`
	Calls        []TimedCalls   `json:"calls,omitempty"`
	BytesWithout int64          `json:"bytes_without,omitempty"` // of the binary
	BytesWith    int64          `json:"bytes_with,omitempty"`
}

// PairOfBuilds is the program built from clean without and with its part in Rust, one after the other. The standard libraries
// of both were compiled before.
type PairOfBuilds struct {
	WithoutSeconds float64 `json:"without_s"`
	WithSeconds    float64 `json:"with_s"` // Rust's static library and the Go program that links it
}

// TimedCalls are the calls of one work on one side in one round. A round is a process of each program.
type TimedCalls struct {
	Round  int     `json:"round"` // from 1
	Work   string  `json:"work"`
	Side   string  `json:"side"`
	Calls  int     `json:"calls"`
	Nanos  float64 `json:"ns_per_call"`
	Answer string  `json:"answer"` // of the last call, each call's answer being the next one's input
}
