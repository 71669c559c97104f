package verdict

import (
	"slices"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/trial"
)

const (
	goFasthttp = "go-fasthttp"
	rustActix  = "rust-actix"
	rate       = "rate/5000"
)

// stacked is a run whose rate cell has two further stacks, with these factors on the CPU time of their language's target:
// rust-server takes 60 and go-server 100 us.
func stacked(blocks int, fasthttp, actix float64) *synthetic {
	s := newSynthetic(blocks).claims(
		claim.Reading{ID: "cpu", Headline: true, Shape: claim.Better, X: rustServer, Y: goServer, Metric: cpuMetric, Cell: rate},
		claim.Reading{ID: "memory", Headline: true, Shape: claim.Better, X: rustServer, Y: goServer, Metric: memoryBytes, Cell: "hold/10000"},
	)
	s.plan.Targets = []target.Target{{ID: goServer, Language: "go"}, {ID: rustServer, Language: "rust"}}
	s.plan.Stacks = []target.Target{{ID: goFasthttp, Language: "go"}, {ID: rustActix, Language: "rust"}}
	s.plan.Cells[len(s.plan.Cells)-1].Stacks = true
	for block := 1; block <= blocks; block++ {
		s.addSlot(block, rate, goFasthttp, 1)
		s.addSlot(block, rate, rustActix, 1)
	}
	return s.run(func(slot plan.Slot, r *trial.Record) {
		switch slot.Target {
		case goFasthttp: // a synthetic record is go-server's unless it is rust-server's
			r.Metrics[cpuMetric] *= fasthttp
		case rustActix:
			r.Metrics[cpuMetric] *= 0.6 * actix
		}
	})
}

func spreadOf(t *testing.T, j Judgement, metric string) StackSpread {
	t.Helper()
	i := slices.IndexFunc(j.Stacks, func(s StackSpread) bool { return s.Metric == metric && s.Cell == rate })
	if i < 0 {
		t.Fatalf("no spread of %s among %+v", metric, j.Stacks)
	}
	return j.Stacks[i]
}

// The ratio between the languages is 0.6 throughout.
func TestStackSpread(t *testing.T) {
	for _, tt := range []struct {
		name            string
		blocks          int
		fasthttp, actix float64
		want            [2]WithinFound
		why             string
	}{
		{"one is further, one nearer", 8, 0.5, 0.9, [2]WithinFound{WithinLarger, WithinSmaller}, ""},
		{"further the other way", 8, 2, 1, [2]WithinFound{WithinLarger, WithinSmaller}, ""},
		{"as far", 8, 0.6, 1 / 0.6, [2]WithinFound{WithinOpen, WithinOpen}, ""},
		{"too few blocks", 4, 0.5, 0.9, [2]WithinFound{}, "fewer than 5 complete blocks"},
	} {
		s := spreadOf(t, stacked(tt.blocks, tt.fasthttp, tt.actix).judge(), cpuMetric)
		if b := s.Between; b.X != rustServer || b.Y != goServer || b.Ratio == nil || b.Ratio.Center < 0.59 || b.Ratio.Center > 0.61 {
			t.Errorf("%s: between %+v", tt.name, b)
		}
		if len(s.Within) != 2 || s.Within[0].Compared.X != goFasthttp || s.Within[0].Compared.Y != goServer ||
			s.Within[1].Compared.X != rustActix || s.Within[1].Compared.Y != rustServer {
			t.Fatalf("%s: within %+v", tt.name, s.Within)
		}
		if got := [2]WithinFound{s.Within[0].Finding, s.Within[1].Finding}; got != tt.want {
			t.Errorf("%s: found %q, want %q (%+v)", tt.name, got, tt.want, s.Within)
		}
		if !strings.Contains(s.Why, tt.why) || (s.Why == "") != (tt.why == "") {
			t.Errorf("%s: why %q, want %q", tt.name, s.Why, tt.why)
		}
	}
}

// What is nearer to 1 than the margin is no spread, although the languages are nearer still.
func TestStackSpreadInsideTheMargin(t *testing.T) {
	s := stacked(8, 1.03, 1)
	for i := range s.records {
		if s.records[i].Target == rustServer || s.records[i].Target == rustActix {
			s.records[i].Metrics[cpuMetric] /= 0.6
		}
	}
	if got := spreadOf(t, s.judge(), cpuMetric).Within[0].Finding; got == WithinLarger {
		t.Errorf("3 %% is found to be a spread")
	}
}

// A design that sees differences where there are none finds no spread either.
func TestStackSpreadNeedsTheControl(t *testing.T) {
	s := stacked(8, 0.5, 0.9)
	for i := range s.records {
		if s.records[i].Replica == 2 {
			s.records[i].Metrics[cpuMetric] *= 1.2
		}
	}
	if got := spreadOf(t, s.judge(), cpuMetric); !strings.HasPrefix(got.Why, "the A/A control failed: ") || got.Within[0].Finding != "" {
		t.Errorf("got %+v", got)
	}
}

// The note stands at the reading about the two targets, that metric and that cell, and the verdict stays what it is.
func TestStackSpreadNote(t *testing.T) {
	noted := func(j Judgement, claim int) string {
		for _, n := range j.Claims[claim].Readings[0].Notes {
			if n.Code == noteWithin {
				return n.Detail
			}
		}
		return ""
	}
	larger, smaller := stacked(8, 0.5, 0.9).judge(), stacked(8, 0.9, 0.9).judge()
	if got := noted(larger, 0); !strings.HasPrefix(got, "in rate/5000 two stacks of one language are further apart than these two targets (rust-server / go-server: 0.5") ||
		!strings.Contains(got, "go-fasthttp / go-server: 0.5") || strings.Contains(got, rustActix) {
		t.Errorf("note %q", got)
	}
	if noted(larger, 1) != "" || noted(smaller, 0) != "" {
		t.Error("a note where no spread is larger")
	}
	if larger.Claims[0].Verdict != Supported || smaller.Claims[0].Verdict != Supported {
		t.Errorf("verdicts %s and %s", larger.Claims[0].Verdict, smaller.Claims[0].Verdict)
	}
}

func TestNoStacksNoSpreads(t *testing.T) {
	if got := newSynthetic(8).run(nil).judge().Stacks; got != nil {
		t.Errorf("got %+v", got)
	}
}
