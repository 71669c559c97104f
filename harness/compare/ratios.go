package compare

import (
	"math"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/verdict"
)

// A comparative is one X/Y that both runs measured, with its evidence.
type comparative struct {
	a, b   *verdict.Ratio
	claims []string
}

// comparatives are the ratios of both runs, each once, in the order of A's ledger. A
// reading that means something else in B, or rests on a cell that B loads differently, has
// none.
func (p pair) comparatives() []comparative {
	var all []comparative
	for _, c := range p.a.judgement.Claims {
		other, _ := findClaim(p.b.judgement, c.ID)
		for _, r := range c.Readings {
			i := slices.IndexFunc(other.Readings, func(o verdict.Reading) bool { return o.ID == r.ID })
			if i < 0 || r.Ratio == nil || other.Readings[i].Ratio == nil || p.redefined(c.ID, r.ID, r.ID) || !p.sameWhere(r.Ratio) {
				continue
			}
			k := slices.IndexFunc(all, func(o comparative) bool { return sameRatio(o.a, r.Ratio) })
			if k < 0 {
				k = len(all)
				all = append(all, comparative{a: r.Ratio, b: other.Readings[i].Ratio})
			}
			if !slices.Contains(all[k].claims, c.ID) {
				all[k].claims = append(all[k].claims, c.ID)
			}
		}
	}
	return all
}

func sameRatio(a, b *verdict.Ratio) bool {
	return a.X == b.X && a.Y == b.Y && a.Metric == b.Metric && a.Cell == b.Cell
}

// sameWhere reports whether both runs load the ratio's cell, or its whole ladder, alike.
func (p pair) sameWhere(r *verdict.Ratio) bool {
	if id := caseOf(r.Metric, r.Cell); id != "" {
		return p.sameBill(id)
	}
	if m, _ := claim.MetricByID(r.Metric); m.Ladder {
		return p.sameLadder(strings.TrimSuffix(r.Cell, verdict.OfLadder("")))
	}
	return p.sameCell(r.Cell, r.X, r.Y)
}

// ratios are the movements of X/Y.
func (p pair) ratios() []Movement {
	all := []Movement{}
	for _, c := range p.comparatives() {
		m := Movement{
			Target: c.a.X, Over: c.a.Y, Cell: c.a.Cell, Metric: c.a.Metric, LowerBetter: c.a.LowerBetter,
			Claims: c.claims, Why: censored(c.a, c.b),
		}
		all = append(all, m.apply(logRatios(c.a), logRatios(c.b)))
	}
	return all
}

// ladderMetrics are the numbers of each target over a whole ladder, as far as a reading of
// both runs has them.
func (p pair) ladderMetrics() []Movement {
	var all []Movement
	for _, c := range p.comparatives() {
		metric, _ := claim.MetricByID(c.a.Metric)
		if !metric.Ladder {
			continue
		}
		for _, server := range []struct {
			id   string
			a, b []verdict.BlockValue
		}{{c.a.X, c.a.XValues, c.b.XValues}, {c.a.Y, c.a.YValues, c.b.YValues}} {
			m := numberOf(metric, server.id, c.a.Cell)
			if slices.ContainsFunc(all, func(o Movement) bool { return o.Target == m.Target && o.Cell == m.Cell && o.Metric == m.Metric }) {
				continue
			}
			m.Why = censored(c.a, c.b)
			all = append(all, m.apply(logsOf(server.a), logsOf(server.b)))
		}
	}
	return all
}

// censored says why values of a ladder have no interval: some are known as bounds alone.
func censored(all ...*verdict.Ratio) string {
	for _, r := range all {
		if r.Bound != verdict.Exact {
			return "some values are bounds: the ladder ended before a server gave up, or began above what it sustains"
		}
	}
	return ""
}

// logRatios are ln(X/Y) of the complete blocks, each with its own.
func logRatios(r *verdict.Ratio) []float64 {
	y := map[int]float64{}
	for _, v := range r.YValues {
		y[v.Block] = v.Value
	}
	var d []float64
	for _, v := range r.XValues {
		if v.Value > 0 && y[v.Block] > 0 { // a 0 is a bound, which is not compared
			d = append(d, math.Log(v.Value)-math.Log(y[v.Block]))
		}
	}
	return d
}

func logsOf(values []verdict.BlockValue) []float64 {
	var logs []float64
	for _, v := range values {
		if v.Value > 0 {
			logs = append(logs, math.Log(v.Value))
		}
	}
	return logs
}
