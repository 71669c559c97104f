package main

import (
	"errors"

	"github.com/assay-bench/assay/harness/stats"
)

// errNone says that there is nothing to compute from.
var errNone = errors.New("not measured")

// costRatio is answers for a CPU-second of engine a over those of b, in the rounds in which both were measured.
func costRatio(r *results, server string, connections int, a, b engine) (ratio, error) {
	var x, y []float64
	for _, p := range pairs(r, server, connections, a, b) {
		x, y = append(x, p[0].perCPUSecond()), append(y, p[1].perCPUSecond())
	}
	if len(x) == 0 {
		return ratio{}, errNone
	}
	return ratioOf(x, y)
}

// pairs joins the measurements of two engines by their rounds.
func pairs(r *results, server string, connections int, a, b engine) [][2]measurement {
	var found [][2]measurement
	for _, m := range r.closed(server, connections, a) {
		for _, o := range r.closed(server, connections, b) {
			if m.Round == o.Round {
				found = append(found, [2]measurement{m, o})
			}
		}
	}
	return found
}

// serverRates are an engine's rates on two servers in the rounds in which both were measured, by round.
func serverRates(r *results, x, y string, connections int, e engine) map[int][2]float64 {
	rates := map[int][2]float64{}
	for _, m := range r.closed(x, connections, e) {
		for _, o := range r.closed(y, connections, e) {
			if m.Round == o.Round {
				rates[m.Round] = [2]float64{m.Rate, o.Rate}
			}
		}
	}
	return rates
}

// serverRatio is what an engine says of rust-server's rate over go-server's.
func serverRatio(r *results, connections int, e engine) (ratio, error) {
	rates := serverRates(r, rustServer, goServer, connections, e)
	var x, y []float64
	for round := range rates {
		x, y = append(x, rates[round][0]), append(y, rates[round][1])
	}
	if len(x) == 0 {
		return ratio{}, errNone
	}
	return ratioOf(x, y)
}

// agreement is the native engine's ratio of the two servers, driven to their limits, over wrk's: 1 when they agree.
func agreement(r *results, connections int, e engine) (ratio, error) {
	ours := serverRates(r, rustServer, goServer, connections, e)
	theirs := serverRates(r, rustServer, goServer, connections, wrk)
	var x, y []float64
	for round, o := range ours {
		if t, ok := theirs[round]; ok {
			x, y = append(x, o[0]/o[1]), append(y, t[0]/t[1])
		}
	}
	if len(x) == 0 {
		return ratio{}, errNone
	}
	return ratioOf(x, y)
}

// values takes one figure from each of a list, in its order.
func values[T any](list []T, figure func(T) float64) []float64 {
	var all []float64
	for _, v := range list {
		all = append(all, figure(v))
	}
	return all
}

// median is that of one figure over a list; an error for an empty one.
func median[T any](list []T, figure func(T) float64) (float64, error) {
	if len(list) == 0 {
		return 0, errNone
	}
	return stats.Median(values(list, figure))
}

// bytesPerConnection is the rise of an engine's peak memory between two numbers of connections, for each connection.
func bytesPerConnection(r *results, server string, e engine) (float64, error) {
	known := func(list []measurement) []measurement {
		var found []measurement
		for _, m := range list {
			if m.MaxRSSBytes >= 0 {
				found = append(found, m)
			}
		}
		return found
	}
	peak := func(m measurement) float64 { return float64(m.MaxRSSBytes) }
	few, err := median(known(r.closed(server, fewConnections, e)), peak)
	if err != nil {
		return 0, err
	}
	many, err := median(known(r.closed(server, manyConnections, e)), peak)
	if err != nil {
		return 0, err
	}
	return (many - few) / (manyConnections - fewConnections), nil
}
