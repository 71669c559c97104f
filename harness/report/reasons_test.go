package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/verdict"
)

// Where readings of a claim differ from its verdict, its reason counts them.
func TestReasonCountsReadingsThatDiffer(t *testing.T) {
	const yes, no, open, none, never = verdict.Supported, verdict.Refuted, verdict.Inconclusive, verdict.NotMeasured, verdict.NotTestable
	for _, c := range []struct {
		readings []verdict.Verdict // the headline first
		want     string
	}{
		{[]verdict.Verdict{yes, open, open, open, open, open}, "a < b. Of its 6 readings 1 is supported, 5 inconclusive"},
		{[]verdict.Verdict{no, yes}, "a < b. Of its 2 readings 1 is supported, 1 refuted"},
		{[]verdict.Verdict{no, yes, yes, no, never}, "a < b. Of its 5 readings 2 are supported, 2 refuted, 1 not testable"},
		{[]verdict.Verdict{open, open, yes, none, none, none, yes, yes}, "a < b. Of its 8 readings 3 are supported, 2 inconclusive, 3 not measured"},
		{[]verdict.Verdict{none, yes}, "a < b. Of its 2 readings 1 is supported, 1 not measured"},
		{[]verdict.Verdict{yes, none}, "a < b"}, // what was not measured does not disagree
		{[]verdict.Verdict{yes, yes}, "a < b"},
		{[]verdict.Verdict{yes}, "a < b"},
		{nil, "a < b"},
	} {
		j := verdict.Claim{Reason: "a < b"}
		for i, v := range c.readings {
			j.Readings = append(j.Readings, verdict.Reading{Headline: i == 0, Verdict: v})
			j.Verdict = c.readings[0]
		}
		if got := reasonOf(j); got != c.want {
			t.Errorf("%v: %q, want %q", c.readings, got, c.want)
		}
	}
}

// The counted readings stand wherever the claim's reason does: in the table of verdicts, the claim's own section, the claims that
// combine it, the terminal's ledger and the summary of a job.
func TestReadingsThatDifferAreCountedEverywhere(t *testing.T) {
	in := newSynthetic().input()
	for _, j := range in.Judgement.Claims {
		if j.ID == "verdict-performance" {
			j.Readings[1].Verdict = verdict.Refuted
		}
	}
	doc := build(t, in)
	const want = "Of its 4 readings 2 are supported, 1 refuted, 1 not measured"
	var summary bytes.Buffer
	if err := Summary(&summary, doc); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		text  string
		times int
	}{
		"report":  {string(render(t, Markdown, doc)), 3},
		"page":    {string(render(t, HTML, doc)), 3},
		"ledger":  {string(render(t, Ledger(200, false), doc)), 1},
		"summary": {summary.String(), 1},
	} {
		if got := strings.Count(strings.Join(strings.Fields(c.text), " "), want); got != c.times {
			t.Errorf("%s: %q stands there %d times, not %d", name, want, got, c.times)
		}
	}
}
