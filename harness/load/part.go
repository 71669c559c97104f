package load

import "time"

// A Part is one agent's share of a job that several agents drive together: connection n of the job belongs to agent
// n mod Of. All of them have the same schedule, so that what they count adds up to what one agent would have counted.
// The zero Part is the whole job. Only the native engine drives parts.
type Part struct {
	Index int `json:"index"` // from 0
	Of    int `json:"of"`    // 0 and 1: the whole
}

func (p Part) of() int { return max(1, p.Of) }

// share is how many of n connections belong to the part.
func (p Part) share(n int) int { return (n - p.Index + p.of() - 1) / p.of() }

// Agents of one job pass the barrier one shortly after the other, and begin at the next common tick of the clock; those
// that missed it are found out when the results are merged.
const (
	commonTick = 500 * time.Millisecond
	tickLead   = 100 * time.Millisecond
	// partsLinger is how long an agent keeps its connections after the window: the others still count them.
	partsLinger = 2 * time.Second
)

// start is when the schedule of a job begins whose connections were verified just now.
func (p Part) start(now time.Time) time.Time {
	if p.of() == 1 {
		return now.Add(leadTime)
	}
	wall := now.Round(0) // without the monotonic clock, which the other agents do not share
	tick := wall.Add(tickLead).Truncate(commonTick).Add(commonTick)
	return now.Add(tick.Sub(wall))
}
