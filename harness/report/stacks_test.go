package report

import (
	"bytes"
	"testing"

	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/verdict"
)

func about(center, low, high float64) *verdict.Interval {
	return &verdict.Interval{Center: center, Low: low, High: high, Confidence: 0.95, Blocks: 8}
}

// stackedInput is a run with two further stacks in the rate cell and every finding.
func stackedInput() Input {
	in := newSynthetic().input()
	in.Plan.Stacks = []target.Target{{ID: "go-fasthttp", Language: "go", Stack: "fasthttp 1.78"}, {ID: "rust-actix", Language: "rust", Stack: "actix-web 4"}}
	in.Plan.Cells[len(in.Plan.Cells)-1].Stacks = true
	spread := func(metric, why string, goFound, rustFound verdict.WithinFound) verdict.StackSpread {
		return verdict.StackSpread{
			Cell: "rate/5000", Metric: metric, Why: why,
			Between: verdict.StackRatio{X: rustServer, Y: goServer, Ratio: about(0.7, 0.68, 0.72)},
			Within: []verdict.WithinRatio{
				{Compared: verdict.StackRatio{X: "go-fasthttp", Y: goServer, Ratio: about(0.6, 0.58, 0.62)}, Language: "go", Further: about(1.17, 1.1, 1.24), Finding: goFound},
				{Compared: verdict.StackRatio{X: "rust-actix", Y: rustServer, Ratio: about(1.04, 1, 1.08)}, Language: "rust", Further: about(0.73, 0.7, 0.76), Finding: rustFound},
			},
		}
	}
	unknown := spread(p99, "fewer than 5 complete blocks with both go-fasthttp and go-server", "", "")
	unknown.Within[0].Compared.Ratio, unknown.Within[0].Further = nil, nil
	in.Judgement.Stacks = []verdict.StackSpread{
		spread(cpuPerRequest, "", verdict.WithinLarger, verdict.WithinSmaller), spread(p50, "", verdict.WithinOpen, verdict.WithinOpen),
		spread(memory, "", verdict.WithinLarger, verdict.WithinLarger), unknown,
	}
	return in
}

func TestStacksGolden(t *testing.T) {
	d := newData(stackedInput())
	golden(t, "stacks.md", render(t, Markdown, Document{Title: "Stacks", Sections: d.stacks()}))
}

// The further stacks disclose what they are, and stand beside the others in their cell alone.
func TestStacksInTheWholeReport(t *testing.T) {
	md := render(t, Markdown, build(t, stackedInput()))
	for _, want := range []string{
		"| What | rust-server | go-server | go-fasthttp | rust-actix |",
		"| Metric | rust-server | go-server | go-fasthttp | rust-actix |",
		"## Between stacks of one language",
	} {
		if !bytes.Contains(md, []byte(want)) {
			t.Errorf("the report lacks %q", want)
		}
	}
	if n := bytes.Count(md, []byte("| Metric | rust-server | go-server | go-fasthttp | rust-actix |")); n != 1 {
		t.Errorf("%d cells show the stacks, want 1", n)
	}
}

func TestNoStacksNoSection(t *testing.T) {
	if got := newData(newSynthetic().input()).stacks(); got != nil {
		t.Errorf("got %+v", got)
	}
}
