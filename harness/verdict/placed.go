package verdict

import (
	"fmt"
	"math"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/stats"
)

// A Range is the evidence for "by a to b per cent".
type Range struct {
	From       float64 `json:"from"`                 // per cent, as claimed
	To         float64 `json:"to"`                   // likewise
	Inside     *Gain   `json:"inside,omitempty"`     // the advantage with the interval that has to lie inside to support
	Difference *Gain   `json:"difference,omitempty"` // with the one that has to lie outside to refute
	Side       string  `json:"side,omitempty"`       // of a refuted range: the advantage lies "below" or "above" it
}

// A stretch is the advantages that a reading allows, as logarithms: the margin of a tie, or a range.
type stretch struct{ low, high float64 }

func (c *court) stretchOf(r claim.Reading, lowerBetter bool) stretch {
	if r.Shape == claim.Tie {
		return stretch{-c.delta, c.delta}
	}
	return stretch{advantageFor(r.From, lowerBetter), advantageFor(r.To, lowerBetter)}
}

// placed judges "X's advantage lies in a stretch": a tie, where that is the margin to both sides, and a range. The
// interval that shows equality has to lie inside, or the one that shows a difference outside. Signed ranks must agree.
func (c *court) placed(s selection, r claim.Reading, m measure) Reading {
	k := c.compare(s, r, m)
	out := Reading{Verdict: Inconclusive, Rule: c.placedRule(k), Ratio: c.ratioEvidence(k)}
	if r.Shape == claim.Range {
		out.Range = k.rangeEvidence()
	}
	out.Cost = c.costEvidence(s, m, r.X, r.Y)
	if o := c.obstacle(k); o.reason != "" {
		o.stop(&out)
	} else {
		c.decidePlaced(k, &out)
	}
	out.Notes = append(c.comparisonNotes(k, out.Verdict), c.costNotes(out.Cost, r.X, r.Y)...)
	return out
}

func (k comparison) rangeEvidence() *Range {
	e := &Range{From: k.reading.From, To: k.reading.To}
	if k.err == nil && len(k.pairs) > 0 {
		e.Inside, e.Difference = gainOf(k.tie, k.measure.metric.LowerBetter), gainOf(k.d, k.measure.metric.LowerBetter)
	}
	return e
}

// place is where the advantage lies. Two servers that differ, if by less than the margin, are no tie.
func (k comparison) place(a advantage, in stretch) stats.Position {
	p := a.position(in.low, in.high)
	if p == stats.Inside && k.reading.Shape == claim.Tie && a.excludesEquality() {
		return stats.Overlaps
	}
	return p
}

// decidePlaced fills in verdict and reason where nothing stands in the way of deciding.
func (c *court) decidePlaced(k comparison, out *Reading) {
	lower := k.measure.metric.LowerBetter
	at := c.stretchOf(k.reading, lower)
	byT := k.place(advantageOf(k.d, k.tie, k.bound, lower), at)
	byRank := k.place(advantageOf(k.rank, k.tieRank, k.bound, lower), at)
	out.Reason = c.placedReason(k, byT)
	out.WouldChange = c.placedWouldChange(k, byT)
	if byT != byRank {
		if byT != stats.Overlaps {
			out.Reason = fmt.Sprintf("%s by the t interval but %s by signed ranks (ratio %s, %s interval %s): %s", positionVerdict(byT), positionVerdict(byRank),
				number(math.Exp(k.rank.Center)), percent(k.rank.Confidence), c.ratioSpan(k.rank), out.Reason)
			out.WouldChange = "blocks without outliers, or more of them: the two intervals must agree"
		}
		return
	}
	if why := c.waiting(k); why != "" && unseen(byT, k.reading.Shape) {
		out.Reason += "; that decides nothing, since " + why
		out.WouldChange = waitingRemedy
		return
	}
	out.Verdict = positionVerdict(byT)
	if out.Range != nil && out.Verdict == Refuted {
		out.Range.Side = byT.String()
	}
}

// unseen reports whether a place may be one at which only a database on the load's CPUs holds the advantage: equality for a tie, and
// below a range. Inside or above it there is as much as is claimed, or more.
func unseen(p stats.Position, shape claim.Shape) bool {
	if shape == claim.Tie {
		return p == stats.Inside
	}
	return p == stats.Below
}
