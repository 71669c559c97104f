package main

import "fmt"

// The figures that are wanted of the native engine.
const (
	wantedOverWrk       = 1.15 // times wrk's answers for a CPU-second, at least
	wantedOverVegeta    = 2.5  // times vegeta's, at least
	wantedLateP99Micros = 150  // at most
	wantedAgreement     = 0.10 // the ratios of the servers differ by this share, at most
)

// wantedConnectSeconds is how long opening and verifying may take, at most.
func wantedConnectSeconds() map[int]float64 {
	return map[int]float64{manyConnections: 1, mostConnections: 2}
}

// A figure is one that is wanted, beside what was measured of it.
type figure struct {
	What     string
	Wanted   string
	Measured string
	Met      string
}

// How far a figure is met.
const (
	met       = "yes"
	meanMet   = "by the mean, not by the whole interval"
	medianMet = "by the median, not in every round"
	missed    = "no"
	unknown   = "not measured"
)

// figures are all that is wanted, in the order of the document.
func figures(r *results) []figure {
	var all []figure
	for _, rival := range []struct {
		engine engine
		least  float64
	}{{wrk, wantedOverWrk}, {vegeta, wantedOverVegeta}} {
		for _, server := range contractServers() {
			for _, n := range []int{fewConnections, someConnections} {
				all = append(all, costFigure(r, server, n, rival.engine, rival.least))
			}
		}
	}
	for _, server := range contractServers() {
		all = append(all, latenessFigure(r, server))
	}
	for _, n := range connectLevels() {
		for _, server := range contractServers() {
			all = append(all, connectFigure(r, server, n))
		}
	}
	for _, n := range []int{fewConnections, someConnections} {
		all = append(all, agreementFigure(r, n))
	}
	return all
}

func costFigure(r *results, server string, connections int, rival engine, least float64) figure {
	f := figure{
		What: fmt.Sprintf("requests per generator-CPU-second, native, asleep, over %s, %s, %s connections",
			rival, server, count(connections)),
		Wanted:   fmt.Sprintf("at least %.2f", least),
		Measured: unknown, Met: unknown,
	}
	if q, err := costRatio(r, server, connections, native, rival); err == nil {
		f.Measured, f.Met = q.String(), atLeast(q, least)
	}
	return f
}

func atLeast(q ratio, least float64) string {
	switch {
	case q.Mean < least:
		return missed
	case q.Low < least: // false with one pair, which has no interval
		return meanMet
	}
	return met
}

func latenessFigure(r *results, server string) figure {
	f := figure{
		What: fmt.Sprintf("p99 lateness of sends, native, awake before each send, %s, %s requests/s over %s connections",
			server, count(lateRate), count(lateConnections)),
		Wanted:   fmt.Sprintf("at most %d us", wantedLateP99Micros),
		Measured: unknown, Met: unknown,
	}
	rounds := pick(r.Late, server, lateConnections, native)
	if s, err := spreadOf(values(rounds, func(s scheduled) float64 { return s.LateP99Micros })); err == nil {
		f.Measured, f.Met = s.text(0, "us"), atMost(s, wantedLateP99Micros)
	}
	return f
}

func connectFigure(r *results, server string, connections int) figure {
	limit := wantedConnectSeconds()[connections]
	f := figure{
		What:     fmt.Sprintf("%s connections open and verified, native, asleep, %s", count(connections), server),
		Wanted:   fmt.Sprintf("within %.0f s", limit),
		Measured: unknown, Met: unknown,
	}
	rounds := pick(r.Connects, server, connections, native)
	if s, err := spreadOf(values(rounds, func(s scheduled) float64 { return s.ConnectSeconds })); err == nil {
		f.Measured, f.Met = s.text(2, "s"), atMost(s, limit)
	}
	return f
}

func atMost(s spread, most float64) string {
	switch {
	case s.Median > most:
		return missed
	case s.Max > most:
		return medianMet
	}
	return met
}

func agreementFigure(r *results, connections int) figure {
	low, high := 1-wantedAgreement, 1+wantedAgreement
	f := figure{
		What: fmt.Sprintf("rate on %s over rate on %s, native's ratio, awake, over wrk's, %s connections",
			rustServer, goServer, count(connections)),
		Wanted:   fmt.Sprintf("from %.2f to %.2f", low, high),
		Measured: unknown, Met: unknown,
	}
	q, err := agreement(r, connections, awake)
	if err != nil {
		return f
	}
	f.Measured = q.String()
	switch {
	case q.Mean < low || q.Mean > high:
		f.Met = missed
	case q.Low < low || q.High > high:
		f.Met = meanMet
	default:
		f.Met = met
	}
	return f
}
