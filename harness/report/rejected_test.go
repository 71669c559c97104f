package report

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/trial"
	"github.com/assay-bench/assay/harness/verdict"
)

// What stands over rejected numbers is what rejected them: in a closed loop no request can be late, and there it is the load agent's CPU.
func TestRejectedNumbersSayWhatRejectedThem(t *testing.T) {
	const rate = requestsPerSec
	warned := func(id, code string, metrics ...string) trial.Record {
		return trial.Record{ID: id, Status: trial.OK, Block: 1, Cell: "rate/5000", Target: rustServer, Replica: 1,
			Warnings: []trial.Warning{{Code: "foreign-cpu", Metrics: metrics}, {Code: code, Metrics: metrics}}}
	}
	invalid := func(id string, checks ...string) trial.Record {
		r := trial.Record{ID: id, Status: trial.Invalid, Block: 1, Cell: "rate/5000", Target: goServer, Replica: 1, Checks: []trial.Check{{ID: "requests-sent", OK: true}}}
		for _, c := range checks {
			r.Checks = append(r.Checks, trial.Check{ID: c})
		}
		return r
	}
	onRung := func(r trial.Record, block, replica int) trial.Record {
		r.Cell, r.Block, r.Replica = "hold/5000", block, replica
		return r
	}
	late, short := warned("late", "latency-rejected", p50, p99), warned("short", "throughput-rejected", rate, p50, p99)
	for _, c := range []struct {
		name, cell, metric string
		trials             []string // of the values
		records            []trial.Record
		want               string
	}{
		{"the load agent", "rate/5000", rate, []string{"short"}, []trial.Record{short, late}, "whose load agent was short of CPU"},
		{"late sends", "rate/5000", p99, []string{"late"}, []trial.Record{short, late}, "whose requests left late"},
		{"late sends reject no rate", "rate/5000", rate, []string{"late", "short"}, []trial.Record{short, late}, "whose load agent was short of CPU"},
		{"both", "rate/5000", p99, []string{"late", "short"}, []trial.Record{short, late}, "whose load agent was short of CPU, and those whose requests left late"},
		{"whole trials", "rate/5000", p99, []string{"a", "b"}, []trial.Record{invalid("a", "steal"), invalid("b", "send-lateness", "steal"), late},
			"that failed a check (CPU time stolen from the host), and those whose requests left late"},
		{"not of the comparison", "rate/5000", rate, []string{"kept"}, []trial.Record{short, late, warned("kept", "few-samples", rate)}, "that a check rejected"},
		{"a ladder", "hold (ladder)", sustainedRung, []string{"top"}, []trial.Record{onRung(late, 1, 1), onRung(short, 2, 1), onRung(short, 1, 2)}, "whose requests left late"},
		{"a bill", "case x", "cost_usd_per_month", []string{""}, []trial.Record{short, late}, "that a check rejected"},
	} {
		d := newData(newSynthetic().input())
		d.Records = c.records
		e := verdict.Ratio{X: rustServer, Y: goServer, Metric: c.metric, Cell: c.cell}
		for _, id := range c.trials {
			e.YValues = append(e.YValues, verdict.BlockValue{Block: 1, Trial: id})
		}
		if got := d.rejectedOf(e); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// The words reach the page, of a run in which the agent's CPU rejected rates.
func TestThePageSaysWhatRejectedNumbers(t *testing.T) {
	s := newSynthetic()
	d := newData(s.input())
	i := slices.IndexFunc(d.Judgement.Claims, func(c verdict.Claim) bool {
		return slices.ContainsFunc(c.Readings, func(r verdict.Reading) bool { return r.Ratio != nil && r.Ratio.Cell == "rate/5000" })
	})
	if i < 0 {
		t.Fatal("no comparison in rate/5000")
	}
	claim := d.Judgement.Claims[i]
	k := slices.IndexFunc(claim.Readings, func(r verdict.Reading) bool { return r.Ratio != nil && r.Ratio.Cell == "rate/5000" })
	r := claim.Readings[k]
	r.RatioWithRejected = r.Ratio
	for n := range d.Records {
		if d.Records[n].ID == r.Ratio.XValues[0].Trial {
			d.Records[n].Warnings = []trial.Warning{{Code: "throughput-rejected", Metrics: []string{r.Ratio.Metric}}}
		}
	}
	var page bytes.Buffer
	if err := Markdown(&page, Document{Title: "t", Sections: []Section{section("s", d.reading(claim, r, "s", figures{})...)}}); err != nil {
		t.Fatal(err)
	}
	if text := page.String(); !strings.Contains(text, "The same comparison with the trials in it whose load agent was short of CPU:") || strings.Contains(text, "left late") {
		t.Error(text)
	}
}

// A caption says what rejected a p99 that is drawn; an upper bound it is only where requests left late.
func TestACaptionSaysWhatRejectedAP99(t *testing.T) {
	of := func(code string) trial.Record {
		return trial.Record{Status: trial.OK, Rejected: map[string]float64{p99: 1}, Warnings: []trial.Warning{{Code: code, Metrics: []string{p99}}}}
	}
	good, late, short := trial.Record{Status: trial.OK}, of("latency-rejected"), of("throughput-rejected")
	for _, c := range []struct {
		records []trial.Record
		want    string
	}{
		{[]trial.Record{good}, ""},
		{[]trial.Record{good, late}, " The p99 of 1 of 2 trials, whose requests left late, is rejected for verdicts, and an upper bound here."},
		{[]trial.Record{short}, " The p99 of 1 of 1 trial, whose load agent was short of CPU, is rejected for verdicts."},
		{[]trial.Record{short, late}, " The p99 of 2 of 2 trials, whose load agent was short of CPU, or whose requests left late, is rejected for verdicts."},
	} {
		if got := rejectedNote(c.records); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
