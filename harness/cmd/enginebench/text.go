package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/assay-bench/assay/harness/digits"
)

// The rows that a person sees while it goes.
const (
	closedHeader  = "\nround server      connections engine        requests/s  requests/CPU-s  user us  system us  of these idle us  memory MiB"
	lateHeader    = "\nround server      connections engine  lateness p50 us   p99 us"
	connectHeader = "\nround server      connections engine  open and verified s"
)

func closedRow(m measurement) string {
	return fmt.Sprintf("%5d %-11s %11s %-13s %10.0f %15.0f %8.2f %10.2f %17.2f %11s",
		m.Round+1, m.Server, count(m.Connections), m.Engine,
		m.Rate, m.perCPUSecond(), m.userMicros(), m.systemMicros(), m.idleMicros(), mebibytes(m.MaxRSSBytes))
}

func lateRow(s scheduled) string {
	return fmt.Sprintf("%5d %-11s %11s %-7s %15.0f %8.0f",
		s.Round+1, s.Server, count(s.Connections), s.Engine, s.LateP50Micros, s.LateP99Micros)
}

func connectRow(s scheduled) string {
	return fmt.Sprintf("%5d %-11s %11s %-7s %19.3f", s.Round+1, s.Server, count(s.Connections), s.Engine, s.ConnectSeconds)
}

func printAll(w io.Writer, list []scheduled, row func(scheduled) string) {
	for _, s := range list {
		fmt.Fprintln(w, row(s))
	}
}

// wantedText is the table of what is wanted, for a terminal.
func wantedText(r *results) string {
	var b strings.Builder
	for _, f := range figures(r) {
		if f.Met == unknown {
			fmt.Fprintf(&b, "%s\n    wanted %s; %s\n", f.What, f.Wanted, unknown)
			continue
		}
		fmt.Fprintf(&b, "%s\n    wanted %s; measured %s; met: %s\n", f.What, f.Wanted, f.Measured, f.Met)
	}
	return b.String()
}

// count writes a number with a comma before each three digits.
func count(n int) string { return digits.Count(n) }

// mebibytes writes bytes in MiB, and "not known" for -1.
func mebibytes(n int64) string {
	if n < 0 {
		return "not known"
	}
	return fmt.Sprintf("%.1f", float64(n)/(1<<20))
}
