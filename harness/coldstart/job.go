package coldstart

import "time"

// A Job says whom to ask; the load agent reads it from its job file.
type Job struct {
	Gate     string        `json:"gate"`        // name of the gate that the shim waits at
	Address  string        `json:"address"`     // "127.0.0.1:8080"
	Interval time.Duration `json:"interval_ns"` // between the beginnings of two questions
	Timeout  time.Duration `json:"timeout_ns"`  // from the exec to the first answer, at most
}

// A Start is what was seen of one start. Times are CLOCK_MONOTONIC of the host, in nanoseconds.
type Start struct {
	Failure    string `json:"failure,omitempty"` // no answer came in time; what the last question met
	ExecNano   int64  `json:"exec_ns"`           // the shim's clock right before its exec
	AnswerNano int64  `json:"answer_ns"`         // the agent's when the first 200 had been read; 0: none came
	Questions  int    `json:"questions"`         // asked, the answered one included
	// GapNano is the longest time between the beginnings of two questions of which the first was refused: that much of the
	// time may be the agent's.
	GapNano int64 `json:"gap_ns"`
}

// Took is from exec to first answer.
func (s Start) Took() time.Duration { return time.Duration(s.AnswerNano - s.ExecNano) }
