package conform

import (
	"context"
	"fmt"
	"time"
)

// An AttendedJob asks for the checks that take two sides: the agent, which talks to the
// target, and whoever started the target, who sees its process and ends it. CheckAttended
// is the agent's side; it tells the other what to do by Events.
type AttendedJob struct {
	Address string `json:"address"` // "127.0.0.1:8080"
}

// An Event is one line from the agent to the other side.
type Event struct {
	What EventKind `json:"what"`
	// ResidentBytes is what GET /stats says; nil: null.
	ResidentBytes *uint64 `json:"resident_bytes,omitempty"`
}

// An EventKind says what has just happened.
type EventKind string

// The events in their order.
const (
	// Resident: GET /stats has told resident_bytes, which the process's own is compared with.
	Resident EventKind = "resident"
	// Holding: a request is open; the target has to be sent SIGTERM now.
	Holding EventKind = "holding"
	// Refused: the target has accepted no more connections.
	Refused EventKind = "refused"
)

// residentTimes is how often resident_bytes is told. Memory changes between two readings,
// so that one pair of them may be apart in a right server.
const (
	residentTimes = 3
	residentEvery = 50 * time.Millisecond
)

// CheckAttended makes the agent's half of the attended checks; the target is to end
// meanwhile. Errors are as Check's.
func CheckAttended(ctx context.Context, job AttendedJob, tell func(Event)) (Report, error) {
	return checkAttended(ctx, job, defaultLimits(), tell)
}

func checkAttended(ctx context.Context, job AttendedJob, lim limits, tell func(Event)) (Report, error) {
	c := &client{address: job.Address, limits: lim, rules: map[string]*breach{}}
	defer c.hangUp()
	first, err := c.dial(ctx)
	if err != nil {
		return Report{}, fmt.Errorf("no target to check at %s: %w", job.Address, err)
	}
	c.idle = first
	tellResident(ctx, c, tell)
	report := Report{Differences: capped(DrainCheck, checkDrain(ctx, c, tell), lim.perKind)}
	report.Differences = append(report.Differences, c.breaches()...)
	report.Checked = c.checked
	if err := ctx.Err(); err != nil {
		return report, fmt.Errorf("check of %s ended early: %w", job.Address, err)
	}
	return report, nil
}

func tellResident(ctx context.Context, c *client, tell func(Event)) {
	for range residentTimes {
		stats, _, err := c.stats(ctx)
		if err != nil {
			return // the other side goes without; Check has said what is wrong with the answer
		}
		tell(Event{What: Resident, ResidentBytes: stats.ResidentBytes})
		pause(ctx, residentEvery)
	}
}
