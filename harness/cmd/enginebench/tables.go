package main

import (
	"fmt"
	"slices"
	"strings"
)

// A table is written as Markdown.
type table struct {
	head []string
	rows [][]string
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

func (t *table) String() string {
	var b strings.Builder
	line := func(cells []string) { fmt.Fprintf(&b, "| %s |\n", strings.Join(cells, " | ")) }
	line(t.head)
	line(slices.Repeat([]string{"---"}, len(t.head)))
	for _, cells := range t.rows {
		line(cells)
	}
	return b.String()
}

func wantedTable(r *results) *table {
	t := &table{head: []string{"figure", "wanted", "measured", "met"}}
	for _, f := range figures(r) {
		t.add(f.What, f.Wanted, f.Measured, f.Met)
	}
	return t
}

// costTable holds medians over the rounds of each cell.
func costTable(r *results) *table {
	t := &table{head: []string{
		"server", "connections", "engine", "rounds", "requests per CPU-second", "user us a request", "system us a request",
		"requests/s", "share of its CPU", "server's us a request", "sleeps of the generator for 1,000 answers",
	}}
	eachCell(func(server string, connections int) {
		for _, e := range closedEngines() {
			list := r.closed(server, connections, e)
			if len(list) == 0 {
				continue
			}
			middle := func(format string, figure func(measurement) float64) string {
				v, err := median(list, figure)
				return orUnknown(fmt.Sprintf(format, v), err)
			}
			user, system := middle("%.2f", measurement.userMicros), middle("%.2f", measurement.systemMicros)
			if e == awake { // what it was awake for with nothing to do is in both, and taken off the rate a CPU-second alone
				user, system = user+" with idle", system+" with idle"
			}
			t.add(server, count(connections), string(e), fmt.Sprint(len(list)),
				middle("%.0f", measurement.perCPUSecond), user, system,
				middle("%.0f", func(m measurement) float64 { return m.Rate }),
				middle("%.0f %%", func(m measurement) float64 { return 100 * min(1, m.busy()) }),
				serverCost(list), middle("%.0f", measurement.sleepsPerThousand))
		}
	})
	return t
}

// serverCost is the median over those measurements in which the server's CPU time is known.
func serverCost(list []measurement) string {
	known := slices.DeleteFunc(slices.Clone(list), func(m measurement) bool { return m.ServerCPU <= 0 })
	v, err := median(known, measurement.serverMicros)
	return orUnknown(fmt.Sprintf("%.2f", v), err)
}

func ratioTable(r *results) *table {
	t := &table{head: []string{"server", "connections", "native over wrk", "native, awake, over wrk", "native over vegeta"}}
	eachCell(func(server string, connections int) {
		overWrk, errWrk := costRatio(r, server, connections, native, wrk)
		awakeOverWrk, errAwake := costRatio(r, server, connections, awake, wrk)
		overVegeta, errVegeta := costRatio(r, server, connections, native, vegeta)
		if errWrk == nil || errAwake == nil || errVegeta == nil {
			t.add(server, count(connections), orUnknown(overWrk.String(), errWrk), orUnknown(awakeOverWrk.String(), errAwake),
				orUnknown(overVegeta.String(), errVegeta))
		}
	})
	return t
}

func saturationTable(r *results) *table {
	t := &table{head: []string{"connections", "by wrk", "by native, awake", "its ratio over wrk's", "by native, asleep", "its ratio over wrk's"}}
	for _, n := range closedLevels() {
		if n == manyConnections { // a short window is mostly connecting there, which is in wrk's time and not in the engine's
			continue
		}
		by := func(e engine) string {
			q, err := serverRatio(r, n, e)
			return orUnknown(q.String(), err)
		}
		over := func(e engine) string {
			q, err := agreement(r, n, e)
			return orUnknown(q.String(), err)
		}
		if by(awake) != unknown || by(native) != unknown || by(wrk) != unknown {
			t.add(count(n), by(wrk), by(awake), over(awake), by(native), over(native))
		}
	}
	return t
}

func latenessTable(r *results) *table {
	t := &table{head: []string{"server", "engine", "p50", "p99"}}
	for _, server := range contractServers() {
		for _, e := range []engine{native, vegeta} {
			list := pick(r.Late, server, lateConnections, e)
			p50, err := spreadOf(values(list, func(s scheduled) float64 { return s.LateP50Micros }))
			p99, err99 := spreadOf(values(list, func(s scheduled) float64 { return s.LateP99Micros }))
			if err == nil && err99 == nil {
				t.add(server, string(e), p50.text(0, "us"), p99.text(0, "us"))
			}
		}
	}
	return t
}

func connectTable(r *results) *table {
	t := &table{head: []string{"connections", "server", "open and verified"}}
	for _, n := range connectLevels() {
		for _, server := range contractServers() {
			list := pick(r.Connects, server, n, native)
			if s, err := spreadOf(values(list, func(s scheduled) float64 { return s.ConnectSeconds })); err == nil {
				t.add(count(n), server, s.text(2, "s"))
			}
		}
	}
	return t
}

func memoryTable(r *results) *table {
	t := &table{head: []string{"server", "native", "wrk", "vegeta"}}
	for _, server := range allServers() {
		row, some := []string{server}, false
		for _, e := range []engine{native, wrk, vegeta} {
			n, err := bytesPerConnection(r, server, e)
			some = some || err == nil
			row = append(row, orUnknown(fmt.Sprintf("%.0f", n), err))
		}
		if some {
			t.add(row...)
		}
	}
	return t
}

// everyTable lists every closed-loop measurement in the order in which it was made.
func everyTable(r *results) *table {
	t := &table{head: []string{
		"round", "server", "connections", "engine", "answers", "user s", "system s", "of these idle s", "work s", "requests/s", "peak memory MiB",
	}}
	for _, m := range r.Closed {
		t.add(fmt.Sprint(m.Round+1), m.Server, count(m.Connections), string(m.Engine), fmt.Sprint(m.Answers),
			fmt.Sprintf("%.3f", m.User.Seconds()), fmt.Sprintf("%.3f", m.System.Seconds()),
			fmt.Sprintf("%.3f", m.Idle), fmt.Sprintf("%.3f", m.work()),
			fmt.Sprintf("%.0f", m.Rate), mebibytes(m.MaxRSSBytes))
	}
	return t
}

func eachCell(f func(server string, connections int)) {
	for _, server := range allServers() {
		for _, n := range closedLevels() {
			f(server, n)
		}
	}
}

// orUnknown is text, unless there was nothing to make it from.
func orUnknown(text string, err error) string {
	if err != nil {
		return unknown
	}
	return text
}
