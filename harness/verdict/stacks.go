package verdict

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/digits"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/stats"
	"github.com/assay-bench/assay/harness/target"
)

// A StackSpread sets two targets of two languages beside further stacks of these languages, on one metric in one cell: are two
// stacks of one language further apart than the two languages' targets? No verdict rests on it.
type StackSpread struct {
	Cell    string        `json:"cell"`
	Metric  string        `json:"metric"`
	Between StackRatio    `json:"between"` // two targets of the claims, of two languages
	Within  []WithinRatio `json:"within"`  // further stacks, each against the claims' target of its language
	// Why says why nothing is found, "" where something is.
	Why string `json:"why,omitempty"`
}

// A StackRatio is X / Y over the blocks that have both, replica 1 of each.
type StackRatio struct {
	X     string    `json:"x"`
	Y     string    `json:"y"`
	Ratio *Interval `json:"ratio,omitempty"` // at the plan's confidence, without a correction for many; absent with fewer than two blocks
}

// A WithinRatio is one of two stacks of one language.
type WithinRatio struct {
	Compared StackRatio `json:"compared"`
	Language string     `json:"language"` // of both
	// Further is how much further from 1 this ratio is than the one between the languages, both turned so that they are 1 or
	// more: above 1 it is further. Its confidence is corrected for the number of stacks; absent with fewer than two blocks.
	Further *Interval   `json:"further,omitempty"`
	Finding WithinFound `json:"finding,omitempty"` // absent where Why says why
}

// WithinFound is how a difference within a language compares with that between two.
type WithinFound string

// The findings. Larger takes a ratio beyond the ledger's margin as well: what counts as equal is no spread.
const (
	WithinLarger  WithinFound = "larger"
	WithinSmaller WithinFound = "smaller"
	WithinOpen    WithinFound = "open"
)

// noteWithin is the code of the note beside a reading whose targets differ by less than stacks of one language do.
const noteWithin = "spread-within-language"

// stackSpreads are in the order of the plan's cells, then of the catalogue's metrics; none where no cell has further stacks.
func (c *court) stackSpreads() []StackSpread {
	var out []StackSpread
	for _, cell := range c.plan.Cells {
		if !cell.Stacks {
			continue
		}
		for _, metric := range claim.Metrics() {
			if metric.Ladder || metric.Cost || scheduled(cell, metric.ID) || !c.measured([]string{cell.ID}, metric.ID) {
				continue
			}
			targets := c.plan.TargetsIn(cell)
			for i, y := range targets {
				for _, x := range targets[i+1:] {
					if x.Language != y.Language {
						out = append(out, c.stackSpread(measure{metric: metric, cell: cell.ID}, x, y))
					}
				}
			}
		}
	}
	return out
}

func (c *court) stackSpread(m measure, x, y target.Target) StackSpread {
	out := StackSpread{Cell: m.cell, Metric: m.metric.ID, Between: c.stackRatio(m, x.ID, y.ID), Within: []WithinRatio{}}
	for _, of := range []target.Target{y, x} {
		for _, t := range c.plan.StacksIn(c.cells[m.cell]) {
			if t.Language == of.Language {
				out.Within = append(out.Within, WithinRatio{Compared: c.stackRatio(m, t.ID, of.ID), Language: t.Language})
			}
		}
	}
	out.Why = c.noSpread(m, out)
	level := familyConfidence(c.limits.Confidence, len(out.Within))
	for i := range out.Within {
		w := &out.Within[i]
		w.Further = c.further(m, w.Compared, out.Between, level)
		if out.Why == "" {
			w.Finding = c.found(*w)
		}
	}
	return out
}

func (c *court) stackRatio(m measure, x, y string) StackRatio {
	out := StackRatio{X: x, Y: y}
	if in, _, err := overBlocks(c.pairs(c.kept, m, c.blocks, x, y), m.metric.ID, c.limits.Confidence); err == nil {
		out.Ratio = ratioInterval(in)
	}
	return out
}

// noSpread says what keeps the ratios from being compared: too few blocks, a control that failed, or a load side at its end.
func (c *court) noSpread(m measure, s StackSpread) string {
	if len(s.Within) == 0 {
		return "the plan has no further stack of these languages"
	}
	all := []StackRatio{s.Between}
	for _, w := range s.Within {
		all = append(all, w.Compared)
	}
	for _, r := range all {
		if r.Ratio == nil || r.Ratio.Blocks < c.minBlocks() {
			return fmt.Sprintf("fewer than %s with both %s and %s", plural(c.minBlocks(), "complete block"), r.X, r.Y)
		}
	}
	if control := c.control(c.kept, m); !control.OK {
		return "the A/A control failed: " + control.Why
	}
	for _, r := range all {
		if why := c.limitedByLoad(comparison{measure: m, reading: claim.Reading{X: r.X, Y: r.Y}}); why != "" {
			return why
		}
	}
	return ""
}

// further compares the two ratios block by block, so that what they share (the host's minute, and the target that both stand
// on) cancels: the differences of their logarithms, each turned by the sign of its mean. The steps of latencies may move either.
func (c *court) further(m measure, within, between StackRatio, level float64) *Interval {
	var w, b []float64
	var pairsW, pairsB []pair
	for _, block := range c.blocks {
		pw, okW := m.pair(c.kept, block, arm{within.X, 1}, arm{within.Y, 1})
		pb, okB := m.pair(c.kept, block, arm{between.X, 1}, arm{between.Y, 1})
		if okW && okB {
			w = append(w, math.Log(pw.a.calc/pw.b.calc))
			b = append(b, math.Log(pb.a.calc/pb.b.calc))
			pairsW, pairsB = append(pairsW, pw), append(pairsB, pb)
		}
	}
	outward(w)
	outward(b)
	for i := range w {
		w[i] -= b[i]
	}
	in, err := stats.TInterval(w, level)
	if err != nil { // fewer than two blocks
		return nil
	}
	steps := max(reach(pairsW)) + max(reach(pairsB))
	in.Low, in.High = in.Low-steps, in.High+steps
	return ratioInterval(in)
}

// outward turns all signs where the sum is below zero.
func outward(d []float64) {
	sum := 0.0
	for _, v := range d {
		sum += v
	}
	if sum < 0 {
		for i := range d {
			d[i] = -d[i]
		}
	}
}

func (c *court) found(w WithinRatio) WithinFound {
	switch {
	case w.Further == nil:
		return WithinOpen
	case w.Further.Low > 1 && math.Abs(math.Log(w.Compared.Ratio.Center)) > c.delta:
		return WithinLarger
	case w.Further.High < 1:
		return WithinSmaller
	}
	return WithinOpen
}

// noteSpreads puts a note beside every reading about two targets that differ by less than stacks of one language do.
func noteSpreads(p plan.Plan, spreads []StackSpread, judged []Claim) {
	for i, cl := range p.Ledger.Claims {
		for k, r := range cl.Readings {
			for _, s := range spreads {
				if s.isAbout(r) {
					judged[i].Readings[k].Notes = append(judged[i].Readings[k].Notes, s.notes()...)
				}
			}
		}
	}
}

// isAbout tells whether a reading compares the two targets on the metric in the cell.
func (s StackSpread) isAbout(r claim.Reading) bool {
	b := s.Between
	same := r.X == b.X && r.Y == b.Y || r.X == b.Y && r.Y == b.X
	return same && r.Metric == s.Metric && (r.Cell == s.Cell || slices.Contains(r.Cells, s.Cell))
}

func (s StackSpread) notes() []Note {
	var within []string
	for _, w := range s.Within {
		if w.Finding == WithinLarger {
			within = append(within, w.Compared.words())
		}
	}
	if len(within) == 0 {
		return nil
	}
	return []Note{{noteWithin, fmt.Sprintf("in %s two stacks of one language are further apart than these two targets (%s): %s. "+
		"What is found here is about stacks, and need not be about languages", s.Cell, s.Between.words(), strings.Join(within, "; "))}}
}

// words are "a / b: 0.80, 95 % interval 0.79-0.82".
func (r StackRatio) words() string {
	return fmt.Sprintf("%s / %s: %.3f, %s interval %s", r.X, r.Y, r.Ratio.Center, percent(r.Ratio.Confidence), digits.Interval(r.Ratio.Low, r.Ratio.High, "-", thousandths, 1))
}
