package conform

import "github.com/assay-bench/assay/harness/model"

// A Job asks for a target to be checked against the contract. It travels to where the
// target can be reached: the agent in the target's network namespace.
type Job struct {
	Address  string            `json:"address"`            // "127.0.0.1:8080"
	Golden   []Exchange        `json:"golden"`             // targets/contract/*.json
	Seed     uint64            `json:"seed"`               // of the randomised requests
	Random   int               `json:"random"`             // how many of them; RandomOnce makes each way to ask once
	CPUs     int               `json:"cpus"`               // that the target was given; 0: not known
	Database []model.DriverSet `json:"database,omitempty"` // that the target provides, with a database beside it
	// DatabaseGolden are exchanges below /db, asked by each of the sets.
	DatabaseGolden []Exchange `json:"database_golden,omitempty"`
	Thorough       bool       `json:"thorough"` // the slow and hostile checks too: split writes, garbage, oversized headers
}

// RandomOnce is the number of randomised requests at which each way to make one, good
// or broken, comes at least once.
const RandomOnce = 320

// An Exchange is a golden request and its answer.
type Exchange struct {
	Name    string            `json:"name"`
	Method  string            `json:"method"`
	Path    string            `json:"path"` // with query
	Headers map[string]string `json:"headers,omitempty"`
	Body    string            `json:"body,omitempty"`
	// BodyRepeat makes a large body: Body repeated so many times (0 and 1: once).
	BodyRepeat int    `json:"body_repeat,omitempty"`
	Want       Answer `json:"want"`
}

// An Answer is what must come back.
type Answer struct {
	Status      int    `json:"status"`
	ContentType string `json:"content_type"`
	Body        string `json:"body"`
	Allow       string `json:"allow,omitempty"`
	// Keys: for GET /stats, whose values vary: the body is an object with just these keys.
	Keys []string `json:"keys,omitempty"`
}

// A Report says what was checked and what differed.
type Report struct {
	Checked     int          `json:"checked"` // requests that were judged
	Differences []Difference `json:"differences"`
	// Skipped names the kinds of checks that were not made because the server was gone
	// or hung. There is a Difference then that says so.
	Skipped []string `json:"skipped,omitempty"`
	// NotChecked names what could not be checked from here, with the reason.
	NotChecked []string `json:"not_checked,omitempty"`
	// HeaderBytes and BodyBytes are the sizes of one answer to GET /item?id=7: the head with
	// the empty line that ends it, and the body. 0: there was no answer.
	HeaderBytes int `json:"header_bytes"`
	BodyBytes   int `json:"body_bytes"`
}

// A Difference is one thing that isn't as the contract says.
type Difference struct {
	Check   string `json:"check"`   // kind: "golden", "random", "split-write", "pipelined-garbage", "oversized-header", ...
	Request string `json:"request"` // "GET /item?id=7"
	What    string `json:"what"`    // "status", "body", "header Content-Type", "connection"
	Want    string `json:"want"`
	Got     string `json:"got"`
}
