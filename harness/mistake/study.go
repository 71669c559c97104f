package mistake

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Schema is the number of the format of a Study. It rises when a reader must change.
const Schema = 1

// A Study is what the tools did with each defect. The same tools on the same corpus give the same bytes: it holds no
// times, paths or addresses.
type Study struct {
	Schema  int      `json:"schema"`
	Missing string   `json:"missing,omitempty"` // why nothing was studied: a tool that is not here, and what to do
	Tools   []Tool   `json:"tools"`
	Limits  Limits   `json:"limits"`
	Defects []Result `json:"defects"`
}

// A Tool is a program that looked at the corpus.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"` // in its own words
}

// Limits are those of one process.
type Limits struct {
	ToolSeconds        int   `json:"tool_seconds"`
	ProgramSeconds     int   `json:"program_seconds"`
	ToolMemoryBytes    int64 `json:"tool_memory_bytes"` // resident, with its children; watched on Linux alone
	ProgramMemoryBytes int64 `json:"program_memory_bytes"`
}

// A Result is what became of one defect.
type Result struct {
	ID      string  `json:"id"`
	CWE     int     `json:"cwe"`
	Name    string  `json:"name"`
	Class   string  `json:"class"`
	Related string  `json:"related,omitempty"`
	Sources string  `json:"sources,omitempty"` // SHA-256 of its programs and of what a right one prints; "" in studies of before it was kept
	Go      Program `json:"go"`
	Rust    Program `json:"rust"`
}

// A Program is what the tools of its language did with one program.
type Program struct {
	Steps  []Step   `json:"steps"`            // in the order of Columns
	Edited *Program `json:"edited,omitempty"` // after the cheapest edit, where the compiler rejected it
}

// A Step is one tool or one run.
type Step struct {
	Name    string  `json:"name"` // a column
	Outcome Outcome `json:"outcome"`
	Code    string  `json:"code,omitempty"` // the diagnostic's own, such as SA4006, E0382, clippy::eq_op
	Says    string  `json:"says,omitempty"` // the first diagnostic, or what a silent program printed; one line
}

// An Outcome is what one step said.
type Outcome string

// The outcomes of a step.
const (
	Unreached Outcome = "unreached" // an earlier step rejected the program
	Passed    Outcome = "passed"    // a tool had nothing to say
	Rejected  Outcome = "rejected"  // the compiler refused it
	Warned    Outcome = "warned"    // the compiler accepted it with a warning
	Found     Outcome = "found"     // a linter named something
	Stopped   Outcome = "stopped"   // panic, fatal error or report of a race at run time
	Hung      Outcome = "hung"      // ended by the limit of time; in studies of before Outgrown of memory too
	Outgrown  Outcome = "outgrown"  // ended by the limit of memory
	Silent    Outcome = "silent"    // ended well with a wrong output
	Right     Outcome = "right"     // ended well with the right output
)

// Names of the steps.
const (
	Build       = "build"
	Vet         = "vet"
	Staticcheck = "staticcheck"
	Run         = "run"
	Race        = "race"
	Clippy      = "clippy"
	Debug       = "debug"
	Release     = "release"
)

// Columns are the steps of a language, in order.
func Columns(language string) []string {
	if language == Go {
		return []string{Build, Vet, Staticcheck, Run, Race}
	}
	return []string{Build, Clippy, Debug, Release}
}

// Step returns a program's step by name.
func (p Program) Step(name string) Step {
	for _, s := range p.Steps {
		if s.Name == name {
			return s
		}
	}
	return Step{Name: name, Outcome: Unreached}
}

// In returns the program of a language.
func (r Result) In(language string) Program {
	if language == Go {
		return r.Go
	}
	return r.Rust
}

// JSON is the study as it is stored.
func (s Study) JSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(s)
	return b.Bytes(), err
}

// ParseStudy reads what JSON wrote. Unknown fields are refused, and so is another schema.
func ParseStudy(data []byte) (Study, error) {
	var s Study
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		return Study{}, fmt.Errorf("study of defects: %w", err)
	}
	if s.Schema != Schema {
		return Study{}, fmt.Errorf("study of defects: schema %d, this version reads %d", s.Schema, Schema)
	}
	return s, nil
}
