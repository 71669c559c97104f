package conns

import "time"

// On one host the server pays for waking whoever waits for its answer: a fifth of what an answer costs it, where the load
// side has time to fall asleep between two. A closed loop therefore looks for answers only once in gatherFor, as long as
// fewer than one in gatherShare of its connections have theirs by then. The server keeps enough requests in its queue, and
// by Little's law what an answer waits here it does not wait there. docs/decisions/0008-answers-gather.md has the figures.
const (
	gatherFor   = 100 * time.Microsecond
	gatherShare = 4
)

// gathers tells whether a shard with so many connections may pause before it looks again, after it found answers on batch of
// them. One that is behind, or has so few connections that a pause would leave the server without work, does not.
func gathers(batch, connections int) bool { return gatherShare*batch < connections }
