package main

import (
	"time"

	"github.com/assay-bench/assay/harness/probe"
)

// A meter tells the CPU time that a server uses from its making to its stop.
type meter struct {
	source probe.Source // nil where the system does not tell
	began  time.Duration
}

// meterOf begins with what the process has used so far.
func meterOf(pid int) meter {
	source, err := probe.OpenProcess(pid)
	if err != nil {
		return meter{}
	}
	first, err := source.Sample()
	if err != nil {
		probe.Close(source)
		return meter{}
	}
	return meter{source: source, began: first.CPU}
}

// stop is what was used meanwhile; 0 where the system did not tell, which the document shows as not measured.
func (m meter) stop() time.Duration {
	if m.source == nil {
		return 0
	}
	defer probe.Close(m.source)
	last, err := m.source.Sample()
	if err != nil {
		return 0
	}
	return last.CPU - m.began
}
