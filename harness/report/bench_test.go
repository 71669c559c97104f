package report

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/perf/benchfmt"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/trial"
)

func benchText(t *testing.T, in Input) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Bench(&b, in); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// readBench reads what Bench wrote as benchstat does. A line that is not understood fails.
func readBench(t *testing.T, text []byte) ([]*benchfmt.Result, benchfmt.UnitMetadataMap) {
	t.Helper()
	var all []*benchfmt.Result
	r := benchfmt.NewReader(bytes.NewReader(text), "bench.txt")
	for r.Scan() {
		switch rec := r.Result().(type) {
		case *benchfmt.Result:
			all = append(all, rec.Clone())
		case *benchfmt.SyntaxError:
			t.Error(rec)
		}
	}
	if err := r.Err(); err != nil {
		t.Fatal(err)
	}
	return all, r.Units()
}

func TestBenchGolden(t *testing.T) {
	golden(t, "bench.txt", benchText(t, newSynthetic().input()))
}

// Every usable trial has a line that says what its record says, in base units.
func TestBenchHoldsEveryUsableTrial(t *testing.T) {
	s := newSynthetic()
	in := s.input()
	lines, units := readBench(t, benchText(t, in))
	d := newData(in)
	if len(lines) != len(d.usable) {
		t.Fatalf("%d lines of %d usable trials", len(lines), len(d.usable))
	}
	for i, r := range d.benchOrder() {
		cpu, _ := lines[i].Value("cpu-sec/req")
		latency, _ := lines[i].Value("p99-sec")
		size, _ := lines[i].Value("rss-B")
		for what, v := range map[string][2]float64{
			cpuPerRequest: {cpu, r.Metrics[cpuPerRequest] / 1e6}, p99: {latency, r.Metrics[p99] / 1e3}, memory: {size, r.Metrics[memory]},
			"iterations": {float64(lines[i].Iters), float64(r.Counts.Done)},
		} {
			if d := v[0] - v[1]; d > 1e-9*v[1] || d < -1e-9*v[1] {
				t.Errorf("%s: %s is %v, the record says %v", r.ID, what, v[0], v[1])
			}
		}
	}
	for _, l := range lines {
		for _, v := range l.Values {
			if units.GetBetter(v.Unit) == 0 {
				t.Errorf("no Unit line says which way %s is better", v.Unit)
			}
		}
	}
}

// What a check rejected is left out, and what it did not reject stays.
func TestBenchLeavesRejectedNumbersOut(t *testing.T) {
	s := newSynthetic()
	in := s.input()
	first := newData(in).benchOrder()[0]
	for i := range s.records {
		if s.records[i].ID == first.ID {
			s.records[i].Rejected = map[string]float64{}
			for _, id := range []string{p50, p99} {
				s.records[i].Rejected[id] = s.records[i].Metrics[id]
				delete(s.records[i].Metrics, id)
			}
		}
	}
	lines, _ := readBench(t, benchText(t, s.input()))
	if got, want := unitsOf(lines[0]), []string{"cpu-sec/req", "failed/req", "req/s", "rss-B"}; !slices.Equal(got, want) {
		t.Errorf("units %q, want %q", got, want)
	}
	if got := unitsOf(lines[1]); !slices.Contains(got, "p99-sec") {
		t.Errorf("units %q of the next trial, which nothing rejected", got)
	}
}

func unitsOf(l *benchfmt.Result) []string {
	units := map[string]bool{}
	for _, v := range l.Values {
		units[v.Unit] = true
	}
	return slices.Sorted(maps.Keys(units))
}

// What keeps two runs on one host apart is no configuration: benchstat makes a table of
// each configuration, and would compare nothing. Nothing of the two is lost, either.
func TestBenchComparesRunsWhateverTheKernel(t *testing.T) {
	s := newSynthetic()
	first, _ := readBench(t, benchText(t, s.input()))
	s.env.Kernel, s.env.OS = "6.1.0-21-amd64", "Debian GNU/Linux 13"
	text := benchText(t, s.input())
	second, _ := readBench(t, text)
	for i := range first {
		if a, b := fmt.Sprint(first[i].Config), fmt.Sprint(second[i].Config); a != b {
			t.Fatalf("configurations %s and %s", a, b)
		}
	}
	for _, want := range []string{"# os: Debian GNU/Linux 13\n", "# kernel: 6.1.0-21-amd64\n"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%q is not in the file", want)
		}
	}
}

// The share of unanswered requests stands on every line as soon as one trial has any.
func TestBenchShowsFailures(t *testing.T) {
	s := newSynthetic()
	lines, _ := readBench(t, benchText(t, s.input()))
	failed := 0
	for _, l := range lines {
		v, ok := l.Value("failed/req")
		if !ok {
			t.Fatalf("%s has no failed/req", l.Name)
		}
		if v > 0 {
			failed++
		}
	}
	if failed != 1 {
		t.Errorf("%d lines with failed requests, want that of the one failed server", failed)
	}
	for i := range s.records {
		s.records[i].Counts.Failed = 0
	}
	if text := benchText(t, s.input()); bytes.Contains(text, []byte("failed/req")) {
		t.Error("a run in which nothing failed shows failed/req")
	}
}

func TestBenchNames(t *testing.T) {
	p := plan.Plan{Placement: target.Placement{TargetCPUs: []int{0, 1}}, Limits: plan.DefaultLimits(), HostLimit: 15_000, Engine: "native", Cells: []plan.Cell{
		{ID: "hold/10000", Scenario: "hold", Mode: "hold", Connections: 10_000},
		{ID: "hold/host-limit", Scenario: "hold", Mode: "hold", Connections: 15_000, HostLimit: true},
		{ID: "in-flight/1000", Scenario: "in-flight", Mode: "in-flight", Connections: 1000},
		{ID: "rate/6000", Scenario: "rate", Mode: "rate", Connections: 64, RequestsPerSecond: 6000},
		{ID: "rate/6000-by-vegeta", Scenario: "rate", Mode: "rate", Connections: 64, RequestsPerSecond: 6000, CrossCheck: "rate/6000", Engine: "vegeta"},
		{ID: "saturate/64", Scenario: "saturate", Mode: "saturate", Connections: 64},
	}}
	d := newData(Input{Plan: p})
	for _, c := range []struct{ cell, target, want, engine string }{
		{"hold/10000", "go-server", "Hold/connections=10000/target=go-server-2", "native"},
		{"hold/10000", target.NullID, "Hold/connections=12000/target=null-server-2", "native"},
		{"hold/host-limit", "go-server", "Hold/connections=host-limit/target=go-server-2", "native"},
		{"in-flight/1000", "server-3", "InFlight/connections=1000/target=server-3-2", "native"},
		{"rate/6000", "go-server", "Rate/rate=6000/target=go-server-2", "native"},
		{"rate/6000-by-vegeta", "go-server", "Rate/rate=6000/target=go-server-2", "vegeta"},
		{"saturate/64", target.NullID, "Saturate/connections=64/target=null-server-2", "native"},
	} {
		r := trial.Record{Cell: c.cell, Target: c.target}
		got := d.benchName(r)
		if got != c.want {
			t.Errorf("%s in %s is called %s, want %s", c.target, c.cell, got, c.want)
		}
		_, parts := benchfmt.Name(got).Parts()
		if key := string(parts[len(parts)-2]); key != "/target="+c.target {
			t.Errorf("%s: a reader takes %s for the target", got, key)
		}
		if i := slices.IndexFunc(d.benchConfig(r), func(f benchfmt.Config) bool { return f.Key == "engine" && string(f.Value) == c.engine }); i < 0 {
			t.Errorf("%s in %s is not said to be driven by %s", c.target, c.cell, c.engine)
		}
	}
}

// Words of a file or a server stay on the line they belong to.
func TestBenchHostile(t *testing.T) {
	s := newSynthetic()
	in := s.spoil()
	lines, _ := readBench(t, benchText(t, in))
	if want := len(newData(in).usable); len(lines) != want {
		t.Errorf("%d lines, want %d", len(lines), want)
	}
}

// A run without records, and one that gave nothing, make a file without lines.
func TestBenchOfNothing(t *testing.T) {
	s := newSynthetic()
	s.records = nil
	if lines, _ := readBench(t, benchText(t, s.input())); len(lines) != 0 {
		t.Errorf("%d lines without a record", len(lines))
	}
	s.run()
	for i := range s.records {
		s.records[i].Metrics, s.records[i].Counts = nil, trial.Counts{}
	}
	if lines, _ := readBench(t, benchText(t, s.input())); len(lines) != 0 {
		t.Errorf("%d lines without a number", len(lines))
	}
}

func TestBenchSaysWhenItCannotWrite(t *testing.T) {
	err := Bench(failing{}, newSynthetic().input())
	if err == nil || !strings.HasPrefix(err.Error(), "write bench.txt: ") {
		t.Errorf("error %v", err)
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) {
	return 0, fmt.Errorf("no space left: %w", io.ErrShortWrite)
}
