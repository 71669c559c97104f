package main

import "time"

// An engine is what makes the load.
type engine string

const (
	native engine = "native" // asleep between answers, as wrk is
	wrk    engine = "wrk"
	vegeta engine = "vegeta"
	awake  engine = "native, awake" // the native one as it drives a server to its limit: it never sleeps
)

// closedEngines are all that drive a closed loop, in the order of the document.
func closedEngines() []engine { return []engine{native, wrk, awake, vegeta} }

// The servers, of which nginx may be missing.
const (
	goServer   = "go-server"
	rustServer = "rust-server"
	nginx      = "nginx"
)

func allServers() []string { return []string{goServer, rustServer, nginx} }

// contractServers are those that keep targets/CONTRACT.md: they count their connections in GET /stats.
func contractServers() []string { return []string{goServer, rustServer} }

// Numbers of connections.
const (
	fewConnections  = 64
	someConnections = 1_000
	manyConnections = 10_000
	mostConnections = 19_500
	lateConnections = 5_000 // at which lateness is measured
)

func closedLevels() []int   { return []int{fewConnections, someConnections, manyConnections} }
func connectLevels() []int  { return []int{manyConnections, mostConnections} }
func allConnections() []int { return append(closedLevels(), lateConnections, mostConnections) }

// Rounds of what is measured beside the pairs.
const (
	vegetaRounds      = 5 // of a closed loop, at most
	manyRounds        = 3 // at 10,000 connections, at most
	manyVegetaRounds  = 2 // likewise, of vegeta
	nativeLateRounds  = 3
	vegetaLateRounds  = 1
	connectRounds     = 3
	lateRate          = 10_000 // requests/s
	lateWarmUp        = time.Second
	lateWindow        = 5 * time.Second
	quickLateWindow   = time.Second
	quickScheduled    = 1 // rounds of lateness and connecting with --quick
	connectWindow     = 100 * time.Millisecond
	connectsPerSecond = 1e6 // no bound: the server's accepting is one
)

// closedRounds is how many rounds an engine takes part in at a number of connections.
func closedRounds(pairs, connections int, e engine) int {
	switch {
	case e == vegeta && connections >= manyConnections:
		return min(pairs, manyVegetaRounds)
	case e == vegeta:
		return min(pairs, vegetaRounds)
	case connections >= manyConnections:
		return min(pairs, manyRounds)
	}
	return pairs
}

// rotated is list with its first n elements moved to its end: who begins changes from round to round.
func rotated[T any](list []T, n int) []T {
	if len(list) == 0 {
		return nil
	}
	n %= len(list)
	return append(append([]T{}, list[n:]...), list[:n]...)
}
