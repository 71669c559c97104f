package run

import (
	"fmt"

	"github.com/assay-bench/assay/harness/conform"
	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/probe"
)

// How far resident_bytes of GET /stats and the kernel's number for the process may be
// apart: each at most so many times the other and a little more. Between the two readings
// lies the way of a line from the agent, in which a collector may give memory back.
const (
	residentFactor = 1.5
	residentSlack  = 2 << 20
)

// A residence compares what a target says of its resident size with what the kernel says.
type residence struct {
	source    probe.Source // nil: out of reach
	why       string       // it is
	agreed    bool         // one pair of readings was close enough
	said, saw int64        // the last pair; said is -1 for null
	pairs     int
}

// openResidence needs the process itself: the numbers of a cgroup or an engine leave out the
// pages of the program file, and are another quantity.
func openResidence(inst launch.Instance) *residence {
	if inst.PID() == 0 {
		return &residence{why: "the process is out of this host's sight"}
	}
	source, err := probe.Open(inst.PID(), inst.ContainerID())
	if err != nil {
		return &residence{why: err.Error()}
	}
	return &residence{source: source}
}

func (m *residence) close() {
	if m.source != nil {
		_ = probe.Close(m.source) // read only: nothing can be lost
	}
}

// compare reads the process's memory, right after the target told its own view.
func (m *residence) compare(said *uint64) {
	if m.source == nil {
		return
	}
	sample, err := m.source.Sample()
	if err != nil || sample.ResidentBytes < 0 {
		m.why = fmt.Sprintf("the process's memory cannot be read: %v", err)
		return
	}
	m.pairs++
	m.saw, m.said = sample.ResidentBytes, -1
	if said != nil {
		m.said = int64(min(*said, 1<<62))
		m.agreed = m.agreed || alike(m.said, m.saw)
	}
}

func alike(a, b int64) bool {
	return float64(max(a, b)) <= residentFactor*float64(min(a, b))+residentSlack
}

// report says whether they agreed, or why nobody knows.
func (m *residence) report() conform.Report {
	const what = "resident_bytes"
	switch {
	case m.agreed:
		return conform.Report{Checked: 1}
	case m.pairs == 0:
		if m.why == "" {
			m.why = "the server did not tell it"
		}
		return conform.Report{NotChecked: []string{what + " of GET /stats: " + m.why}}
	}
	got := "null"
	if m.said >= 0 {
		got = fmt.Sprint(m.said)
	}
	return conform.Report{Checked: 1, Differences: []conform.Difference{{
		Check: conform.ResidentCheck, Request: "GET /stats", What: what,
		Want: fmt.Sprintf("%d as the kernel counts, within a factor of %g and %d MiB", m.saw, residentFactor, residentSlack>>20), Got: got,
	}}}
}
