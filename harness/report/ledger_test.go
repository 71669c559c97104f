package report

import (
	"fmt"
	"time"

	"github.com/assay-bench/assay/harness/claim"
)

// syntheticLedger has a claim of each kind: measured by one reading and by several,
// documented, untestable, combining others, contradicting one.
func syntheticLedger() claim.Ledger {
	better := func(id, says, metric, cell string) claim.Reading {
		return claim.Reading{ID: id, Shape: claim.Better, Says: says, X: rustServer, Y: goServer, Metric: metric, Cell: cell}
	}
	threshold := func(id, target string, n int, cell string) claim.Reading {
		return claim.Reading{ID: id, Headline: true, Shape: claim.Threshold, Target: target, AtLeast: n, Cell: cell,
			Says: fmt.Sprintf("%s sustains at least %d held connections", target, n)}
	}
	headline := func(r claim.Reading) claim.Reading { r.Headline = true; return r }
	ladder := func(id, says, metric string) claim.Reading {
		r := better(id, says, metric, "")
		r.Scenario = "hold"
		return r
	}
	return claim.Ledger{
		Article: claim.Article{ID: "an-article", Title: "Two languages compared", Date: time.Date(2026, 1, 26, 0, 0, 0, 0, time.UTC), Margin: 1.05},
		Claims: []claim.Claim{
			{ID: "verdict-performance", Section: "Quick verdict", Where: "first sentence", Summary: "Rust is better where performance comes first", Readings: []claim.Reading{
				headline(better("cpu", "rust-server spends less CPU time per request than go-server", cpuPerRequest, "rate/5000")),
				better("p99", "rust-server has a lower p99 latency than go-server", p99, "rate/5000"),
				better("memory", "rust-server needs less memory with 10,000 connections", memory, "hold/10000"),
				{ID: "throughput", Shape: claim.Better, Says: "rust-server answers more requests per second", NotYet: "needs the saturate mode"},
			}},
			{ID: "license", Section: "Comparison table", Where: "row Pricing Model", Summary: "both are free and open source", Readings: []claim.Reading{
				{ID: "documented", Headline: true, Shape: claim.Documented, Says: "both licences are approved by the OSI", NotYet: "needs the documented evidence"}}},
			{ID: "scalability-rust", Section: "Comparison table", Where: "row Scalability, column Rust", Summary: "Rust: 10,000+ concurrent connections",
				Readings: []claim.Reading{threshold("hold", rustServer, 10_000, "hold/10000")}},
			{ID: "scalability-go", Section: "Comparison table", Where: "row Scalability, column Go", Summary: "Go: 5,000+ concurrent connections",
				Readings: []claim.Reading{threshold("hold", goServer, 5000, "hold/5000")}},
			{ID: "scalability-winner", Section: "Comparison table", Where: "row Scalability, winner", Summary: "Rust scales further", Readings: []claim.Reading{
				headline(ladder("ladder", "rust-server sustains more connections than go-server", sustainedRung)),
				ladder("memory", "rust-server needs less memory per connection", memorySlope)}},
			{ID: "choose-rust-latency", Section: "When to choose Rust", Where: "item 1", Summary: "where every millisecond counts", Readings: []claim.Reading{
				headline(better("p99", "rust-server has a lower p99 latency than go-server", p99, "rate/5000")),
				better("p50", "rust-server has a lower p50 latency than go-server", p50, "rate/5000"),
				better("p999", "rust-server has a lower p99.9 latency than go-server", p999, "rate/5000")}},
			{ID: "top-of-the-ladder", Section: "When to choose Rust", Where: "item 2", Summary: "as many connections as the host allows",
				Readings: []claim.Reading{threshold("hold", goServer, 19_500, "hold/host-limit")}},
			{ID: "roi-go-100k", Section: "FAQ", Where: "question 3", Summary: "a 10-person team saves up to $100,000 a year with Go", Contradicts: []string{"verdict-performance"},
				Readings: []claim.Reading{{ID: "cost", Headline: true, Shape: claim.Untestable, Reason: "what a team would have spent otherwise cannot be measured",
					Needs: "the accounts of comparable teams over a year"}}},
			{ID: "bottom-line", Section: "Bottom line", Where: "last paragraph", Summary: "Rust for performance and security", Readings: []claim.Reading{
				{ID: "all", Headline: true, Shape: claim.Combines, Claims: []string{"verdict-performance", "scalability-winner"}}}},
		},
	}
}
