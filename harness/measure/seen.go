package measure

import "github.com/assay-bench/assay/harness/probe"

// Seen is what the harness saw of a trial beside the agent's result and the samples: seen.json.
type Seen struct {
	Failure     string             `json:"failure,omitempty"`       // the harness or the host failed, or the target did not come up
	DiedAtStart bool               `json:"died_at_start,omitempty"` // Failure says how the target ended before it could be measured
	Exit        *Exit              `json:"exit,omitempty"`          // the target ended on its own during the trial
	Host        []probe.HostSample `json:"host,omitempty"`          // of the placement's CPUs, at both ends of the window
	Unsampled   []string           `json:"unsampled,omitempty"`     // what could not be sampled, and why
}

// An Exit is how a target ended.
type Exit struct {
	Code      int    `json:"code"`             // -1 when ended by a signal
	Signal    string `json:"signal,omitempty"` // "killed", ...
	OOMKilled bool   `json:"oom_killed,omitempty"`
	LogTail   string `json:"log_tail,omitempty"` // last lines of its output
}
