package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// sideBySide shows every cell with all metrics of all targets.
func (d *data) sideBySide(figures figures) Section {
	s := section("Side by side",
		paragraph(rawf("Medians over the blocks, with the range. The A/A arm is left out. %q: not measured, or too few requests "+
			"for that percentile (a quantile q needs %s/(1-q) of them).", missing, setting(d.Plan.Limits.SamplesPerTail))))
	for _, c := range d.Plan.Cells {
		if c.CrossCheck != "" {
			continue // beside its twin, under Validity
		}
		sub := d.cellSection(c)
		for _, f := range figures.ofCell(c.ID) {
			if _, shown := d.anchor[f.ID]; !shown {
				sub.Blocks = append(sub.Blocks, d.show(f, sub.ID)...)
			}
		}
		s.Sections = append(s.Sections, sub)
	}
	for _, f := range figures.rest(d.anchor) {
		s.Blocks = append(s.Blocks, d.show(f, s.ID)...)
	}
	return s
}

func (d *data) cellSection(c plan.Cell) Section {
	targets := plan.IDs(d.Plan.Contestants(c))
	t := Table{Columns: numbers(append([]string{"Metric"}, targets...)...)}
	records := map[string][]trial.Record{}
	for _, id := range targets {
		records[id] = d.trials(c.ID, id)
	}
	row := func(label string, write func([]trial.Record) string) {
		line := []Text{plain(label)}
		for _, id := range targets {
			line = append(line, plain(write(records[id])))
		}
		t.Rows = append(t.Rows, cells(line...))
	}
	row("usable trials", func(rs []trial.Record) string { return count(len(rs)) })
	if c.Mode.Lifecycle() {
		row("trials in which the server failed", serverFailures)
		d.measuredRows(records, func(string) bool { return false }, row, c)
		return section("Cell "+c.ID, paragraph(plain(d.lifecycleSentence(c))), table(t))
	}
	row("connections held", func(rs []trial.Record) string { return held(c, rs) })
	row("trials in which the server failed", serverFailures)
	row("failed requests", failedRequests)
	d.measuredRows(records, always, row, c)
	return section("Cell "+c.ID, paragraph(plain(cellSentence(c))), table(t))
}

// measuredRows are the metrics that a cell has, and those whose absence a reader must see.
func (d *data) measuredRows(records map[string][]trial.Record, always func(id string) bool, row func(string, func([]trial.Record) string), c plan.Cell) {
	for _, m := range metrics() {
		if d.absent(records, m.ID) && !always(m.ID) {
			continue
		}
		row(m.Label, func(rs []trial.Record) string { return d.middle(rs, m.in(c)) })
	}
}

// lifecycleSentence says what a trial without load is.
func (d *data) lifecycleSentence(c plan.Cell) string {
	if c.Mode == "build" {
		return "Mode build, no load: " + d.buildsMade(c) + "a copy of the source is built by the compilers of this host (" + d.compilers() + "), on the CPUs of server and load together, with no cache and no network, its dependencies downloaded, " +
			"then edited as the target's manifest says, and built again; the program is started as a plain process. " +
			"Go's clean build compiles the packages of its standard library that the server takes, since Go comes with their source alone; Rust's comes compiled. The rebuild compiles neither. " +
			"Edit to first answer is the edit, the rebuild, and exec to first answer." +
			d.someBlocks(c)
	}
	return fmt.Sprintf("Mode start, no load: a trial is %s of fresh instances, one after another. Exec to first answer is their median: from right before the exec to the first "+
		"GET /healthz answered with 200, asked every 200 us on a connection of its own. Idle memory is read %s after the last one's first answer. "+
		"Lines (neither blank nor all comment, without tests) and modules (what go.mod or Cargo.lock pins, the server's own included) are counted "+
		"by assay's own counter, whose rules raw/*/starts.json names.", plural(c.Starts, "start"), duration(c.Idle)) + d.leftOutOfLines(c)
}

// buildsMade says which of a target's builds a cell measures, where targets have two.
func (d *data) buildsMade(c plan.Cell) string {
	var dev, apart []string // the latter have another build than the shipped one
	for _, t := range d.Plan.TargetsIn(c) {
		b := t.Build.Development
		if b == nil {
			continue
		}
		dev = append(dev, t.ID+" by "+strings.Join(b.Command, " "))
		if !slices.Equal(b.Command, t.Build.Command) {
			apart = append(apart, t.ID)
		}
	}
	switch {
	case c.Development:
		return "the builds that somebody makes who works on a server, by the targets' manifests (" + strings.Join(dev, "; ") + "); what they make is started once and never loaded. In each trial "
	case len(apart) > 0:
		return "the shipped builds, with all their optimisation, which nobody makes after each edit of " + strings.Join(apart, ", ") + ". In each trial "
	}
	return ""
}

// leftOutOfLines names the files that are not counted, with their number of lines where it was measured.
func (d *data) leftOutOfLines(c plan.Cell) string {
	said := ""
	for _, t := range d.Plan.TargetsIn(c) {
		if t.Source == nil {
			continue
		}
		lines := ""
		if n, ok := median(d.values(d.trials(c.ID, t.ID), trial.UncountedLines)); ok {
			lines = " (" + exact(n) + " lines)"
		}
		said += " Left out of the lines of " + t.ID + ": " + strings.Join(t.Source.Uncounted, ", ") + lines + ", since " + t.Source.Why + "."
	}
	return said
}

// compilers are the toolchains of the host.
func (d *data) compilers() string {
	if len(d.Env.Toolchains) == 0 {
		return "their versions are not known"
	}
	return strings.Join(slices.Sorted(maps.Values(d.Env.Toolchains)), "; ")
}

// someBlocks says of a cell that is not in all blocks in how many it is.
func (d *data) someBlocks(c plan.Cell) string {
	if c.Blocks == 0 || c.Blocks >= d.Plan.Blocks {
		return ""
	}
	return fmt.Sprintf(" It is measured in %d of the %s, since a trial is long.", c.Blocks, plural(d.Plan.Blocks, "block"))
}

// always are the metrics whose absence a reader must see.
func always(id string) bool {
	return slices.Contains([]string{requestsPerSec, p50, p99, p999, cpuPerRequest, memory, trial.TargetCPUShare,
		trial.BytesPerAnswer, trial.HeaderBytes, trial.GCCount, trial.GCPauseSeconds}, id)
}

func (d *data) absent(records map[string][]trial.Record, id string) bool {
	for _, rs := range records {
		if len(d.values(rs, id)) > 0 {
			return false
		}
	}
	return true
}

// middle writes median and range of a metric, and over how many trials where some of
// them lack it.
func (d *data) middle(rs []trial.Record, m metric) string {
	values := d.values(rs, m.ID)
	mid, ok := median(values)
	if !ok {
		return missing
	}
	lo, hi := slices.Min(values), slices.Max(values)
	out := m.write(mid)
	if m.write(lo) != m.write(hi) {
		out += " (" + span(lo, hi, m.write) + ")"
	}
	if len(values) < len(rs) {
		out += fmt.Sprintf(", %s of %s", count(len(values)), plural(len(rs), "trial"))
	}
	if n := rejected(rs, m.ID); n > 0 {
		out += fmt.Sprintf(", %s rejected", count(n))
	}
	return out
}

func held(c plan.Cell, rs []trial.Record) string {
	if len(rs) == 0 {
		return missing
	}
	n := 0
	for _, r := range rs {
		if r.Connections.Held {
			n++
		}
	}
	return fmt.Sprintf("%s in %s of %s", count(c.Connections), count(n), plural(len(rs), "trial"))
}

func serverFailures(rs []trial.Record) string {
	if len(rs) == 0 {
		return missing
	}
	n := 0
	for _, r := range rs {
		if r.Status == trial.ServerFailed {
			n++
		}
	}
	return count(n)
}

func failedRequests(rs []trial.Record) string {
	if len(rs) == 0 {
		return missing
	}
	var failed, sent int64
	for _, r := range rs {
		failed += r.Counts.Failed
		sent += r.Counts.Sent
	}
	return fmt.Sprintf("%s of %s", count(failed), count(sent))
}

// cellSentence says what a trial of the cell is.
func cellSentence(c plan.Cell) string {
	what := fmt.Sprintf("%s over %s at %s requests/s in total", orMissing(c.Request),
		plural(c.Connections, "connection"), setting(c.RequestsPerSecond))
	if c.PercentOfCapacity > 0 {
		what += fmt.Sprintf(", meant as %s %% of the slowest target's capacity", count(c.PercentOfCapacity))
	}
	if c.Mode == "in-flight" || c.Mode == "saturate" {
		what = fmt.Sprintf("%s over %s, the next one on each as soon as its answer is in", orMissing(c.Request), plural(c.Connections, "connection"))
	}
	what += besideDatabase(c)
	if c.HostLimit {
		what += ", as many connections as this host allows"
	}
	slo := ""
	if c.SLOP99 > 0 {
		slo = fmt.Sprintf(" Objective: p99 of at most %s, no error.", duration(c.SLOP99)+waitWords(waitOf(c)))
	}
	return fmt.Sprintf("Mode %s: %s; warm-up %s, window %s.%s", orMissing(string(c.Mode)), what,
		duration(c.WarmUp), duration(c.Window), slo)
}
