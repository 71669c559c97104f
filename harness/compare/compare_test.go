package compare

import (
	"bytes"
	"flag"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/trial"
	"github.com/assay-bench/assay/harness/verdict"
)

var update = flag.Bool("update", false, "write the golden files anew")

// earlier is run A of every test that does not say otherwise.
func earlier() Run { return newRun("monday", 1, nil) }

// later is run B: another seed, a day later.
func later(change func(*trial.Record)) Run {
	r := newRun("tuesday", 2, change)
	r.Env.StartedAt = r.Env.StartedAt.Add(24 * time.Hour)
	return r
}

// changed is a later run of a go-server that other source made cheaper by a third, and that
// misses its objective once, on a host on which the null server needs more time.
func changed() Run {
	b := later(func(r *trial.Record) {
		switch {
		case r.Target == goServer:
			r.Metrics[cpu] *= 0.67
		case r.Target == target.NullID && r.Cell == "rate/5000":
			r.Metrics[cpu] *= 1.2
			r.Metrics["p50_ms"] *= 1.2
		}
		if r.Target == goServer && r.Cell == "hold/5000" && r.Block == 3 && r.Replica == 1 {
			r.Metrics[p99] = 240
		}
	})
	b.Env.Kernel = "6.12.0-9-amd64"
	b.Env.Toolchains["go"] = "go version go1.27.0 linux/amd64"
	b.Env.Builds[goServer] = trial.Build{SHA256: "aaaaaaaaaaaaaaaaaaaaaaaa", SourceHash: "bbbbbbbbbbbbbbbbbbbbbbbb"}
	b.Plan.Targets[0].Stack = "net/http, Go 1.27"
	b.Plan.Targets[0].Disclose = map[string]string{"GOGC": "off while the heap is under 64 MiB, then 100, as the runtime's soft limit has it"}
	return b
}

// elsewhere is a later run on another kind of host.
func elsewhere() Run {
	b := changed()
	b.Plan.Runtime, b.Env.Runtime, b.Env.EngineVersion = "docker", "docker", "Docker Engine 29.1"
	b.Env.CPUModel = "Other CPU @ 3.10 GHz"
	return b
}

// otherLedger is a later run of another article under other rules.
func otherLedger() Run {
	b := later(nil)
	b.Plan.Ledger.Article.ID, b.Plan.Ledger.Article.Margin = "another-article", 1.1
	b.Plan.Limits.MinBlocks, b.Plan.Limits.LittlesLaw = 8, 0
	return b
}

// otherLoad is a later run whose ledger and cells were worked on, and that was cut short.
func otherLoad() Run {
	b := later(nil)
	p := &b.Plan
	p.Cells[0].Window = 8 * time.Second
	p.Cells = append(p.Cells[:4:4], plan.Cell{ID: "saturate/256", Scenario: "saturate", Mode: "saturate", Connections: 256})
	p.Ledger.Claims[0].Readings[0].Cell = "hold/5000"
	p.Ledger.Claims[1].ID = "holds-on"
	p.Ledger.Claims[7].Readings[0] = claim.Reading{ID: "r", Headline: true, Shape: claim.Threshold, Target: goServer, AtLeast: 5000, Cell: "hold/5000"}
	for i, r := range b.Records {
		if r.Cell == "rate/5000" && r.Target == rustServer && r.Block > 1 {
			b.Records[i].Rejected = map[string]float64{p99: r.Metrics[p99]}
			delete(b.Records[i].Metrics, p99)
		}
	}
	b.Records = b.Records[:len(b.Records)-30]
	return b
}

func TestGoldenText(t *testing.T) {
	for name, b := range map[string]Run{
		"same": earlier(), "noise": later(nil), "changed": changed(), "elsewhere": elsewhere(), "other-ledger": otherLedger(), "other-load": otherLoad(),
	} {
		t.Run(name, func(t *testing.T) {
			golden(t, name+".txt", func(w io.Writer) error { return Text(w, Compare(earlier(), b), Options{}) })
		})
	}
	c := Compare(earlier(), changed())
	golden(t, "changed-all.txt", func(w io.Writer) error { return Text(w, c, Options{All: true}) })
	golden(t, "changed.md", func(w io.Writer) error { return Markdown(w, c, Options{}) })
	golden(t, "changed.json", func(w io.Writer) error { return JSON(w, c) })
}

func golden(t *testing.T, name string, write func(io.Writer) error) {
	t.Helper()
	var got bytes.Buffer
	if err := write(&got); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("differs from %s; look at it, then run go test -update:\n%s", file, &got)
	}
}

// Each difference leaves the class that the package comment gives it.
func TestClasses(t *testing.T) {
	for _, c := range []struct {
		what   string
		change func(*Run)
		want   Class
	}{
		{"article", func(r *Run) { r.Plan.Ledger.Article.ID = "x" }, NotComparable},
		{"margin", func(r *Run) { r.Plan.Ledger.Article.Margin = 1.1 }, NotComparable},
		{"limit min_blocks", func(r *Run) { r.Plan.Limits.MinBlocks = 6 }, NotComparable},
		{"limit headroom", func(r *Run) { r.Plan.Limits.Headroom = 0 }, Comparable},
		{"limit control_confidence", func(r *Run) { r.Plan.Limits.ControlConfidence = 0 }, Comparable},
		{"limit floor_far_exceeded_factor", func(r *Run) { r.Plan.Limits.FloorFarExceededFactor = 5 }, Comparable},
		{"limit lateness_of_p50", func(r *Run) { r.Plan.Limits.LatenessOfP50 = 0.2 }, Comparable},
		{"limit steal", func(r *Run) { r.Plan.Limits.Steal = 0.1 }, VerdictsOnly},
		{"limit confidence", func(r *Run) { r.Plan.Limits.Confidence = 0.99 }, NotComparable},
		{"limit agent_cpu", func(r *Run) { r.Plan.Limits.AgentCPU = 0.9 }, VerdictsOnly},
		{"limit littles_law", func(r *Run) { r.Plan.Limits.LittlesLaw = 0 }, VerdictsOnly},
		{"runtime", func(r *Run) { r.Plan.Runtime = "docker" }, VerdictsOnly},
		{"load engine", func(r *Run) { r.Plan.Engine = "vegeta" }, VerdictsOnly},
		{"load agents", func(r *Run) { r.Plan.Agents = 2 }, VerdictsOnly},
		{"load agent awake before a send", func(r *Run) { r.Plan.Awake = 100 * time.Microsecond }, VerdictsOnly},
		{"load agent awake at a server's limit", func(r *Run) { r.Plan.AwakeAtLimit = true }, VerdictsOnly},
		{"processor", func(r *Run) { r.Env.CPUModel = "x" }, VerdictsOnly},
		{"CPUs", func(r *Run) { r.Env.CPUs = 4 }, VerdictsOnly},
		{"virtualisation", func(r *Run) { r.Env.Virtualisation = "none" }, VerdictsOnly},
		{"CPU governor", func(r *Run) { r.Env.Governor = "powersave" }, VerdictsOnly},
		{"CPUs of the target", func(r *Run) { r.Plan.Placement.TargetCPUs = []int{0, 1} }, VerdictsOnly},
		{"CPUs of the load agent", func(r *Run) { r.Plan.Placement.LoadCPUs = []int{2} }, VerdictsOnly},
		{"memory limit of the target", func(r *Run) { r.Plan.Placement.MemoryBytes = 1 << 30 }, VerdictsOnly},
		{"open files of target and agent", func(r *Run) { r.Plan.Placement.OpenFiles = 1024 }, VerdictsOnly},
		{"PostgreSQL", func(r *Run) {
			r.Env.Database = &trial.Database{Version: "17.2", Settings: map[string]string{"fsync": "on"}}
		}, VerdictsOnly},
		{"PostgreSQL setting fsync", func(r *Run) {
			r.Env.Database = &trial.Database{Version: "16.4", Settings: map[string]string{"fsync": "off"}}
		}, VerdictsOnly},
		{"CPUs of PostgreSQL", func(r *Run) {
			r.Env.Database = &trial.Database{Version: "16.4", Settings: map[string]string{"fsync": "on"}}
			r.Plan.Placement.DatabaseCPUs = []int{1}
		}, VerdictsOnly},
		{"go-server setting GOGC", func(r *Run) { r.Plan.Targets[0].Env = map[string]string{"GOGC": "25"} }, Comparable},
		{"kernel", func(r *Run) { r.Env.Kernel = "x" }, Comparable},
		{"assay that measured", func(r *Run) { r.Env.Assay = "0.2.0" }, Comparable},
		{"toolchain rustc", func(r *Run) { delete(r.Env.Toolchains, "rustc") }, Comparable},
		{"kernel setting net.core.somaxconn", func(r *Run) { r.Env.Sysctls["net.core.somaxconn"] = "128" }, Comparable},
		{"profile", func(r *Run) { r.Plan.Profile = "nightly" }, Comparable},
		{"null server", func(r *Run) { r.Plan.Null = nil }, Comparable},
		{"go-server stack", func(r *Run) { r.Plan.Targets[0].Stack = "x" }, Comparable},
		{"go-server source", func(r *Run) { r.Env.Builds[goServer] = trial.Build{SHA256: r.Env.Builds[goServer].SHA256} }, Comparable},
		{"rust-server lto", func(r *Run) { r.Plan.Targets[1].Disclose["lto"] = "thin" }, Comparable},
	} {
		b := newRun("b", 1, nil)
		c.change(&b)
		a := earlier()
		if b.Env.Database != nil { // else there is nothing to compare it with
			a.Env.Database = &trial.Database{Version: "16.4", Settings: map[string]string{"fsync": "on"}}
		}
		done := Compare(a, b)
		found := false
		for _, d := range done.Differences {
			found = found || d.What == c.what && d.Leaves == c.want
		}
		if done.Class != c.want || !found {
			t.Errorf("%s: %s by %+v, want %s", c.what, done.Class, done.Differences, c.want)
		}
	}
	unknown := earlier()
	unknown.Env.CPUModel = ""
	if got := Compare(unknown, unknown).Class; got != VerdictsOnly {
		t.Errorf("an unknown processor against an unknown one is %s", got)
	}
}

// A class that rules numbers out shows none, and one that rules all out shows no verdict.
func TestClassesRuleOut(t *testing.T) {
	if c := Compare(earlier(), elsewhere()); len(c.Ratios)+len(c.Metrics) != 0 || len(c.Changes) == 0 {
		t.Errorf("verdicts only: %d ratios, %d numbers, %d verdicts", len(c.Ratios), len(c.Metrics), len(c.Changes))
	}
	if c := Compare(earlier(), otherLedger()); len(c.Ratios)+len(c.Metrics)+len(c.Changes)+c.ClaimsCompared != 0 {
		t.Errorf("not comparable, and yet %+v", c)
	}
}

func TestChanges(t *testing.T) {
	c := Compare(earlier(), changed())
	want := map[string][2]verdict.Verdict{"holds": {verdict.Supported, verdict.Inconclusive}}
	for _, ch := range c.Changes {
		if got := [2]verdict.Verdict{ch.From, ch.To}; got != want[ch.Claim] || ch.Redefined {
			t.Errorf("%s: %v, want %v", ch.Claim, got, want[ch.Claim])
		}
		delete(want, ch.Claim)
	}
	if len(want) > 0 {
		t.Errorf("not listed: %v", want)
	}
}

// What was made cheaper by a third is found, by as much, and nothing else of that size.
func TestMovements(t *testing.T) {
	c := Compare(earlier(), changed())
	for _, m := range append(append([]Movement{}, c.Ratios...), c.Metrics...) {
		want := 1.0
		switch {
		case m.Metric == cpu && m.Over != "":
			want = 1 / 0.67
		case m.Metric == cpu && m.Target == goServer:
			want = 0.67
		case (m.Metric == cpu || m.Metric == "p50_ms") && m.Target == target.NullID && m.Cell == "rate/5000":
			want = 1.2
		case m.Metric == p99 && m.Target == goServer && m.Cell == "hold/5000":
			continue // one trial of five far out: the interval is wide
		}
		if m.Why == "" && math.Abs(m.Change/want-1) > 0.05 || want != 1 && !m.Moved {
			t.Errorf("%s of %s in %s: %+v, want B/A of about %g", m.Metric, subject(m), m.Cell, m, want)
		}
	}
	if len(c.Ratios) != 5 || len(c.Metrics) < 60 {
		t.Errorf("%d ratios and %d numbers; readings of the same ratio count once", len(c.Ratios), len(c.Metrics))
	}
}

// B/A turns round with the runs.
func TestCompareIsSymmetric(t *testing.T) {
	forth, back := Compare(earlier(), changed()), Compare(changed(), earlier())
	for i, m := range forth.Metrics {
		o := back.Metrics[i]
		if m.Moved != o.Moved || m.Why != o.Why || m.A != o.B || math.Abs(m.Change*o.Change-1) > 1e-8 && m.Why == "" {
			t.Errorf("%+v\nand back %+v", m, o)
		}
	}
}

// Where nothing changed, about one number in twenty is shown as moved.
func TestFalseMovements(t *testing.T) {
	n, found := 0, 0
	for seed := range uint64(40) {
		c := Compare(newRun("a", 100+seed, nil), newRun("b", 200+seed, nil))
		for _, m := range c.Metrics {
			if m.compared() {
				n++
			}
			if m.Moved {
				found++
			}
		}
	}
	if share := float64(found) / float64(n); share < 0.035 || share > 0.065 {
		t.Errorf("%d of %d numbers moved, %.3f", found, n, share)
	}
}

// The order of the records does not matter, and an attempt that failed does not count.
func TestRecordsAreSelected(t *testing.T) {
	b := changed()
	want := Compare(earlier(), b)
	bad := b.Records[0]
	bad.Status, bad.Metrics = trial.Invalid, map[string]float64{cpu: 1e9}
	foreign := b.Records[1]
	foreign.Slot = 10_000
	reversed := []trial.Record{foreign, bad}
	for i := range b.Records {
		r := b.Records[len(b.Records)-1-i]
		r.Attempt = 2
		reversed = append(reversed, r)
	}
	b.Records = reversed
	if got := Compare(earlier(), b); !reflect.DeepEqual(got.Metrics, want.Metrics) || !reflect.DeepEqual(got.Ratios, want.Ratios) {
		t.Errorf("%+v\nwant\n%+v", got.Metrics, want.Metrics)
	}
}

func TestEmptyRuns(t *testing.T) {
	a, b := earlier(), later(nil)
	a.Records, b.Records = nil, nil
	c := Compare(a, b)
	if c.Class != Comparable || len(c.Changes) != 0 || moved(c.Metrics)+moved(c.Ratios) != 0 {
		t.Errorf("%+v", c)
	}
	for _, write := range []func(io.Writer) error{
		func(w io.Writer) error { return Text(w, c, Options{All: true}) },
		func(w io.Writer) error { return Markdown(w, c, Options{All: true}) },
		func(w io.Writer) error { return JSON(w, c) },
	} {
		if err := write(io.Discard); err != nil {
			t.Error(err)
		}
	}
	Compare(Run{}, Run{}) // does not panic
}

// What stands in a file moves no cursor and makes no table row.
func TestHostile(t *testing.T) {
	const hostile = "a\x1b[31m | b\n\n# c\r`d` <script>"
	a, b := earlier(), changed()
	b.Name, b.Env.Kernel, b.Plan.Profile = hostile, hostile, hostile
	b.Plan.Ledger.Claims[1].ID, a.Plan.Ledger.Claims[1].ID = hostile, hostile
	c := Compare(a, b)
	for name, write := range map[string]func(io.Writer, Comparison, Options) error{"text": Text, "md": Markdown} {
		var out bytes.Buffer
		if err := write(&out, c, Options{All: true}); err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"\x1b", "\r", "\n# c"} {
			if strings.Contains(out.String(), bad) {
				t.Errorf("%s holds %q", name, bad)
			}
		}
		if name == "md" && (strings.Contains(out.String(), "<script>") || strings.Contains(out.String(), "m | b")) {
			t.Errorf("%s takes words for marks:\n%s", name, &out)
		}
	}
}

func TestWritersSayWhenTheyCannot(t *testing.T) {
	c := Compare(earlier(), changed())
	for _, err := range []error{Text(full{}, c, Options{}), Markdown(full{}, c, Options{}), JSON(full{}, c)} {
		if err == nil || !strings.HasPrefix(err.Error(), "write the comparison: ") {
			t.Errorf("error %v", err)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }
