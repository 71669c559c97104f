package verdict

import (
	"math"
	"slices"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// Judge returns the verdicts of a run. It is pure: the same plan and records give the
// same Judgement, whatever the order of the records. It never fails; what it cannot
// decide is Inconclusive or NotMeasured, with the reason.
func Judge(p plan.Plan, records []trial.Record) Judgement { return JudgeWith(p, nil, records) }

// JudgeWith is Judge of a run that made studies before its first trial.
func JudgeWith(p plan.Plan, studies Studies, records []trial.Record) Judgement {
	return judgeAll(Ended(p, records), studies, records)
}

// judgeAll judges a run of the whole plan.
func judgeAll(p plan.Plan, studies Studies, records []trial.Record) Judgement {
	c := newCourt(p, records)
	c.studies = studies
	j := Judgement{
		Schema:     Schema,
		Article:    p.Ledger.Article.ID,
		Margin:     shown(c.margin),
		FamilySize: c.family,
		Confidence: shown(c.confidence),
		InsideAt:   shown(c.inside),
		Claims:     []Claim{},
		Controls:   c.controls(),
		Null:       c.nullCells(),
		Drifts:     c.drifts(),
		Checks:     c.crossChecks(),
		Trials:     c.counts,
		Warnings:   c.warnings,
	}
	for _, cl := range p.Ledger.Claims {
		j.Claims = append(j.Claims, c.judgeClaim(cl))
	}
	fillCombined(p.Ledger.Claims, j.Claims)
	noteContradictions(p.Ledger, j.Claims)
	noteProxies(p.Ledger.Claims, j.Claims)
	j.Stacks = c.stackSpreads()
	noteSpreads(p, j.Stacks, j.Claims)
	j.Order = c.order()
	j.Order.doubt(c, j.Claims)
	j.Counts = countVerdicts(j.Claims)
	return j
}

// A court is the plan with its records in order, and what the rules need of both.
type court struct {
	plan     plan.Plan
	limits   plan.Limits
	cells    map[string]plan.Cell
	ladders  map[string]ladder
	blocks   []int            // block numbers, ascending
	doubled  map[int][]string // A/A: targets with a second replica in the block
	planned  map[cellTarget]bool
	leftOut  map[readingID]string
	unrun    map[cellTarget]int // planned trials without any record: the run was stopped before them
	counts   Trials
	warnings []trial.Warning

	kept         selection
	withRejected selection
	studies      Studies

	margin     float64 // ratio; NaN when the ledger declares none that can be used
	delta      float64 // ln margin
	family     int     // m
	confidence float64 // 1 - (1 - Limits.Confidence)/(m x looks): intervals that show a difference, or refute one
	inside     float64 // 1 - (1 - Limits.EquivalenceConfidence)/(m x looks): intervals that support a tie or a range
}

type cellTarget struct{ cell, target string }

type readingID struct{ claim, reading string }

func newCourt(p plan.Plan, records []trial.Record) *court {
	c := &court{
		plan:    p,
		limits:  p.Limits,
		cells:   map[string]plan.Cell{},
		ladders: laddersOf(p.Cells),
		doubled: map[int][]string{},
		planned: map[cellTarget]bool{},
		leftOut: map[readingID]string{},
		margin:  usableMargin(p.Ledger.Article.Margin),
	}
	c.delta = math.Log(c.margin)
	for _, cell := range p.Cells {
		c.cells[cell.ID] = cell
	}
	for _, l := range p.LeftOut {
		c.leftOut[readingID{l.Claim, l.Reading}] = l.Why
	}
	c.readSlots(p.Slots)
	attempts, foreign := bySlot(p, records)
	c.kept, c.withRejected, c.counts = choose(p, attempts)
	c.unrun = unrun(p, attempts)
	c.warnings = foreignRecords(foreign)
	c.family = c.familySize()
	c.confidence = familyConfidence(c.limits.Confidence, c.family*p.Looks())
	c.inside = familyConfidence(c.limits.EquivalenceConfidence, c.family*p.Looks())
	return c
}

// twinned tells whether a target has a second trial in the cell.
func (c *court) twinned(cell string) bool {
	return slices.ContainsFunc(c.plan.Slots, func(s plan.Slot) bool { return s.Cell == cell && s.Replica == 2 })
}

func (c *court) readSlots(slots []plan.Slot) {
	for _, s := range slots {
		if !slices.Contains(c.blocks, s.Block) {
			c.blocks = append(c.blocks, s.Block)
		}
		if s.Replica == 1 {
			c.planned[cellTarget{s.Cell, s.Target}] = true
		}
		if s.Replica == 2 && !slices.Contains(c.doubled[s.Block], s.Target) {
			c.doubled[s.Block] = append(c.doubled[s.Block], s.Target)
		}
	}
	slices.Sort(c.blocks)
	for _, targets := range c.doubled {
		slices.Sort(targets)
	}
}

// usableMargin refuses a margin that is no ratio above 1: without a margin there is
// neither "better by more than noise" nor a tie.
func usableMargin(m float64) float64 {
	if !(m > 1) || math.IsInf(m, 0) {
		return math.NaN()
	}
	return m
}

// familySize counts the comparative readings that this plan measures. All of them count,
// headline or not: each is one more chance for a false verdict.
func (c *court) familySize() int {
	m := 0
	for _, cl := range c.plan.Ledger.Claims {
		for _, r := range cl.Readings {
			if !r.Shape.Comparative() {
				continue
			}
			if _, settled := c.settled(cl.ID, r); settled {
				continue
			}
			if _, why := c.measuresOf(r); why == "" {
				m++
			}
		}
	}
	return m
}

// familyConfidence is Bonferroni's correction: each of m two-sided intervals has
// 1 - alpha/m, so that together they miss at most alpha of the time. Intervals that
// support a tie or a range have twice the alpha: leaving the true value outside to one
// side is what makes them wrong, and that takes half of it.
func familyConfidence(confidence float64, m int) float64 {
	return 1 - (1-confidence)/float64(max(m, 1))
}

// minBlocks is the plan's minimum; below two blocks there is no interval at all.
func (c *court) minBlocks() int { return max(c.limits.MinBlocks, 2) }

// plansTarget reports whether replica 1 of the target is planned in one of the cells.
func (c *court) plansTarget(cells []string, target string) bool {
	return slices.ContainsFunc(cells, func(id string) bool { return c.planned[cellTarget{id, target}] })
}

// missingFrom says what of a cell and its targets the plan lacks, "" when nothing.
func (c *court) missingFrom(cell string, targets ...string) string {
	if _, ok := c.cells[cell]; !ok {
		return "the plan has no cell " + quoted(cell)
	}
	for _, t := range targets {
		if !c.planned[cellTarget{cell, t}] {
			return "the plan has no trial of " + quoted(t) + " in cell " + quoted(cell)
		}
	}
	return ""
}

func countVerdicts(claims []Claim) map[Verdict]int {
	counts := map[Verdict]int{Supported: 0, Refuted: 0, Inconclusive: 0, NotTestable: 0, NotMeasured: 0, Combined: 0}
	for _, c := range claims {
		counts[c.Verdict]++
	}
	return counts
}
