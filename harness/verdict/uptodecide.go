package verdict

import "fmt"

// decideUpTo fills in verdict and reason. A bound that reaches what is needed supports; one that is lower in every cell
// refutes; both at once, which a few wild screening blocks may bring about, decide nothing.
func (c *court) decideUpTo(u upTo, out *Reading) {
	reached, reachedByRank := u.reached(c)
	under, underByRank := u.under(c)
	stop := c.upToObstacle(u)
	out.WouldChange = u.wouldChange(reached, under)
	switch {
	case u.reading.Percent <= u.tolerance: // a server that is no better would reach it
		out.Reason = fmt.Sprintf("of %s %% claimed, a tolerance of %s points leaves nothing to show", stated(u.reading.Percent), stated(u.tolerance))
		out.WouldChange = "a smaller tolerance, declared with the claim before the run"
	case reached && under:
		out.Reason = u.freshReason() + "; but over all blocks every cell stays under: the parts of the run disagree"
	case reached && !reachedByRank:
		out.Reason = "supported by the t interval but not by signed ranks: " + u.freshReason()
		out.WouldChange = "blocks without outliers, or more of them: the two intervals must agree"
	case under && !underByRank:
		out.Reason = "refuted by the t intervals but not by signed ranks: " + u.allReason()
		out.WouldChange = "blocks without outliers, or more of them: the two intervals must agree"
	case reached:
		out.Verdict, out.Reason = Supported, u.freshReason()
	case under && c.waitingIn(u) != "":
		out.Reason = fmt.Sprintf("%s; not refuted by that, since %s", u.allReason(), c.waitingIn(u))
		out.WouldChange = waitingRemedy
	case under:
		out.Verdict, out.Reason = Refuted, u.allReason()
	case stop.reason != "":
		stop.stop(out)
	default:
		c.leaveOpen(u, out)
	}
}

// waitingIn is waiting for the first cell in which a server did, and X was not shown to be the slower one: the claim may hold in one.
func (c *court) waitingIn(u upTo) string {
	for _, k := range u.candidates {
		if _, _, most := advantages(k.d, k.measure.metric.LowerBetter); most < 0 {
			continue
		}
		if why := c.waiting(k); why != "" {
			return why
		}
	}
	return ""
}

// leaveOpen says why the fresh blocks do not support and the cells do not refute.
func (c *court) leaveOpen(u upTo, out *Reading) {
	for _, k := range u.candidates {
		if o := c.obstacle(k); o.reason != "" {
			o.reason = fmt.Sprintf("%s; not refuted either, since of %s: %s", u.freshReason(), k.measure.cell, o.reason)
			o.stop(out)
			return
		}
	}
	out.Reason = u.freshReason() + "; " + u.largest()
}

// reached reports whether the fresh blocks' lower bound reaches what is needed, by t and by ranks.
func (u upTo) reached(c *court) (byT, byRank bool) {
	if u.chosen < 0 || c.obstacle(u.fresh).reason != "" {
		return false, false
	}
	k := u.fresh
	_, byMean, _ := advantages(k.d, k.measure.metric.LowerBetter)
	_, byRanks, _ := advantages(k.rank, k.measure.metric.LowerBetter)
	return byMean >= u.needed, byRanks >= u.needed
}

// under reports whether the upper bound of every cell lies below what is needed. A cell that cannot be judged may be the
// one in which the claim holds.
func (u upTo) under(c *court) (byT, byRank bool) {
	byT, byRank = true, true
	for _, k := range u.candidates {
		if c.obstacle(k).reason != "" {
			return false, false
		}
		_, _, mean := advantages(k.d, k.measure.metric.LowerBetter)
		_, _, ranks := advantages(k.rank, k.measure.metric.LowerBetter)
		byT, byRank = byT && mean < u.needed, byRank && ranks < u.needed
	}
	return byT, byRank
}

// upToObstacle says what keeps the fresh blocks from showing anything; without a reason nothing does.
func (c *court) upToObstacle(u upTo) obstacle {
	if u.chosen < 0 {
		o := c.tooFewPairs(u.candidates[0])
		o.reason = "no candidate cell is complete in a screening block, so none can be chosen; in the first " + o.reason
		return o
	}
	o := c.obstacle(u.fresh)
	few := len(u.fresh.pairs) < c.minBlocks()
	if few && len(u.screen) > 0 {
		o.reason = fmt.Sprintf("chosen on %s: %s, where of the blocks that confirm %s", blockList(u.screen), u.fresh.measure.cell, o.reason)
	}
	if needed := blocksToConfirm(c.minBlocks(), len(u.candidates)); few && len(c.blocks) < needed {
		o.remedy = fmt.Sprintf("a run of at least %s (--blocks %d), of which %d confirm", plural(needed, "block"), needed, c.minBlocks())
	}
	return o
}
