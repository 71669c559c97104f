package plan

import (
	"time"

	"github.com/assay-bench/assay/harness/scenario"
)

// perConnection is what verifying and closing one connection adds to a trial.
const perConnection = 40 * time.Microsecond

// What trials without load take.
const (
	idleRead    = 500 * time.Millisecond // over which the memory of an idle server is read
	buildTime   = 50 * time.Second       // a clean build and a rebuild, mean over the two servers on 2 CPUs (48.6 s in a nightly run)
	developTime = 28 * time.Second       // the same of their development builds
)

// startTime is one start of mode start: the server, the agent that asks it, the end of both.
func (p Plan) startTime() time.Duration {
	if p.Runtime == "docker" {
		return 600 * time.Millisecond
	}
	return 60 * time.Millisecond
}

// ConnectPerSecond is how fast the engine may open connections. Vegeta's engine opens them by a timetable, below what a
// server with a listen backlog of 1,024 accepts: a full queue costs a SYN retransmission of a second. The native engine
// bounds those that wait for their first answer instead, and this is beyond what it reaches.
func ConnectPerSecond(engine string) float64 {
	if engine == nativeEngine {
		return 100_000
	}
	return 8000
}

// connectRate is what the engines reach on a machine of 2 CPUs.
func connectRate(engine string) float64 { return min(ConnectPerSecond(engine), 20_000) }

// SlotTime is how long one trial should take, retries aside: starting a fresh instance, opening the connections,
// warm-up, window, drain, stopping. The constants are what the two runtimes took on a machine of 2 CPUs.
func (p Plan) SlotTime(c Cell) time.Duration {
	switch c.Mode {
	case scenario.Start:
		return time.Duration(c.Starts)*p.startTime() + c.Idle + idleRead
	case scenario.Build:
		if c.Development {
			return developTime
		}
		return buildTime
	}
	overhead := 400 * time.Millisecond
	if p.Runtime == "docker" {
		overhead = 600 * time.Millisecond
	}
	if c.PoolSize > 0 { // the database is brought back to where it began
		overhead += overhead / 2
	}
	connect := time.Duration(float64(c.Connections) / connectRate(p.EngineOf(c)) * float64(time.Second))
	return overhead + connect + time.Duration(c.Connections)*perConnection + c.WarmUp + c.Window + c.Spread
}

// madeAgain is the share of a run's time that goes to trials which are made again: 1 in 25 of both example runs was.
const madeAgain = 0.05

// takes is how long a plan of these cells should take.
func takes(cells []Cell, p Plan) time.Duration {
	var sum time.Duration
	for _, cell := range cells {
		sum += time.Duration(trials(cell, cells, p)) * p.SlotTime(cell)
	}
	return p.StudyTime() + p.calibrationTime(cells) + withRetries(sum)
}

func withRetries(trials time.Duration) time.Duration {
	return time.Duration((1 + madeAgain) * float64(trials))
}
