package report

import (
	"fmt"
	"strings"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// benchName is the name of a trial's line without "Benchmark":
// "Hold/connections=10000/target=go-server-1", "Rate/rate=6000/target=go-server-1".
//
// The number at the end is how many CPUs the server had, which Go's tests write there too.
// It always stands, since the format would take the end of a target called "server-2" for it.
func (d *data) benchName(r trial.Record) string {
	c, _ := d.cell(r.Cell) // a usable record's cell is in the plan
	return fmt.Sprintf("%s/%s/target=%s-%d", camel(c.Scenario), d.benchPoint(c, r.Target), r.Target, max(1, len(d.Plan.Placement.TargetCPUs)))
}

// benchPoint is what tells the cells of a scenario apart. In mode hold the null server has
// more connections than the cell names. A cross-check has the name of its twin: the line's
// configuration has its engine.
func (d *data) benchPoint(c plan.Cell, server string) string {
	id := c.ID
	if c.CrossCheck != "" {
		id = c.CrossCheck
	}
	_, point, _ := strings.Cut(id, "/")
	if c.Mode.Lifecycle() {
		return "state=" + point
	}
	if c.Mode == "rate" {
		return "rate=" + point
	}
	if own, ok := d.Plan.CellOf(plan.Slot{Cell: c.ID, Target: server}); ok && own.Connections != c.Connections {
		point = fmt.Sprint(own.Connections)
	}
	return "connections=" + point
}

// camel turns "in-flight" into "InFlight".
func camel(id string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(id, "-") {
		if word != "" {
			b.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return b.String()
}
