package report

import (
	"cmp"
	"math"
	"slices"

	"github.com/assay-bench/assay/harness/digits"
	"github.com/assay-bench/assay/harness/trial"
)

// validity shows whether the numbers may be believed before it shows any of them.
func (d *data) validity(figures figures) Section {
	s := section("Validity and A/A")
	t := d.Judgement.Trials
	s.Blocks = append(s.Blocks, paragraph(rawf(
		"%s planned, %s usable, %s without a usable trial. Attempts: %s recorded, of which %s invalid, %s broken and "+
			"%s repeated because requests left late; each was tried again in its slot, at most %s in all. In %s a server "+
			"failed; that is a result and counts.",
		plural(t.Planned, "trial"), count(t.Usable), plural(t.Missing, "slot"), count(len(d.Records)),
		count(t.Invalid), count(t.Broken), count(d.repeated()), plural(d.Plan.Limits.Attempts, "attempt"),
		plural(d.withStatus(trial.ServerFailed), "usable trial"))))
	s.Sections = append(s.Sections, d.checks())
	s.Sections = append(s.Sections, d.nullServer()...)
	s.Sections = append(s.Sections, d.crossChecks()...)
	s.Sections = append(s.Sections, d.canaries()...)
	s.Sections = append(s.Sections, d.controls())
	s.Sections = append(s.Sections, d.hostDrift()...)
	s.Sections = append(s.Sections, d.order(figures, s.ID)...)
	return s
}

// repeated counts the usable attempts that a later usable one of the same slot replaced.
func (d *data) repeated() int {
	last := map[int]int{}
	usable := 0
	for _, r := range d.Records {
		if r.Usable() {
			usable++
			last[r.Slot] = max(last[r.Slot], r.Attempt)
		}
	}
	return usable - len(last)
}

func (d *data) withStatus(status trial.Status) int {
	n := 0
	for _, r := range d.usable {
		if r.Status == status {
			n++
		}
	}
	return n
}

// A checkGroup is one validity check over all trials that made it.
type checkGroup struct {
	id     string
	unit   string
	made   int
	failed int
	checks []trial.Check
}

// checks shows each validity check with its limit and the worst value seen.
func (d *data) checks() Section {
	t := Table{Columns: []Column{
		{Title: "Check"}, {Title: "Limit"}, {Title: "Worst value seen"},
		{Title: "Trials checked", Right: true}, {Title: "Failed", Right: true},
	}}
	groups := d.checkGroups()
	if len(groups) > 0 {
		t.Rows = append(t.Rows, d.conformanceRow()...)
	}
	for _, g := range groups {
		worst, bound := g.worst()
		t.Rows = append(t.Rows, cells(plain(checkLabel(g.id)), plain(g.limit(bound)), plain(g.worstSeen(worst)),
			plain(count(g.made)), plain(count(g.failed))))
	}
	if len(groups) > 0 {
		t.Rows = append(t.Rows, d.uncheckedRows(groups)...)
		t.Rows = append(t.Rows, d.countedRows()...)
	}
	t.Rows = append(t.Rows, d.runChecks()...)
	if len(groups) > 0 {
		t.Rows = append(t.Rows, d.canaryRows()...)
	}
	if len(t.Rows) == 0 {
		return section("Validity checks", paragraph(raw("No trial was recorded, so nothing was checked.")))
	}
	return section("Validity checks",
		paragraph(raw("Over all attempts, the rejected ones included. A trial that fails one is not used; one that fails the "+
			"lateness of sends alone loses its latencies and keeps the rest; a saturated server's rate needs a load agent below its limit.")), table(t))
}

// checkGroups are in the order in which the checks first appear in the records.
func (d *data) checkGroups() []*checkGroup {
	byID := map[string]*checkGroup{}
	var out []*checkGroup
	for _, r := range d.Records {
		for _, c := range r.Checks {
			g := byID[c.ID]
			if g == nil {
				g = &checkGroup{id: c.ID, unit: c.Unit}
				byID[c.ID] = g
				out = append(out, g)
			}
			g.made++
			if !c.OK {
				g.failed++
			}
			g.checks = append(g.checks, c)
		}
	}
	return out
}

// worstSeen is the value of the worst check; a limit of its own, where those of the trials differ, stands beside it.
func (g *checkGroup) worstSeen(worst trial.Check) string {
	if slices.ContainsFunc(g.checks, func(c trial.Check) bool { return c.Limit != worst.Limit }) {
		return g.write(worst.Value) + " (limit of that trial: " + g.chosen(worst.Limit) + ")"
	}
	return g.write(worst.Value)
}

// worst finds the check with the worst value, and whether its limit is a lower bound. A check doesn't say on which side of the limit the good
// values are; a passed value away from the limit shows it, and a failed one too.
func (g *checkGroup) worst() (worst trial.Check, lowerBound bool) {
	for _, c := range g.checks {
		if c.Value != c.Limit && c.OK == (c.Value > c.Limit) {
			lowerBound = true
			break
		} else if c.Value != c.Limit {
			break
		}
	}
	for i, c := range g.checks {
		if i == 0 || lowerBound && c.Value < worst.Value || !lowerBound && c.Value > worst.Value {
			worst = c
		}
	}
	return worst, lowerBound
}

// limit writes the limit, or its range where it differs from trial to trial.
func (g *checkGroup) limit(lowerBound bool) string {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, c := range g.checks {
		lo, hi = math.Min(lo, c.Limit), math.Max(hi, c.Limit)
	}
	word := "at most "
	if lowerBound {
		word = "at least "
	}
	if lo == hi {
		return word + g.chosen(lo)
	}
	return word + span(lo, hi, g.write)
}

// chosen writes a limit that is the same in all trials.
func (g *checkGroup) chosen(v float64) string {
	switch u := g.unit; {
	case g.share():
		return settingPercent(v)
	case u == "":
		return setting(v)
	default:
		return setting(v) + " " + u
	}
}

// write writes a value in the check's unit.
func (g *checkGroup) write(v float64) string {
	switch u := g.unit; {
	case g.share():
		return percent(v)
	case u == "":
		return number(v)
	default:
		return number(v) + " " + u
	}
}

func (g *checkGroup) share() bool { return g.unit == "share" || g.unit == "ratio" }

// checkLabel says in words what a check looks at; an unknown one keeps its ID.
func checkLabel(id string) string {
	switch id {
	case "conformance":
		return "answers that differ from the contract"
	case "n-verifiable":
		return "samples in which a side could not be asked for its connections"
	case "agent-cpu":
		return "CPU share of the load agent"
	case "send-lateness":
		return "p99 lateness of the sends"
	case "requests-sent":
		return "requests sent of those scheduled"
	case "load-halts":
		return "share of the window for which the load side stood still (closed loops)"
	case "littles-law":
		return "requests in flight against rate x latency (Little's law): the books of the load side"
	case "in-flight":
		return "connections without a request in mode in-flight"
	case "early-answers":
		return "share of the wait by which an answer came early in mode in-flight"
	case "throttling":
		return "CPU throttling of the target"
	case "steal":
		return "CPU time stolen from the host"
	case "memory-pressure":
		return "time stalled by memory pressure"
	case "listen-overflows":
		return "listen overflows and drops"
	case "retransmits":
		return "TCP retransmits"
	case "poll-gap":
		return "time between two questions before the first answer (mode start)"
	case "headroom":
		return "headroom of the load side over the target"
	case "null-drift":
		return "drift of the host"
	case "a-a-control":
		return "a target against itself (A/A)"
	}
	return words(id)
}

// controls shows the A/A comparisons.
func (d *data) controls() Section {
	s := section("A/A controls")
	margin := d.Judgement.Margin
	s.Blocks = append(s.Blocks, paragraph(d.controlRule(margin)))
	if len(d.Judgement.Controls) == 0 {
		s.Blocks = append(s.Blocks, paragraph(raw("This run has no A/A control.")))
		return s
	}
	t := Table{Columns: []Column{{Title: "Cell"}, {Title: "Metric"}, {Title: "Blocks", Right: true},
		{Title: "Ratio", Right: true}, {Title: "Interval", Right: true}, {Title: "Holds"}}}
	for _, c := range d.Judgement.Controls {
		inside := plain("yes")
		switch {
		case c.Wide:
			inside = plain("no difference shown")
		case !c.OK:
			inside = strong("no")
			if c.Ratio <= 0 && c.Why != "" { // else ratio and interval stand beside it
				inside = join(inside, raw(": "), plain(c.Why))
			}
		}
		t.Rows = append(t.Rows, cells(code(c.Cell), plain(metricOf(c.Metric, "").Label), plain(count(c.Blocks)),
			plain(ratioOrMissing(c.Ratio)), plain(interval(c.Low, c.High, d.margins()...)), inside))
	}
	s.Blocks = append(s.Blocks, table(t))
	return s
}

// controlRule says when an A/A control holds.
func (d *data) controlRule(margin float64) Text {
	l := d.Plan.Limits
	const twice = "In each block one target runs twice. The ratio of the later trial to the earlier one should be 1; "
	if l.ControlConfidence == 0 {
		return rawf(twice+"the %s interval must lie within %s to %s, else no claim that rests on the same cell and metric is decided.",
			confidence(l.EquivalenceConfidence), ratio(1/margin), setting(margin))
	}
	return rawf(twice+"where the %s interval excludes 1 and leaves %s to %s, no claim that rests on the same cell and metric is decided. "+
		"An interval around 1 that is merely wide shows noise, which a comparison has in its own interval.",
		confidence(l.ControlConfidence), ratio(1/margin), setting(margin))
}

// controlConfidence is that of the A/A intervals.
func (d *data) controlConfidence() float64 {
	return cmp.Or(d.Plan.Limits.ControlConfidence, d.Plan.Limits.EquivalenceConfidence)
}

func ratioOrMissing(v float64) string {
	if v <= 0 {
		return missing
	}
	return ratio(v)
}

// interval writes the ends of an interval of ratios, which show on which side of 1, and of any other bounds, they lie.
func interval(low, high float64, bounds ...float64) string {
	if low == 0 && high == 0 {
		return missing
	}
	return digits.Interval(low, high, " to ", ratio, append(bounds, 1)...)
}

// margins are the bounds that the interval of a comparison is held against besides 1.
func (d *data) margins() []float64 {
	if !(d.Judgement.Margin > 1) {
		return nil
	}
	return []float64{d.Judgement.Margin, 1 / d.Judgement.Margin}
}
