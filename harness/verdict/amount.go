package verdict

import (
	"fmt"
	"math"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/stats"
)

// An Amount is the evidence for "one target's number lies between a and b", one number a block.
type Amount struct {
	Target string       `json:"target"`
	Metric string       `json:"metric"`
	Cell   string       `json:"cell"` // "case use-case"
	Unit   string       `json:"unit"`
	From   float64      `json:"from"` // as claimed
	To     float64      `json:"to"`   // likewise
	Values []BlockValue `json:"values"`

	// The geometric mean with its intervals; absent with fewer than two complete blocks.
	Inside         *Interval `json:"inside,omitempty"`     // has to lie inside to support
	Difference     *Interval `json:"difference,omitempty"` // has to lie outside to refute
	InsideRank     *Interval `json:"inside_sensitivity,omitempty"`
	DifferenceRank *Interval `json:"difference_sensitivity,omitempty"`

	Side          string `json:"side,omitempty"` // of a refuted range: the number lies "below" or "above" it
	Blocks        int    `json:"blocks"`         // complete
	BlocksPlanned int    `json:"blocks_planned"`
	ControlOK     bool   `json:"control_ok"`             // A/A of the same number
	ControlWide   bool   `json:"control_wide,omitempty"` // no difference shown, nor that there is none
	ControlWhy    string `json:"control_why,omitempty"`
}

// amount judges "one target's number lies between From and To". It is the rule of a range, on ln(number) in place of
// ln(X/Y): one side of each pair is 1 in the metric's unit.
func (c *court) amount(s selection, r claim.Reading, m measure) Reading {
	k := c.amounts(s, r, m)
	out := Reading{Verdict: Inconclusive, Rule: c.amountRule(k), Amount: k.amountEvidence(), Cost: c.costEvidence(s, m, r.Target)}
	if o := c.obstacle(k); o.reason != "" {
		o.stop(&out)
	} else {
		c.decideAmount(k, &out)
	}
	out.Notes = append(c.comparisonNotes(k, out.Verdict), c.costNotes(out.Cost, r.Target)...)
	return out
}

// amounts gathers one number a block, each beside 1.
func (c *court) amounts(s selection, r claim.Reading, m measure) comparison {
	r.X, r.Y = r.Target, r.Target // of whose trials the checks ask
	k := comparison{reading: r, measure: m, control: c.control(s, m), planned: len(c.blocks), level: c.confidence, bound: Exact}
	for _, block := range c.blocks {
		if u, ok := m.bill.usages(s, block, arm{r.Target, 1}); ok {
			if pt, ok := m.bill.point(u[0]); ok && pt.calc > 0 {
				k.pairs = append(k.pairs, pair{block, pt, exactPoint(1, "")})
			}
		}
	}
	k.fill(levels{c.confidence, c.inside})
	return k
}

func (k comparison) amountEvidence() *Amount {
	e := &Amount{
		Target: k.reading.Target, Metric: k.measure.metric.ID, Cell: k.measure.where(), Unit: k.measure.metric.Unit,
		From: k.reading.From, To: k.reading.To, Values: []BlockValue{}, Blocks: len(k.pairs), BlocksPlanned: k.planned,
		ControlOK: k.control.OK, ControlWide: k.control.Wide, ControlWhy: k.control.Why,
	}
	for _, p := range k.pairs {
		e.Values = append(e.Values, k.blockValue(p.block, p.a))
	}
	if k.err == nil {
		e.Inside, e.Difference = ratioInterval(k.tie), ratioInterval(k.d)
		e.InsideRank, e.DifferenceRank = ratioInterval(k.tieRank), ratioInterval(k.rank)
	}
	return e
}

// decideAmount fills in verdict and reason where nothing stands in the way of deciding.
func (c *court) decideAmount(k comparison, out *Reading) {
	low, high := math.Log(k.reading.From), math.Log(k.reading.To)
	byT := advantageOf(k.d, k.tie, Exact, false).position(low, high)
	byRank := advantageOf(k.rank, k.tieRank, Exact, false).position(low, high)
	out.Reason = c.amountReason(k, byT)
	out.WouldChange = amountWouldChange(k, byT)
	if byT != byRank {
		if byT != stats.Overlaps {
			out.Reason = fmt.Sprintf("%s by the t interval but %s by signed ranks (%s interval %s): %s", positionVerdict(byT), positionVerdict(byRank),
				percent(k.rank.Confidence), k.amountSpan(k.rank), out.Reason)
			out.WouldChange = "blocks without outliers, or more of them: the two intervals must agree"
		}
		return
	}
	if out.Verdict = positionVerdict(byT); out.Verdict == Refuted {
		out.Amount.Side = byT.String()
	}
}
