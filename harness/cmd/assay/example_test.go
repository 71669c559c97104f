//go:build !race

package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/report"
	"github.com/assay-bench/assay/harness/rundir"
	"github.com/assay-bench/assay/harness/verdict"
)

var updateReadme = flag.Bool("update-readme", false, "write the example's verdicts into README.md")

// The committed examples are real runs, and all of each follows from its records.
func TestRecordedExamplesFollowFromTheirRecords(t *testing.T) {
	for _, name := range []string{"example", "example-process"} {
		t.Run(name, func(t *testing.T) { followsFromItsRecords(t, filepath.Join("..", "..", "..", "reports", name)) })
	}
}

func followsFromItsRecords(t *testing.T, path string) {
	t.Helper()
	dir, err := rundir.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	found, err := verifyRun(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range found.Differences {
		t.Error(d)
	}
	if len(found.Records) == 0 || found.Recomputed == 0 {
		t.Errorf("%d records, %d recomputed", len(found.Records), found.Recomputed)
	}
}

// README.md shows the verdicts of the example; the part between its two marks is made from
// the run.
func TestRecordedExampleIsInTheReadme(t *testing.T) {
	const begin, end = "<!-- example: begin -->\n", "<!-- example: end -->\n"
	file := filepath.Join("..", "..", "..", "README.md")
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(body), begin)
	have, tail, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatalf("README.md has no %q ... %q", begin, end)
	}
	want := exampleText(t)
	if *updateReadme {
		if err := os.WriteFile(file, []byte(head+begin+want+end+tail), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if have != want {
		t.Errorf("README.md does not show the example's verdicts; `go test ./harness/cmd/assay -run Readme -args -update-readme` mends it.\nhave:\n%s\nwant:\n%s", have, want)
	}
}

// exampleText is the capacity plot and a row for each claim that the example measured.
func exampleText(t *testing.T) string {
	t.Helper()
	dir, err := rundir.Open(filepath.Join("..", "..", "..", "reports", "example"))
	if err != nil {
		t.Fatal(err)
	}
	done, err := judged(dir)
	if err != nil {
		t.Fatal(err)
	}
	return "\n[![p99 latency over the ladder of connections](reports/example/capacity-hold.png)](reports/example/report.md)\n\n" +
		verdictRows(done.input.Plan.Ledger.Claims, done.document.Verdicts)
}

// verdictRows are the claims that a run measured, each with what its verdict is easily misread without.
func verdictRows(claims []claim.Claim, rows []report.Row) string {
	var text strings.Builder
	text.WriteString("| claim | what it says | verdict | why |\n| --- | --- | --- | --- |\n")
	summaries := map[string]string{}
	for _, c := range claims {
		summaries[c.ID] = c.Summary
	}
	others := 0
	for _, r := range rows {
		switch r.Verdict {
		case verdict.Supported, verdict.Refuted, verdict.Inconclusive:
			why := r.Reason
			if r.Beside != "" {
				why += ". Beside it: " + r.Beside
			}
			fmt.Fprintf(&text, "| %s | %s | **%s** | %s |\n", r.Claim, summaries[r.Claim], r.Verdict, strings.ReplaceAll(why, "|", "\\|"))
		default:
			others++
		}
	}
	fmt.Fprintf(&text, "\n%d other claims are not testable, or draw others together; the report says why.\n\n", others)
	return text.String()
}

// A row of README.md has the notes that stand beside the verdict in the report's table.
func TestReadmeRowsHaveWhatStandsBeside(t *testing.T) {
	got := verdictRows([]claim.Claim{{ID: "a", Summary: "one"}, {ID: "b", Summary: "two"}}, []report.Row{
		{Claim: "a", Verdict: verdict.Refuted, Reason: "x|y", Beside: "a proxy was measured"}, {Claim: "b", Verdict: verdict.Supported, Reason: "z"},
		{Claim: "c", Verdict: verdict.NotTestable},
	})
	for _, want := range []string{"| a | one | **refuted** | x\\|y. Beside it: a proxy was measured |\n", "| b | two | **supported** | z |\n", "\n1 other claims "} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}
