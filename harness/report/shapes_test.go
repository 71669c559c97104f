package report

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
	"github.com/assay-bench/assay/harness/verdict"
)

// shapesLedger has the shapes that the ledger of the other tests lacks, each with the verdicts that it can have.
func shapesLedger() claim.Ledger {
	compare := func(shape claim.Shape, says, metric, cell string) claim.Reading {
		return claim.Reading{ID: "main", Headline: true, Shape: shape, Says: says, X: rustServer, Y: goServer, Metric: metric, Cell: cell}
	}
	ranged := func(says, metric, cell string, from, to float64) claim.Reading {
		r := compare(claim.Range, says, metric, cell)
		r.From, r.To, r.InfrastructureOnly = from, to, true
		return r
	}
	upTo := func(says string, percent float64, cells ...string) claim.Reading {
		r := compare(claim.UpTo, says, p50, "")
		r.Percent, r.Cells = percent, cells
		return r
	}
	sourced := func(says string, shown, opposed []string) claim.Reading {
		return claim.Reading{ID: "main", Headline: true, Shape: claim.Documented, Says: says, ShownBy: shown, OpposedBy: opposed, Needs: "a count of both"}
	}
	beside := func(r claim.Reading, context ...string) claim.Reading {
		r.Context = context
		return r
	}
	one := func(id, summary string, r claim.Reading) claim.Claim {
		return claim.Claim{ID: id, Section: "FAQ", Where: "question 1", Summary: summary, Readings: []claim.Reading{r}}
	}
	date := func(year int, month time.Month, day int) time.Time {
		return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	}
	l := claim.Ledger{
		Article: claim.Article{ID: "an-article", Title: "Two languages compared", Date: date(2026, 1, 26), Margin: 1.05},
		Claims: []claim.Claim{
			one("alike", "both need the same memory", beside(compare(claim.Tie, "rust-server and go-server need the same memory", memory, "hold/1000"), "elsewhere")),
			one("saving", "Rust saves 30 to 45 %", ranged("rust-server spends 30 to 45 % less CPU time per request", cpuPerRequest, "rate/5000", 30, 45)),
			one("saving-more", "Rust saves 50 to 60 %", ranged("rust-server spends 50 to 60 % less CPU time per request", cpuPerRequest, "rate/5000", 50, 60)),
			one("sooner", "Rust is up to 30 % faster", upTo("rust-server answers up to 30 % sooner", 30, "hold/1000", "hold/5000", "rate/5000")),
			one("much-sooner", "Rust is up to 60 % faster", upTo("rust-server answers up to 60 % sooner", 60, "hold/1000", "rate/5000")),
			one("tail", "the tails are alike", compare(claim.Tie, "rust-server and go-server have the same p99.9", p999, "hold/10000")),
			one("monthly", "Rust costs $10,000 to $20,000 a month", billed(claim.Reading{Says: "machines for rust-server cost $10,000 to $20,000 a month", Target: rustServer, Case: "use-case", From: 10_000, To: 20_000})),
			one("cheaper", "Rust costs 20 to 30 % less", billed(claim.Reading{Says: "machines for rust-server cost 20 to 30 % less than for go-server", X: rustServer, Y: goServer, Case: "roi", From: 20, To: 30})),
			one("libraries", "Go has more libraries", sourced("the module index lists more than the registry", []string{"go-modules", "rust-crates"}, nil)),
			one("sdks", "all providers have an SDK for Rust", sourced("all providers have one", nil, []string{"sdks"})),
			one("users", "Go has fewer users", beside(sourced("surveys find fewer users of Go", nil, []string{"survey"}), "panel")),
			one("wages", "wages are the same", sourced("somebody counted wages", nil, nil)),
			one("lessons", "Rust takes longer to learn", beside(claim.Reading{ID: "main", Headline: true, Shape: claim.Untestable,
				Reason: "no server shows it", Needs: "a study of learners"}, "learners")),
		},
		Evidence: []claim.Evidence{
			{ID: "go-modules", Figure: "67,890", Counts: "module paths", Source: "the module index", URL: "https://example.org/modules", Date: date(2025, 11, 30), Read: claim.Primary},
			{ID: "rust-crates", Figure: "12,345", Counts: "packages", Source: "the registry's dump", URL: "https://example.org/crates", Date: date(2023, 12, 1), Read: claim.Primary},
			{ID: "survey", Figure: "16 %", Counts: "respondents who used it", Source: "a survey", URL: "https://example.org/survey", Date: date(2025, 7, 1), Read: claim.Primary},
			{ID: "panel", Figure: "4,000,000", Counts: "users, estimated", Source: "a panel, quoted in a magazine", URL: "https://example.org/panel", Date: date(2024, 3, 31), Read: claim.Secondary},
			{ID: "sdks", Figure: "1 of 2", Counts: "providers with an SDK", Source: "their repositories", URL: "https://example.org/sdks", Date: date(2025, 8, 1), Read: claim.Primary, Counted: []string{"one-sdk", "no-sdk"}},
			{ID: "one-sdk", Figure: "yes", Counts: "SDK of the one", Source: "the one's repository", URL: "https://example.org/one", Date: date(2023, 8, 1), Read: claim.Primary},
			{ID: "no-sdk", Figure: "no", Counts: "SDK of the other", Source: "the other's list", URL: "https://example.org/other", Date: date(2025, 8, 1), Read: claim.Primary},
			{ID: "elsewhere", Figure: "1.2 times", Counts: "memory of other servers", Source: "a benchmark", URL: "https://example.org/benchmark", Date: date(2025, 8, 1), Read: claim.Primary},
			{ID: "learners", Figure: "two thirds", Counts: "learners who felt confident after two months", Source: "a company's blog", URL: "https://example.org/learners", Date: date(2023, 6, 27), Read: claim.Secondary},
		},
	}
	l.Claims[1].Contradicts = []string{"saving-more"}
	l.Claims[6].Contradicts = []string{"cheaper"}
	return l
}

func newShapes() *synthetic {
	s := &synthetic{plan: syntheticPlan(8), env: syntheticEnvironment()}
	s.plan.Ledger, s.plan.LeftOut, s.plan.Cost = shapesLedger(), nil, inventedPrices()
	s.run()
	return s
}

func TestGoldenShapes(t *testing.T) {
	doc := build(t, newShapes().input())
	golden(t, "shapes.md", render(t, Markdown, doc))
	golden(t, "shapes.txt", render(t, Terminal(100, false), doc))
	for _, want := range []verdict.Verdict{verdict.Supported, verdict.Refuted, verdict.Inconclusive, verdict.NotTestable} {
		if !strings.Contains(doc.Counts, string(want)) {
			t.Errorf("counts %q lack %s", doc.Counts, want)
		}
	}
	hrefs, _, _ := readHTML(t, render(t, HTML, doc))
	for _, want := range []string{"https://example.org/modules", "https://example.org/panel", "https://example.org/learners", "https://example.org/one", "https://example.org/benchmark"} {
		if !slices.Contains(hrefs, want) {
			t.Errorf("the HTML report has no link to %s", want)
		}
	}
}

// What a failed check withholds stands in the report's lead and below the terminal's table, with what to do.
func TestWithheldVerdictsAreSaid(t *testing.T) {
	s := newShapes()
	type run struct {
		block  int
		target string
	}
	ran := map[run]int{} // slot of the earlier trial in hold/10000
	for _, slot := range s.plan.Slots {
		if at := (run{slot.Block, slot.Target}); slot.Cell == "hold/10000" && ran[at] == 0 {
			ran[at] = slot.Index + 1
		}
	}
	for i := range s.records {
		if r := &s.records[i]; r.Block > 4 && r.Cell == "rate/5000" && r.Status == trial.OK {
			invalid(r)
		}
		if r := &s.records[i]; r.Cell == "hold/10000" && r.Slot+1 != ran[run{r.Block, r.Target}] && r.Metrics["p999_ms"] > 0 {
			r.Metrics["p999_ms"] *= 3 // a target whose later trial differs
		}
	}
	doc := build(t, s.input())
	for name, text := range map[string]string{
		"report": string(render(t, Markdown, doc)), "terminal": strings.Join(strings.Fields(string(render(t, Terminal(80, false), doc))), " "),
	} {
		for _, want := range []string{
			"No verdict for saving, saving-more, much-sooner, monthly, cheaper, since a validity check failed: CPU share of the load agent. What to do: more CPUs for the load agent or, where the plan sets the rate, a lower one.",
			"since a validity check failed: a target against itself (A/A). What to do: a quieter host, or trials that leave nothing behind for the next one, so that a target's later trial does not differ from its earlier one",
		} {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not say %q but %q", name, want, doc.Withheld)
			}
		}
	}
}

// A reading without numbers, and a plan without blocks, are written all the same.
func TestShapesOfARunThatNeverBegan(t *testing.T) {
	s := newShapes()
	s.records = nil
	render(t, Markdown, build(t, s.input()))
	s.plan.Slots, s.plan.Blocks = []plan.Slot{}, 0
	render(t, Markdown, build(t, s.input()))
}
