package report

import (
	"testing"

	"github.com/assay-bench/assay/harness/trial"
	"github.com/assay-bench/assay/harness/verdict"
)

// The tables of both demonstrations, as `assay demo` and the report show them.
func TestGoldenDemonstrated(t *testing.T) {
	e := verdict.Together{
		Works: []verdict.TogetherWork{
			{Work: "add two numbers", Go: 0.5132, Border: 25.5, Rust: 1.09, Adds: verdict.Interval{Center: 24.9, Low: 24.1, High: 25.8, Confidence: 0.95, Blocks: 10}},
			{Work: "splitmix64, 10,000 steps", Go: 33400, Border: 33800, Rust: 32800, Adds: verdict.Interval{Center: 454, Low: -619, High: 1530, Confidence: 0.95, Blocks: 10}, Differing: 1},
		},
		Rounds: 10, BuildWithout: 0.191, BuildWith: 0.615, BuildAdds: verdict.Interval{Center: 0.423, Low: 0.408, High: 0.438, Confidence: 0.95, Blocks: 5},
		BytesWithout: 2_806_360, BytesWith: 2_797_104, Tools: []string{"go version go1.26.8", "rustc 1.95.0", "cc 12.2.0"},
	}
	part := func(p string) *verdict.Together { of := e; of.Part = p; return &of }
	readings := []verdict.Reading{
		{ID: "works", Verdict: verdict.Refuted, Reason: "answers differ", Rule: "the rule", Together: part(verdict.PartWorks)},
		{ID: "call", Verdict: verdict.Supported, Reason: "it adds 24.9 ns", Rule: "the rule", Together: part(verdict.PartCall)},
		{ID: "build", Verdict: verdict.Supported, Reason: "it adds 0.423 s", Rule: "the rule", Together: part(verdict.PartBuild)},
		{ID: "runtime", Verdict: verdict.Refuted, Reason: "it does not run", Rule: "the rule", AsyncRuntime: &verdict.AsyncRuntime{
			Tools: []string{"go version go1.26.8", "rustc 1.95.0"}, Programs: []verdict.AsyncProgram{
				{ID: "async-main", About: "an async main", Language: "rust", Executor: trial.NoExecutor, Outcome: trial.WorkRefused, Says: "error[E0752]: `main` is async"},
				{ID: "future", About: "a future", Language: "rust", Executor: trial.NoExecutor, Outcome: trial.WorkIdle, Says: "made a future | nobody polls it"},
				{ID: "own", About: "the same", Language: "rust", Executor: trial.OwnExecutor, Outcome: trial.WorkRan, Says: "ran"},
				{ID: "goroutine", About: "a goroutine", Language: "go", Executor: trial.LanguageExecutor, Outcome: trial.WorkRan, Says: "ran"},
			}}},
	}
	golden(t, "demonstrated.md", render(t, Markdown, Demonstrated("demonstrations", readings, []string{"it works", "a call takes longer", "a build takes longer", "it runs alone"})))
}
