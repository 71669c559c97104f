package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/trial"
	"github.com/assay-bench/assay/harness/verdict"
)

// Three trials at 10,000 connections have a p99 of nine times the objective, rejected since requests left late: plot and text
// both end the ladder below, and the text says in how many the p99 is not known.
func TestPlotAndTextAgreeOnLateSends(t *testing.T) {
	s := newSynthetic()
	for i := range s.records {
		r := &s.records[i]
		if !r.Usable() || !strings.HasPrefix(r.Cell, "hold/") {
			continue
		}
		r.Status, r.Connections.Held, r.Counts.Failed, r.Counts.Pending, r.Rejected = trial.OK, true, 0, 0, nil
		r.Metrics[p99] = 5
		if r.Target == rustServer && r.Connections.Asked == 10_000 && r.Block <= 3 && r.Replica == 1 {
			delete(r.Metrics, p99)
			r.Rejected = map[string]float64{p99: 900}
		}
	}
	d := newData(s.input())
	var at verdict.Reading
	for _, c := range d.Judgement.Claims {
		for _, r := range c.Readings {
			if e := r.Threshold; e != nil && e.Target == rustServer && strings.HasPrefix(e.Cell, "hold/") {
				at = r
			}
		}
	}
	if at.Threshold == nil {
		t.Fatal("no threshold of " + rustServer)
	}
	if got := d.sustainedRung(d.ladders()[0], rustServer); got != at.Threshold.Most || got != 5000 {
		t.Errorf("plot up to %d, text up to %d, want 5,000", got, at.Threshold.Most)
	}
	var page bytes.Buffer
	if err := Markdown(&page, Document{Title: "t", Sections: []Section{section("s", d.threshold(*at.Threshold)...)}}); err != nil {
		t.Fatal(err)
	}
	text := page.String()
	if at.Verdict != verdict.Inconclusive || !strings.Contains(text, "; in 3 the p99 is not known, since") || !strings.Contains(text, "requests left late, and its p99 is not known but to be at most 900 ms") {
		t.Errorf("%s: %s", at.Verdict, text)
	}
}
