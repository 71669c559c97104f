package main

import (
	"strings"
	"testing"
)

// A row stands below its header, and the time awake with nothing to do is in a column of its own.
func TestClosedRow(t *testing.T) {
	t.Parallel()
	header := strings.TrimPrefix(closedHeader, "\n")
	for _, e := range []engine{native, awake} {
		m := synthetic().closed(goServer, fewConnections, e)[0]
		row := closedRow(m)
		if len(row) != len(header) {
			t.Errorf("columns differ:\n%s\n%s", header, row)
		}
		fields := strings.Fields(row)
		want := map[engine]string{native: "0.00", awake: "1.00"}[e]
		if got := fields[len(fields)-2]; got != want {
			t.Errorf("%s idle us, want %s:\n%s\n%s", got, want, header, row)
		}
	}
}
