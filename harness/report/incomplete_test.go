package report

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/trial"
	"github.com/assay-bench/assay/harness/verdict"
)

// everything renders a document in all ways and returns report.md. HTML draws every plot.
func everything(t *testing.T, doc Document) string {
	t.Helper()
	readHTML(t, render(t, HTML, doc))
	render(t, Terminal(80, true), doc)
	return string(render(t, Markdown, doc))
}

func TestRunsThatLackSomething(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*synthetic)
		want   []string
	}{
		{"interrupted after two blocks", func(s *synthetic) {
			s.records = slices.DeleteFunc(s.records, func(r trial.Record) bool { return r.Block > 2 })
		}, []string{"This run is incomplete: 2 of 5 blocks are complete, 45 planned slots without a usable trial.",
			"too few to say what is sustained", "too few to say which is better", "2 of 5 blocks complete"}},
		{"interrupted in the first block", func(s *synthetic) { s.records = s.records[:1] },
			[]string{"This run is incomplete: 0 of 5 blocks are complete, 74 planned slots"}},
		{"nothing usable", func(s *synthetic) {
			for i := range s.records {
				broken(&s.records[i])
			}
		}, []string{"No trial of this run is usable, so nothing was measured.", "75 trials planned, 0 usable", "exit status 137", "| usable trials | 0 | 0 |"}},
		{"nothing recorded", func(s *synthetic) { s.records = nil },
			[]string{"No trial of this run is usable", "No trial was recorded, so nothing was checked.", "No trial was rejected.", "The run left no raw file."}},
		{"no claim that takes a server", func(s *synthetic) {
			s.plan.Ledger.Claims = slices.DeleteFunc(s.plan.Ledger.Claims, func(c claim.Claim) bool { return c.Headline().Shape != claim.Untestable })
			s.plan.Targets, s.plan.Cells, s.plan.Slots, s.plan.Null, s.records = nil, nil, nil, nil, nil
		}, []string{"None of them takes a server, so that no trial was made", "## Claims without a measurement", "## Environment", "## Readings that the plan leaves out", "The run left no raw file."}},
		{"one target", func(s *synthetic) {
			s.plan.Targets = s.plan.Targets[:1]
			s.plan.Slots = slices.DeleteFunc(s.plan.Slots, func(x plan.Slot) bool { return x.Target != rustServer })
			s.records = slices.DeleteFunc(s.records, func(r trial.Record) bool { return r.Target != rustServer })
		}, []string{"Only one target took part, so no comparison was possible.", "rust-server keeps the 100 ms objective up to 19,500 connections"}},
		{"three targets", func(s *synthetic) {
			s.plan.Targets = append(s.plan.Targets, target.Target{ID: "third-server"})
		}, []string{"| Metric | rust-server | go-server | third-server |"}},
		{"no metric at all", func(s *synthetic) {
			for i := range s.records {
				s.records[i].Metrics = nil
			}
		}, []string{"| p50 latency | - | - |", "| resident memory | - | - |"}},
		{"no environment", func(s *synthetic) { s.env = trial.Environment{} }, []string{"host not known", "| CPUs | - |"}},
		{"no limits and no margin", func(s *synthetic) { s.plan.Limits, s.plan.Ledger.Article.Margin = plan.Limits{}, 0 }, []string{"## Method"}},
		{"no claim", func(s *synthetic) { s.plan.Ledger.Claims = nil }, []string{"The ledger holds no claim.", "This run measured no claim."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSynthetic()
			c.change(s)
			md := everything(t, build(t, s.input()))
			for _, w := range c.want {
				if !strings.Contains(md, w) {
					t.Errorf("report.md doesn't say %q", w)
				}
			}
			if strings.Contains(md, "NaN") || strings.Contains(md, "Inf") || strings.Contains(md, "%!") {
				t.Error("report.md prints a number that is none")
			}
		})
	}
}

// lose makes the checks reject every attempt at a slot, as many as it has.
func lose(s *synthetic, slot, attempts int) {
	i := slices.IndexFunc(s.records, func(r trial.Record) bool { return r.Slot == slot })
	s.records = slices.DeleteFunc(s.records, func(r trial.Record) bool { return r.Slot == slot && r.ID != s.records[i].ID })
	var all []trial.Record
	for n := range attempts {
		r := s.records[i]
		r.ID, r.Attempt, r.Checks = fmt.Sprintf("%s-%d", r.ID, n), n+1, slices.Clone(r.Checks)
		invalid(&r)
		all = append(all, r)
	}
	s.records = slices.Replace(s.records, i, i+1, all...)
}

// A finished run whose checks rejected all attempts at a slot names the slot; one that may go on is incomplete.
func TestLostSlotsAreNoIncompleteRun(t *testing.T) {
	for _, c := range []struct {
		name       string
		slots      []int
		attempts   int
		want       string
		incomplete bool
	}{
		{"one slot lost", []int{7}, 3, "1 of 75 slots has no usable trial, since every attempt was rejected: hold/10000, rust-server, block 1. ", false},
		{"the second trial of a target", []int{5}, 3, "(second trial)", false},
		{"five slots lost", []int{7, 22, 31, 40, 50}, 3, "; and 2 more. ", false},
		{"an attempt left", []int{7}, 2, "This run is incomplete: 4 of 5 blocks are complete, 1 planned slot without a usable trial.", true},
	} {
		s := newSynthetic()
		for _, slot := range c.slots {
			lose(s, slot, c.attempts)
		}
		md := everything(t, build(t, s.input()))
		if lead, _, _ := strings.Cut(md, "\n## "); !strings.Contains(lead, c.want) || strings.Contains(lead, "This run is incomplete") != c.incomplete ||
			strings.Contains(lead, "every attempt was rejected") == c.incomplete {
			t.Errorf("%s: no %q in\n%s", c.name, c.want, lead)
		}
	}
}

// What is not as it was measured stands before all else in every document.
func TestChangedSourcesAreSaidFirst(t *testing.T) {
	in := newSynthetic().input()
	in.Judgement.Changed = &verdict.Changed{Differences: 3, First: "trials.jsonl:5: trial a: the line was changed"}
	const want = "What these verdicts rest on is not as it was measured: trials.jsonl:5: trial a: the line was changed, and 2 differences more."
	doc := build(t, in)
	for name, text := range map[string]string{
		"report.md": string(render(t, Markdown, doc)), "report.html": string(render(t, HTML, doc)), "summary": string(render(t, Summary, doc)),
	} {
		lead, _, _ := strings.Cut(text, "assay put")
		if !strings.Contains(lead, "**"+want) && !strings.Contains(lead, "<strong>"+want) {
			t.Errorf("%s does not say so first:\n%.600s", name, text)
		}
	}
	in.Judgement.Changed.Differences = 1
	if text := build(t, in).Changed; !strings.Contains(text, "the line was changed. Run `assay verify`") {
		t.Errorf("of one difference: %q", text)
	}
}

func TestWithoutHistogramsThereIsNoLatencyPlot(t *testing.T) {
	for _, q := range []func(string) (Curve, error){nil, func(string) (Curve, error) { return nil, nil }} {
		in := newSynthetic().input()
		in.Quantiles = q
		if md := everything(t, build(t, in)); strings.Contains(md, "latency-rate") {
			t.Error("a latency plot without a histogram")
		}
	}
}

func TestARecordOfAnotherPlanIsNotUsed(t *testing.T) {
	s := newSynthetic()
	foreign := s.records[0]
	foreign.ID, foreign.Slot, foreign.Metrics = "999-from-elsewhere", 999, map[string]float64{p99: 123_456}
	s.records = append(s.records, foreign)
	md := everything(t, build(t, s.input()))
	if !strings.Contains(md, "| `999-from-elsewhere` | ok | Belongs to no slot of the plan. |") {
		t.Error("the foreign record is not listed as rejected")
	}
	if strings.Contains(md, "123,") {
		t.Error("the foreign record's number is shown")
	}
}

func TestInputThatDoesNotBelongTogether(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Input)
		want   string
	}{
		{"no target", func(in *Input) { in.Plan.Targets = nil }, "no target"},
		{"no cell", func(in *Input) { in.Plan.Cells = nil }, "no cell"},
		{"claim without verdict", func(in *Input) { in.Judgement.Claims = in.Judgement.Claims[1:] }, `claim "verdict-performance" has no verdict; judge the run again`},
		{"verdict without claim", func(in *Input) { in.Plan.Ledger.Claims = in.Plan.Ledger.Claims[1:] }, "which the plan's ledger doesn't have"},
		{"two verdicts", func(in *Input) { in.Judgement.Claims = append(in.Judgement.Claims, in.Judgement.Claims[0]) }, "two verdicts"},
		{"claim named like a section", func(in *Input) {
			in.Plan.Ledger.Claims[1].ID, in.Judgement.Claims[1].ID = "method", "method"
		}, `anchor "method"`},
	} {
		in := newSynthetic().input()
		c.change(&in)
		if _, err := Build(in); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v; want %q", c.name, err, c.want)
		}
	}
}
