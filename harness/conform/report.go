package conform

import (
	"fmt"
	"strings"
)

// String says what differs, a line each, below a line with the sum of it.
func (r Report) String() string {
	return strings.Join(r.Lines(), "\n") + "\n"
}

// Lines returns the lines of the report: a summary, the differences in the order of the
// checks, and what was skipped.
func (r Report) Lines() []string {
	lines := []string{r.summary()}
	for _, d := range r.Differences {
		lines = append(lines, d.String())
	}
	if len(r.Skipped) > 0 {
		lines = append(lines, "not checked, because the server no longer answered: "+strings.Join(r.Skipped, ", "))
	}
	for _, what := range r.NotChecked {
		lines = append(lines, "not checked: "+what)
	}
	return lines
}

// Add takes in what another check of the same target found.
func (r *Report) Add(more Report) {
	r.Checked += more.Checked
	r.Differences = append(r.Differences, more.Differences...)
	r.Skipped = append(r.Skipped, more.Skipped...)
	r.NotChecked = append(r.NotChecked, more.NotChecked...)
}

func (r Report) summary() string {
	var found string
	switch len(r.Differences) {
	case 0:
		found = "no differences"
	case 1:
		found = "1 difference"
	default:
		found = fmt.Sprintf("%d differences", len(r.Differences))
	}
	return fmt.Sprintf("%d requests checked, %s; an item's answer has %d bytes of head and %d of body",
		r.Checked, found, r.HeaderBytes, r.BodyBytes)
}

// String is one line.
func (d Difference) String() string {
	return fmt.Sprintf("%s: %s: %s: want %s, got %s", d.Check, d.Request, d.What, d.Want, d.Got)
}
