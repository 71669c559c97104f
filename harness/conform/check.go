package conform

import (
	"context"
	"fmt"
	"time"
)

// limits bound a check against a server that does not behave.
type limits struct {
	exchange   time.Duration // from the send of a request to the end of its answer
	settle     time.Duration // for the gauge of GET /stats to follow
	drain      time.Duration // from the first open request to the refusal of a connection, a killed server's too
	unanswered int           // requests without an answer after which we stop
	perKind    int           // differences of one kind that are reported one by one
}

func defaultLimits() limits {
	return limits{exchange: 5 * time.Second, settle: 2 * time.Second, drain: 15 * time.Second, unanswered: 3, perKind: 25}
}

// A kind is one sort of check.
type kind struct {
	name string
	run  func(context.Context, *client) []Difference
}

// kinds lists the checks in their order: those that say most about what is wrong come
// first, those that may harm the server last.
func kinds(job Job) []kind {
	list := []kind{
		{"golden", func(ctx context.Context, c *client) []Difference { return checkGolden(ctx, c, job.Golden) }},
		{"random", func(ctx context.Context, c *client) []Difference { return checkRandom(ctx, c, job.Random) }},
		{"constant", checkConstant},
		{"hold", checkHold},
		{"stats", checkStats},
		{"threads", func(ctx context.Context, c *client) []Difference { return checkThreads(ctx, c, job.CPUs) }},
		{"collector", checkCollector},
		{"keep-alive", checkKeepAlive},
	}
	if len(job.Database) > 0 {
		list = append(list, kind{"database", func(ctx context.Context, c *client) []Difference {
			return checkDatabase(ctx, c, job.Database, job.DatabaseGolden)
		}})
	}
	if job.Thorough {
		list = append(list,
			kind{"split-write", checkSplitWrite},
			kind{"pipelined-garbage", checkGarbage},
			kind{"oversized-header", checkHeader},
			kind{"oversized-body", checkBody},
			kind{"aborted-request", checkAbort},
		)
	}
	return list
}

// Check makes the job's checks against the target at its address. It returns an error when
// nothing could be checked, because nothing accepts a connection there, and when ctx
// ended before the checks did; the report is then worth nothing. All that the target does
// wrong is in the report.
func Check(ctx context.Context, job Job) (Report, error) {
	return check(ctx, job, defaultLimits())
}

func check(ctx context.Context, job Job, lim limits) (Report, error) {
	c := &client{address: job.Address, seed: job.Seed, limits: lim, rules: map[string]*breach{}}
	defer c.hangUp()
	first, err := c.dial(ctx)
	if err != nil {
		return Report{}, fmt.Errorf("no target to check at %s: %w", job.Address, err)
	}
	c.idle = first

	var report Report
	for _, k := range kinds(job) {
		if c.stopped(ctx) {
			report.Skipped = append(report.Skipped, k.name)
			continue
		}
		report.Differences = append(report.Differences, capped(k.name, k.run(ctx, c), lim.perKind)...)
	}
	report.Differences = append(report.Differences, c.breaches()...)
	if !c.stopped(ctx) {
		report.HeaderBytes, report.BodyBytes = measure(ctx, c)
	}
	report.Checked, report.NotChecked = c.checked, c.notChecked
	if err := ctx.Err(); err != nil {
		return report, fmt.Errorf("check of %s ended early: %w", job.Address, err)
	}
	return report, nil
}

// capped keeps a report readable where a server answers everything wrongly.
func capped(kind string, differences []Difference, most int) []Difference {
	for i := range differences {
		differences[i].Check = kind
	}
	if len(differences) <= most {
		return differences
	}
	return append(differences[:most:most], Difference{
		Check:   kind,
		Request: "more requests",
		What:    "differences",
		Want:    "none",
		Got:     fmt.Sprintf("%d more", len(differences)-most),
	})
}
