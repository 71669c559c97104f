package audit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/HdrHistogram/hdrhistogram-go"

	"github.com/assay-bench/assay/harness/measure"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/rundir"
	"github.com/assay-bench/assay/harness/trial"
)

// Real runs: of this version, and of an older one whose records are not chained.
var (
	chained = filepath.Join("..", "cmd", "assay", "testdata", "chained")
	older   = filepath.Join("..", "cmd", "assay", "testdata", "recorded")
)

// copied is a copy of a run.
func copied(t *testing.T, run string) *rundir.Dir {
	t.Helper()
	to := filepath.Join(t.TempDir(), "run")
	if err := os.CopyFS(to, os.DirFS(run)); err != nil {
		t.Fatal(err)
	}
	d, err := rundir.Open(to)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func sources(t *testing.T, d *rundir.Dir) Finding {
	t.Helper()
	f, err := Sources(d)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// wants compares what was found with the beginnings of the lines that were expected.
func wants(t *testing.T, f Finding, want ...string) {
	t.Helper()
	ok := len(f.Differences) == len(want)
	for i := 0; ok && i < len(want); i++ {
		ok = strings.HasPrefix(f.Differences[i].String(), want[i])
	}
	if !ok {
		t.Errorf("found\n%v\nwant\n%s", f.Differences, strings.Join(want, "\n"))
	}
}

// replace puts another text for the first occurrence of one in a file of the run.
func replace(t *testing.T, d *rundir.Dir, name, from, to string) {
	t.Helper()
	file := filepath.Join(d.Path(), name)
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(body, []byte(from)) {
		t.Fatalf("%s does not hold %q", name, from)
	}
	if err := os.WriteFile(file, bytes.Replace(body, []byte(from), []byte(to), 1), 0o644); err != nil {
		t.Fatal(err)
	}
}

// forge writes all records again with a chain that holds, after a change to one of them:
// what somebody does who knows how the chain is made.
func forge(t *testing.T, d *rundir.Dir, line int, change func(*trial.Record)) {
	t.Helper()
	records, err := d.Records()
	if err != nil {
		t.Fatal(err)
	}
	change(&records[line-1])
	rewrite(t, d, records)
}

// rewrite writes records with a chain that holds.
func rewrite(t *testing.T, d *rundir.Dir, records []trial.Record) {
	t.Helper()
	if err := os.Remove(filepath.Join(d.Path(), "trials.jsonl")); err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		if err := d.Append(r); err != nil {
			t.Fatal(err)
		}
	}
}

// overwrite changes a raw file and the record's hash of it, as part of a forgery.
func overwrite(t *testing.T, d *rundir.Dir, r *trial.Record, name string, body []byte) {
	t.Helper()
	a, err := d.WriteRaw(r.ID, name, body)
	if err != nil {
		t.Fatal(err)
	}
	for i := range r.Raw {
		if r.Raw[i].Path == a.Path {
			r.Raw[i] = a
		}
	}
}

// drawnBefore is in the note on both recorded runs, whose slots an earlier version drew.
const drawnBefore = ": another version drew it, or it was changed"

func TestAGoodRunAgrees(t *testing.T) {
	t.Parallel()
	f := sources(t, copied(t, chained))
	wants(t, f)
	if n := len(f.Records); !f.Sound || n == 0 || f.Chained != n || f.Recomputed != n || f.RawFiles != 4*n || len(f.Notes) != 1 || !strings.Contains(f.Notes[0], drawnBefore) {
		t.Errorf("%d records, %d chained, %d recomputed, %d raw files, notes %q", n, f.Chained, f.Recomputed, f.RawFiles, f.Notes)
	}
}

func TestAnOlderRunAgreesAndSaysWhatItCannotShow(t *testing.T) {
	t.Parallel()
	f := sources(t, copied(t, older))
	wants(t, f)
	if !f.Sound || f.Chained != 0 || f.Recomputed != len(f.Records) || len(f.Notes) != 2 || !strings.Contains(f.Notes[0], drawnBefore) || !strings.Contains(f.Notes[1], "older version") {
		t.Errorf("%d chained, %d recomputed, notes %q", f.Chained, f.Recomputed, f.Notes)
	}
}

// The line is named, and since the raw data is as it was, the metric too.
func TestAnEditedMetric(t *testing.T) {
	t.Parallel()
	d := copied(t, chained)
	id := sources(t, d).Records[0].ID
	replace(t, d, "trials.jsonl", `"requests_per_second":400`, `"requests_per_second":440`)
	wants(t, sources(t, d), "trials.jsonl:1: trial "+id+": its SHA-256 is ",
		"trials.jsonl:1: trial "+id+": metrics.requests_per_second: recorded 440, recomputed 400")
}

// An edited metric under a chain that was made again: raw data alone tells.
func TestAForgedMetric(t *testing.T) {
	t.Parallel()
	for name, run := range map[string]string{"chained": chained, "older": older} {
		d := copied(t, run)
		id, was := "", 0.0
		forge(t, d, 3, func(r *trial.Record) { id, was = r.ID, r.Metrics["p50_ms"]; r.Metrics["p50_ms"] = was / 2 })
		f := sources(t, d)
		if want := fmt.Sprintf("trials.jsonl:3: trial %s: metrics.p50_ms: recorded %v, recomputed %v", id, was/2, was); len(f.Differences) != 1 || f.Differences[0].String() != want {
			t.Errorf("%s: found %v, want %s", name, f.Differences, want)
		}
	}
}

func TestAForgedStatus(t *testing.T) {
	t.Parallel()
	d := copied(t, chained)
	id := ""
	forge(t, d, 2, func(r *trial.Record) {
		id, r.Status, r.Checks[2].OK = r.ID, trial.Invalid, false
		r.Block = 4
	})
	wants(t, sources(t, d), "trials.jsonl:2: trial "+id+": block: recorded 4, recomputed 1",
		"trials.jsonl:2: trial "+id+": checks[agent-cpu].ok: recorded false, recomputed true",
		"trials.jsonl:2: trial "+id+`: status: recorded "invalid", recomputed "ok"`)
}

// A histogram of half the latencies, with its hash in the record and the chain after it
// made again: only recomputation finds it.
func TestAForgedHistogram(t *testing.T) {
	t.Parallel()
	d := copied(t, chained)
	id := ""
	forge(t, d, 4, func(r *trial.Record) {
		id = r.ID
		log, err := d.ReadRaw(*r, measure.RawLatencies)
		if err != nil {
			t.Fatal(err)
		}
		overwrite(t, d, r, measure.RawLatencies, halved(t, log))
	})
	f := sources(t, d)
	if len(f.Differences) == 0 {
		t.Fatal("not found")
	}
	named := false
	for _, diff := range f.Differences {
		named = named || strings.HasPrefix(diff.String(), "trials.jsonl:4: trial "+id+": metrics.p50_ms: recorded ")
		if diff.Trial != id {
			t.Errorf("another trial is named: %s", diff)
		}
	}
	if !named {
		t.Errorf("found %v", f.Differences)
	}
}

// halved is a log whose values are half of what they were.
func halved(t *testing.T, log []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := hdrhistogram.NewHistogramLogWriter(&out)
	for _, tag := range []string{measure.TagIntended, measure.TagService, measure.TagLateness, measure.TagConnect, measure.TagFirstByte} {
		h, err := measure.ReadHistogram(log, tag)
		if err != nil {
			t.Fatal(err)
		}
		half := hdrhistogram.New(h.LowestTrackableValue(), h.HighestTrackableValue(), int(h.SignificantFigures()))
		for _, bar := range h.Distribution() {
			if bar.Count > 0 {
				if err := half.RecordValues(max(1, bar.From/2), bar.Count); err != nil {
					t.Fatal(err)
				}
			}
		}
		half.SetTag(tag)
		if err := w.OutputIntervalHistogram(half); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes()
}

// What the harness saw is raw data too: a server's end cannot be taken out of it unseen.
func TestForgedRawFiles(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file, from, to, want string
	}{
		"an end of the server": {measure.RawSeen, `{"host":`, `{"exit":{"code":1},"host":`, `status: recorded "ok", recomputed "server-failed"`},
		"steal":                {measure.RawSeen, `"host":`, `"hosts":`, "metrics.steal_share: recorded 0, recomputed nothing"},
		"answers":              {measure.RawResult, `"done":400`, `"done":390`, "counts.done: recorded 400, recomputed 390"},
		"a window of no time":  {measure.RawResult, ``, ``, "cannot be recomputed: "},
		"no JSON":              {measure.RawResult, `{`, `[`, "cannot be recomputed: result.json: "},
		"a lost histogram":     {measure.RawLatencies, "Tag=service", "Tag=serviced", `cannot be recomputed: `},
		"nonsense":             {measure.RawSamples, `"schema":1`, `"schema":7`, "cannot be recomputed: samples.jsonl: samples, line 1: schema 7"},
	} {
		d := copied(t, chained)
		id := ""
		forge(t, d, 1, func(r *trial.Record) {
			id = r.ID
			body, err := d.ReadRaw(*r, c.file)
			if err != nil {
				t.Fatal(err)
			}
			if c.from == "" {
				body = momentary(t, body)
			}
			overwrite(t, d, r, c.file, bytes.Replace(body, []byte(c.from), []byte(c.to), 1))
		})
		f := sources(t, d)
		if !slices.ContainsFunc(f.Differences, func(d rundir.Difference) bool {
			return strings.HasPrefix(d.String(), "trials.jsonl:1: trial "+id+": "+c.want)
		}) {
			t.Errorf("%s: found %v", name, f.Differences)
		}
	}
}

// momentary is a result whose window ends as it begins.
func momentary(t *testing.T, body []byte) []byte {
	t.Helper()
	var result map[string]json.RawMessage
	if err := json.Unmarshal(body, &result); err != nil {
		t.Fatal(err)
	}
	result["end_unix_ns"] = result["start_unix_ns"]
	body, err := json.Marshal(result)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestAChangedLimit(t *testing.T) {
	t.Parallel()
	d := copied(t, chained)
	p, err := d.Plan()
	if err != nil {
		t.Fatal(err)
	}
	from := fmt.Sprintf(`"agent_cpu": %v`, p.Limits.AgentCPU)
	replace(t, d, "plan.json", from, `"agent_cpu": 0.01`)
	f := sources(t, d)
	wants(t, f, "plan.json: its SHA-256 is ")
	if f.Sound || len(f.Notes) != 3 || !strings.Contains(f.Notes[0], "not drawn again") || !strings.HasSuffix(f.Notes[1], "in brackets: agent_cpu 0.01 (0.8)") {
		t.Errorf("sound %v, notes %q", f.Sound, f.Notes)
	}

	// With hashes made to match, the checks tell.
	forge(t, d, 1, func(*trial.Record) {})
	f = sources(t, d)
	want := ": checks[agent-cpu].limit: recorded 0.8, recomputed 0.01"
	found := 0
	for _, diff := range f.Differences {
		if strings.HasSuffix(diff.String(), want) {
			found++
		}
	}
	if found != len(f.Records) {
		t.Errorf("%d records with a changed limit, want %d: %v", found, len(f.Records), f.Differences)
	}
}

func TestAChangedEnvironment(t *testing.T) {
	t.Parallel()
	d := copied(t, chained)
	replace(t, d, "env.json", `"cpus": `, `"cpus": 6`)
	wants(t, sources(t, d), "env.json: its SHA-256 is ")
}

func TestMissingAndSurplusFiles(t *testing.T) {
	t.Parallel()
	d := copied(t, chained)
	records := sources(t, d).Records
	gone, extra := records[2].Raw[1].Path, "raw/"+records[0].ID+"/notes.txt"
	for _, name := range []string{"plan.json", "env.json", gone} {
		if err := os.Remove(filepath.Join(d.Path(), name)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{extra, "raw/stray"} {
		if err := os.WriteFile(filepath.Join(d.Path(), name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	wants(t, sources(t, d), "plan.json: is missing", "env.json: is missing", gone+": trial "+records[2].ID+": is missing",
		extra+": no record names it", "raw/stray: no record names it")
}

// The last record taken away leaves the chain whole; its raw data tells.
func TestARecordDroppedFromTheEnd(t *testing.T) {
	t.Parallel()
	d := copied(t, chained)
	records := sources(t, d).Records
	last := records[len(records)-1]
	file := filepath.Join(d.Path(), "trials.jsonl")
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(body, []byte("\n"))
	if err := os.WriteFile(file, bytes.Join(lines[:len(records)-1], nil), 0o644); err != nil {
		t.Fatal(err)
	}
	wants(t, sources(t, d), "raw/"+last.ID+": there is no record of this trial")

	if err := os.WriteFile(file, body[:len(body)-9], 0o644); err != nil {
		t.Fatal(err)
	}
	wants(t, sources(t, d), fmt.Sprintf("trials.jsonl:%d: its %d bytes have no end, as after a crash", len(records), len(lines[len(records)-1])-9),
		"raw/"+last.ID+": there is no record of this trial")
}

// In runs of schema 1 steal and the end of a server can decide, and no raw file holds them.
func TestAnOlderRecordsStatusMayRestOnWhatWasNotKept(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*trial.Record){
		"steal": func(r *trial.Record) {
			i := slices.IndexFunc(r.Checks, func(c trial.Check) bool { return c.ID == "steal" })
			r.Checks[i].OK, r.Checks[i].Value, r.Metrics[trial.StealShare], r.Status = false, 0.5, 0.5, trial.Invalid
		},
		"end": func(r *trial.Record) {
			r.Checks, r.Status, r.Failure = nil, trial.ServerFailed, "first ended during the trial"
		},
		"no raw data": func(r *trial.Record) {
			r.Status, r.Metrics, r.Checks, r.Raw = trial.Broken, map[string]float64{}, nil, nil
		},
	} {
		d := copied(t, older)
		forge(t, d, 1, func(r *trial.Record) {
			change(r)
			if r.Raw == nil {
				if err := d.ClearRaw(r.ID); err != nil {
					t.Fatal(err)
				}
			}
		})
		if f := sources(t, d); len(f.Differences) > 0 {
			t.Errorf("%s: %v", name, f.Differences)
		}
	}
}

func TestARunBeforeItsFirstTrial(t *testing.T) {
	t.Parallel()
	at := sources(t, copied(t, chained)).Records[0].StartedAt
	d, err := rundir.Create(t.TempDir(), at, plan.Plan{Schema: plan.Schema}, trial.Environment{StartedAt: at})
	if err != nil {
		t.Fatal(err)
	}
	f := sources(t, d)
	wants(t, f)
	const note = "no record protects plan.json and env.json, since the run has no trials"
	if len(f.Notes) == 0 || !strings.Contains(strings.Join(f.Notes, "; "), note) {
		t.Errorf("notes %q", f.Notes)
	}
	// Changed, it is not what its directory was named for; under another name the note says that nothing tells.
	replace(t, d, "plan.json", `"seed": 0`, `"seed": 1`)
	f = sources(t, d)
	wants(t, f, d.Name()+": plan.json and env.json make the name "+at.UTC().Format("20060102T150405Z")+"-")
	to := filepath.Join(filepath.Dir(d.Path()), "renamed")
	if err := os.Rename(d.Path(), to); err != nil {
		t.Fatal(err)
	}
	if d, err = rundir.Open(to); err != nil {
		t.Fatal(err)
	}
	f = sources(t, d)
	wants(t, f)
	if !strings.Contains(strings.Join(f.Notes, "; "), "the directory's name does not hold the plan's either") {
		t.Errorf("notes %q", f.Notes)
	}
}
