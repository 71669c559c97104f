package audit

import (
	"fmt"
	"math"
	"time"

	"github.com/assay-bench/assay/harness/measure"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// windowSlack is how far a window may end beside the planned moment: a thread that wakes late on a busy host ends it late.
const windowSlack = 0.05

// unplanned says in what a trial's raw data shows another load than the plan has for its cell: the length of the window, and in an
// open loop the number of requests that were meant to be sent in it. Records follow from plan and raw data together; without this a
// plan that was changed, with all hashes made anew, would have its report speak of a load that nobody made.
func unplanned(p plan.Plan, r trial.Record, raw measure.Raw) []string {
	cell, ok := p.CellOf(p.Slots[r.Slot])
	if !ok || cell.Mode.Lifecycle() || raw.Result.Failure != "" || raw.Result.EndUnixNano == 0 {
		return nil
	}
	var found []string
	window := time.Duration(raw.Result.EndUnixNano - raw.Result.StartUnixNano)
	if off := float64(window-cell.Window) / float64(cell.Window); math.Abs(off) > windowSlack {
		found = append(found, fmt.Sprintf("raw data is of a window of %.3g s, the plan has %.3g s", window.Seconds(), cell.Window.Seconds()))
	}
	if meant := cell.RequestsPerSecond * cell.Window.Seconds(); !cell.Mode.Closed() && math.Abs(float64(raw.Result.Scheduled)-meant) > 1 {
		found = append(found, fmt.Sprintf("raw data is of %d requests meant to be sent in the window, the plan's rate makes %.0f", raw.Result.Scheduled, meant))
	}
	return found
}
