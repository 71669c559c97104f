package rundir

import "fmt"

// A Difference is something in a run directory that is not as it was written, or does not
// follow from what it should follow from.
type Difference struct {
	File  string // relative to the run directory, slashes
	Line  int    // of trials.jsonl; 0 elsewhere
	Trial string // its ID, where one is concerned and known
	What  string
}

// String is one line for a person.
func (d Difference) String() string {
	where := d.File
	if d.Line > 0 {
		where += fmt.Sprintf(":%d", d.Line)
	}
	if d.Trial != "" {
		where += ": trial " + d.Trial
	}
	return where + ": " + d.What
}
