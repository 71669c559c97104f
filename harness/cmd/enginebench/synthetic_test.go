package main

import "time"

// synthetic is a run whose figures are chosen: with answers for a microsecond's cost, each round a little off.
func synthetic() *results {
	r := &results{
		Left:   []string{"nginx is not here"},
		Failed: []string{"rust-server with 10,000 connections by vegeta, round 1: 3 requests failed"},
		Environment: []fact{
			{"CPU", "a CPU"}, {"steal during the run", "0.1 %"}, {"wrk", "wrk 4.1.0"},
		},
	}
	off := []float64{1, 1.02, 0.99}
	for _, c := range []struct {
		server       string
		connections  int
		engine       engine
		user, system float64 // us a request
		rate         float64
		bytes        int64
		rounds       int
	}{
		{goServer, 64, native, 1, 4, 70_000, 10 << 20, 3},
		{goServer, 64, wrk, 1, 5, 71_000, 5 << 20, 3},
		{goServer, 64, vegeta, 12, 8, 45_000, 28 << 20, 2},
		{rustServer, 64, native, 1, 4, 140_000, 10 << 20, 3},
		{rustServer, 64, wrk, 1, 4, 135_000, 5 << 20, 3},
		{goServer, 64, awake, 2, 4, 76_000, 10 << 20, 3},
		{rustServer, 64, awake, 2, 4, 146_000, 10 << 20, 3},
		{goServer, 10_000, native, 1, 9, 40_000, 12 << 20, 1},
	} {
		for round := range c.rounds {
			const answers = 100_000
			cost := func(micros float64) time.Duration { return time.Duration(micros * off[round] * answers * 1e3) }
			user := cost(c.user)
			if c.engine == native {
				user = time.Duration(c.user * answers * 1e3) // does not move with the others: a spread
			}
			idle := 0.0
			if c.engine == awake {
				idle = 0.1
			}
			r.Closed = append(r.Closed, measurement{
				Server: c.server, Connections: c.connections, Engine: c.engine, Round: round,
				driven: driven{Answers: answers, Rate: c.rate * off[(round+1)%3], Seconds: answers / c.rate, Idle: idle},
				User:   user, System: cost(c.system), MaxRSSBytes: c.bytes,
				Sleeps: int64(50 * (round + 1) * answers / 1000), ServerCPU: time.Duration(round) * answers * 10 * time.Microsecond,
			})
		}
	}
	for round, p99 := range []float64{90, 140, 160} {
		came := rated{LateP50Micros: 20, LateP99Micros: p99}
		r.Late = append(r.Late, scheduled{goServer, lateConnections, native, round, came})
	}
	came := rated{LateP50Micros: 400, LateP99Micros: 31_000}
	r.Late = append(r.Late, scheduled{goServer, lateConnections, vegeta, 0, came})
	for round, seconds := range []float64{0.71, 0.84, 0.75} {
		r.Connects = append(r.Connects, scheduled{rustServer, manyConnections, native, round, rated{ConnectSeconds: seconds}})
	}
	return r
}
