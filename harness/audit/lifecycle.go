package audit

import (
	"fmt"
	"time"

	"github.com/assay-bench/assay/harness/measure"
	"github.com/assay-bench/assay/harness/trial"
)

// moments are the times by the clock on the wall that a trial's raw data holds beside those of a window: when the host's CPU
// counters were read, and in mode start from when to when the last server was idle. Data of before they were kept has none.
func moments(raw measure.Raw) []time.Time {
	var at []time.Time
	for _, h := range raw.Seen.Host {
		if !h.At.IsZero() {
			at = append(at, h.At)
		}
	}
	if s := raw.Starts; s != nil && s.IdleToUnixNano > 0 {
		at = append(at, time.Unix(0, s.IdleFromUnixNano), time.Unix(0, s.IdleToUnixNano))
	}
	return at
}

// otherArtifact says in what the server that a trial of mode start started is another than its target's in the environment.
func otherArtifact(env trial.Environment, r trial.Record, raw measure.Raw) string {
	if raw.Starts == nil || raw.Starts.Artifact.SHA256 == "" {
		return ""
	}
	built, ok := env.Builds[r.Target]
	if !ok || built.SHA256 == "" || built.SHA256 == raw.Starts.Artifact.SHA256 {
		return ""
	}
	return fmt.Sprintf("raw data is of starts of an artefact with SHA-256 %s, env.json has %s for %s", raw.Starts.Artifact.SHA256, built.SHA256, r.Target)
}

// unplaced reports whether nothing in the raw data of a trial without load shows whose and of what time it is, as in runs of
// before that was kept.
func unplaced(env trial.Environment, r trial.Record, raw measure.Raw) bool {
	switch {
	case raw.Starts != nil:
		return len(moments(raw)) == 0 || raw.Starts.Artifact.SHA256 == "" || env.Builds[r.Target].SHA256 == ""
	case raw.Builds != nil:
		return len(moments(raw)) == 0
	}
	return false
}

// A bootClock holds the starts of servers, which are timed since the host was booted, against the times of the records: both
// clocks run on together, so that each trial gives the same moment of booting, give or take how long it took.
type bootClock struct {
	of     string // trial that the moment is of; "" before the first
	lo, hi time.Time
	ended  time.Time // of the last trial that gave one
}

// disagrees says in what the starts of a trial are of another time than its record. A host that was booted since the trial
// before, as may be where a run was resumed, gives another moment.
func (c *bootClock) disagrees(r trial.Record, raw measure.Raw) string {
	var execs []int64
	from := r.StartedAt // the first start was later
	if raw.Starts != nil {
		for _, s := range raw.Starts.Starts {
			execs = append(execs, s.ExecNano)
		}
	}
	if raw.Builds != nil {
		execs = append(execs, raw.Builds.First.ExecNano)
		from = from.Add(time.Duration(raw.Builds.CleanNano + raw.Builds.RebuildNano))
	}
	if len(execs) == 0 || execs[0] <= 0 {
		return ""
	}
	lo := from.Add(-clockSlack - time.Duration(execs[0]))
	hi := r.EndedAt.Add(clockSlack - time.Duration(execs[len(execs)-1]))
	if c.of != "" && (lo.After(c.hi) || hi.Before(c.lo)) && !lo.After(c.ended) {
		return fmt.Sprintf("its server was started %s after the host was booted, which does not go with the time of its record and with %s",
			time.Duration(execs[0]).Round(time.Second), c.of)
	}
	*c = bootClock{of: r.ID, lo: lo, hi: hi, ended: r.EndedAt}
	return ""
}
