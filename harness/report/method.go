package report

import (
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/plan"
)

// method says in short how the numbers came about. Every threshold is printed from the
// plan, which fixed it before the run.
func (d *data) method() Section {
	l := d.Plan.Limits
	margin := d.Judgement.Margin
	s := section("Method",
		list(
			rawf("One trial is one fresh instance of a server and one number per metric. Requests are never pooled across trials."),
			rawf("%s were fixed before the run; fewer than %s give no verdict. In each block every target runs once in every cell, "+
				"and one of them a second time (A/A), in an order drawn from the seed.", plural(d.Plan.Blocks, "block"), count(l.MinBlocks)),
			rawf("The clock of a request starts when it was meant to be sent, not when it was. Latencies come from our own "+
				"histogram (HdrHistogram, 3 significant digits). In a closed loop (modes in-flight and saturate) it is meant to be sent when it is. A request still open at the end counts as at least that long; failures are counted apart."),
			d.awakeRule(),
			rawf("The number of connections is verified every second from three sides: the client's, the kernel's and the server's own count. "+
				"Unless all three agree in every sample and none closed by itself, it was not held."),
			rawf("A percentile q is printed where the trial has at least %s/(1-q) requests.", setting(l.SamplesPerTail)),
			rawf("A trial is invalid when the load agent uses more than %s of its CPUs; when less than %s of the scheduled requests were sent; or when more than %s of the CPU time was stolen. "+
				"It is kept in the records and tried again, at most %s in all. A failure of the server is a result.",
				settingPercent(l.AgentCPU), settingPercent(l.SentOfScheduled), settingPercent(l.Steal), plural(l.Attempts, "attempt")),
			rawf("When the p99 lateness of the sends exceeds the largest of %s us, %s of the measured p50 and %s of the objective, the trial's "+
				"latencies are rejected: no comparison rests on them. CPU time, memory and connections stand. Lateness is part of the latency and "+
				"only lengthens it, so a rejected p99 under the objective still counts as under it; one over it makes the trial invalid.",
				setting(l.LatenessFloorUS), settingPercent(l.LatenessOfP50), settingPercent(l.LatenessOfSLO)),
			rawf("Two targets are compared by d = ln(X/Y) within each block, with a paired t interval at %s after the family correction "+
				"(%s at %s). Its means are geometric; the tables side by side show medians.", confidence(d.Judgement.Confidence),
				plural(d.Judgement.FamilySize, "comparative reading"), confidence(l.Confidence)),
			rawf("The margin of equivalence is a ratio of %s, declared in the claims file before the run. X is better when the whole interval lies beyond it, "+
				"and not better when it lies below equality, or wholly inside the margin with equality in it (a tie). A claim of a tie, or of an advantage of a to b %%, is supported when the interval at %s "+
				"(%s before the family correction) lies inside, and refuted when the one at %s lies outside.", setting(margin), confidence(d.Judgement.InsideAt),
				confidence(l.EquivalenceConfidence), confidence(d.Judgement.Confidence)),
			d.orderRule(),
			d.lookRule(),
			rawf("A bound is called far exceeded where a server sustained %s times the claimed value or more, or where it sustained more than claimed "+
				"and the host, not the server, ended the ladder. The note says which of the two applies.", setting(l.FloorFarExceededFactor)),
		))
	s.Blocks[0].List = append(s.Blocks[0].List, d.countingRule()...)
	s.Blocks[0].List = append(s.Blocks[0].List, d.shapeRules()...)
	s.Sections = append(s.Sections, d.calibrations()...)
	s.Sections = append(s.Sections, d.power()...)
	s.Sections = append(s.Sections, d.priceList()...)
	return s
}

// countingRule names the counter of source lines where a cell has them.
func (d *data) countingRule() []Text {
	if !slices.ContainsFunc(d.Plan.Cells, func(c plan.Cell) bool { return c.Mode.Lifecycle() && c.Starts > 0 }) {
		return nil
	}
	return []Text{join(raw("Lines of source and modules are counted by assay's own counter, which each such trial's raw data names ("), code("assay/1"),
		raw(" in this version): lines with code in a server's own files, without blank lines, comments and tests; modules that its lock file or "+
			"go.mod pins, its own included, also those that other systems or features take. Files that a target's manifest leaves out of the lines are named, with "+
			"their number of lines, beside the cell."))}
}

// awakeRule says whether the load agent slept until a send was due.
func (d *data) awakeRule() Text {
	if d.Plan.Awake == 0 {
		return d.asleepRule()
	}
	who := "the load agent"
	if _, most := d.agents(); most > 1 {
		who = "each load agent"
	}
	rule := rawf("In an open loop %s stops sleeping %s us before a request is due, since a sleeping CPU wakes late. The CPU time for "+
		"which it is awake with nothing to do is not counted as its own.", who, count(int(d.Plan.Awake.Microseconds())))
	if awake := d.sleepless(); len(awake) > 0 {
		rule = append(rule, rawf(" In %s, at a server's limit, it does not sleep at all, since waking it would be the server's work.", strings.Join(awake, ", "))...)
	}
	if asleep := d.asleep(); len(asleep) > 0 {
		rule = append(rule, rawf(" In %s it sleeps until a request is due: they are driven by another engine, or their load agents share CPUs.", strings.Join(asleep, ", "))...)
	}
	return rule
}

// sleepless names the cells of a closed loop in which the load agent never sleeps.
func (d *data) sleepless() []string {
	var cells []string
	for _, c := range d.Plan.Cells {
		if c.Mode.Closed() && d.Plan.AwakeOf(c) > 0 {
			cells = append(cells, c.ID)
		}
	}
	return cells
}

// asleep names the cells of an open loop in which the load agent sleeps until a request is due, otherwise than the plan has it.
func (d *data) asleep() []string {
	var cells []string
	for _, c := range d.Plan.Cells {
		if !c.Mode.Closed() && !c.Mode.Lifecycle() && d.Plan.AwakeOf(c) < d.Plan.Awake {
			cells = append(cells, c.ID)
		}
	}
	return cells
}

// lookRule says how often the numbers were looked at before the end.
func (d *data) lookRule() Text {
	first := d.Plan.FirstLook
	switch {
	case first == 0:
		return raw("The numbers decide nothing before the last block: the plan declares no earlier look.")
	case d.Plan.Blocks == first:
		return rawf("The plan declared a look after block %s and the run ended there, since every comparison was decided. Each of the two looks has half of what the family may err.", count(first))
	}
	return rawf("The plan declared a look after block %s, after which the run went on. Each of the two looks has half of what the family may err.", count(first))
}

// orderRule says what the tests of the order are held against. Plans without a level for them are older than the turns.
func (d *data) orderRule() Text {
	if l := d.Plan.Limits.OrderLevel; l > 0 {
		return rawf("In a cell's part of a block the targets take turns in coming first, in an order drawn from the seed. An effect of the "+
			"order raises a doubt where its p-value is below %s divided by the number of such tests.", setting(l))
	}
	return raw("Effects of the order are tested and shown; this plan declared no level from which they raise a doubt.")
}

// shapeRules are about shapes that not every ledger has.
func (d *data) shapeRules() []Text {
	var upTo, documented bool
	for _, c := range d.Judgement.Claims {
		for _, r := range c.Readings {
			upTo, documented = upTo || r.UpTo != nil, documented || r.Documented != nil
		}
	}
	var out []Text
	if upTo {
		out = append(out, rawf("“Up to p %%” is about the best of several cells. Every third block, from the first on, chooses the cell, and the others, which had no "+
			"part in the choice, confirm it: supported when their lower bound reaches p less the tolerance (%s points where the ledger declares none), refuted when "+
			"the upper bound over all blocks stays under that in every cell.", setting(d.Plan.Limits.UpToTolerance)))
	}
	if documented {
		out = append(out, rawf("A documented claim is decided by dated sources that were read themselves; one that is only quoted elsewhere decides nothing. "+
			"A figure is stale when it is more than %s older than the article.", plural(d.Plan.Limits.EvidenceYears, "year")))
	}
	return out
}
