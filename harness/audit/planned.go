package audit

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/assay-bench/assay/harness/measure"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// windowSlack is how far a window may end beside the planned moment: a thread that wakes late on a busy host ends it late.
const windowSlack = 0.05

// clockSlack is by how much a clock may be set while a run goes on, and what a trial takes beside its window may be off.
const clockSlack = time.Second

// untimely says in what a trial's raw data is of another time than its record, or the record of another than its place among the
// others: trials run one after another, so that raw data which was moved from one trial to another lies outside of it.
func untimely(previous, r trial.Record, raw measure.Raw) []string {
	var found []string
	if r.StartedAt.Before(previous.EndedAt.Add(-clockSlack)) {
		found = append(found, fmt.Sprintf("it began at %s, before the end of %s, which was recorded before it", r.StartedAt.Format(time.RFC3339), previous.ID))
	}
	for _, at := range moments(raw) {
		if at.Before(r.StartedAt.Add(-clockSlack)) || at.After(r.EndedAt.Add(clockSlack)) {
			found = append(found, fmt.Sprintf("raw data was taken at %s, the trial lasted from %s to %s",
				at.UTC().Format(time.RFC3339), r.StartedAt.Format(time.RFC3339), r.EndedAt.Format(time.RFC3339)))
			break
		}
	}
	if raw.Result.EndUnixNano == 0 {
		return found
	}
	from, to := time.Unix(0, raw.Result.StartUnixNano), time.Unix(0, raw.Result.EndUnixNano)
	if from.Before(r.StartedAt.Add(-clockSlack)) || to.After(r.EndedAt.Add(clockSlack)) {
		found = append(found, fmt.Sprintf("raw data is of a window that began at %s, the trial lasted from %s to %s",
			from.UTC().Format(time.RFC3339), r.StartedAt.Format(time.RFC3339), r.EndedAt.Format(time.RFC3339)))
	}
	return found
}

// otherLimits names the thresholds of a plan that are not this version's. They were fixed before the run by whoever made the plan;
// no data shows that they are those of its version.
func otherLimits(p plan.Plan) (string, error) {
	theirs, err := byName(p.Limits)
	if err != nil {
		return "", err
	}
	ours, err := byName(plan.DefaultLimits())
	if err != nil {
		return "", err
	}
	var differ []string
	for _, name := range slices.Sorted(maps.Keys(theirs)) {
		if theirs[name] != ours[name] {
			differ = append(differ, fmt.Sprintf("%s %v (%v)", name, theirs[name], ours[name]))
		}
	}
	if len(differ) == 0 {
		return "", nil
	}
	return "limits of plan.json that are not this version's, which are in brackets: " + strings.Join(differ, ", "), nil
}

// byName are the limits that a plan.json has, by their names there.
func byName(l plan.Limits) (named map[string]any, err error) {
	body, err := json.Marshal(l)
	if err != nil {
		return nil, err
	}
	return named, json.Unmarshal(body, &named)
}

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
