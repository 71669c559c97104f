package rundir

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

func create(t *testing.T) *Dir {
	t.Helper()
	d, err := Create(t.TempDir(), time.Date(2026, 11, 23, 21, 47, 0, 0, time.UTC), plan.Plan{Schema: plan.Schema, Version: "0.1.0", Seed: 7}, trial.Environment{OS: "linux"})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func record(id string) trial.Record {
	return trial.Record{Schema: trial.Schema, ID: id, Status: trial.OK, Metrics: map[string]float64{"p99_ms": 1.5}}
}

func TestCreateNamesTheRunByTimeAndPlan(t *testing.T) {
	d := create(t)
	if !strings.HasPrefix(d.Name(), "20261123T214700Z-") || len(d.Name()) != len("20261123T214700Z-")+8 {
		t.Errorf("name %q", d.Name())
	}
	p, err := d.Plan()
	if err != nil || p.Seed != 7 {
		t.Errorf("plan %+v, %v", p, err)
	}
	e, err := d.Environment()
	if err != nil || e.OS != "linux" {
		t.Errorf("environment %+v, %v", e, err)
	}
}

func TestRecordsComeBackInOrder(t *testing.T) {
	d := create(t)
	for _, id := range []string{"a", "b", "c"} {
		if err := d.Append(record(id)); err != nil {
			t.Fatal(err)
		}
	}
	got, err := d.Records()
	if err != nil || len(got) != 3 || got[0].ID != "a" || got[2].ID != "c" || got[1].Metrics["p99_ms"] != 1.5 {
		t.Errorf("records %+v, %v", got, err)
	}
}

func TestALineCutShortByACrashIsNoRecordAndIsRepaired(t *testing.T) {
	d := create(t)
	if err := d.Append(record("a")); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(d.Path(), trialsFile)
	f, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(`{"schema":1,"id":"b","sta`); err != nil {
		t.Fatal(err)
	}
	f.Close()
	if got, err := d.Records(); err != nil || len(got) != 1 {
		t.Fatalf("records %v, %v; want the whole one alone", got, err)
	}
	if n, err := d.Repair(); err != nil || n != 25 {
		t.Fatalf("repaired %d bytes, %v; want 25", n, err)
	}
	if err := d.Append(record("b")); err != nil {
		t.Fatal(err)
	}
	if got, err := d.Records(); err != nil || len(got) != 2 || got[1].ID != "b" {
		t.Errorf("after the repair: %v, %v", got, err)
	}
}

func TestADamagedLineIsNamed(t *testing.T) {
	d := create(t)
	file := filepath.Join(d.Path(), trialsFile)
	if err := os.WriteFile(file, []byte("{\"schema\":1}\nnonsense\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := d.Records()
	if err == nil || !strings.Contains(err.Error(), "trials.jsonl:2:") {
		t.Errorf("error %v, want one that names line 2", err)
	}
}

func TestRawIsCheckedAgainstTheRecord(t *testing.T) {
	d := create(t)
	r := record("a")
	a, err := d.WriteRaw(r.ID, "intended.hdr", []byte("histogram"))
	if err != nil {
		t.Fatal(err)
	}
	r.Raw = []trial.Artifact{a}
	if body, err := d.ReadRaw(r, "intended.hdr"); err != nil || string(body) != "histogram" {
		t.Fatalf("%q, %v", body, err)
	}
	if err := os.WriteFile(filepath.Join(d.Path(), a.Path), []byte("histogrum"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := d.ReadRaw(r, "intended.hdr"); err == nil || !strings.Contains(err.Error(), "changed after the trial") {
		t.Errorf("a changed byte: %v", err)
	}
	if _, err := d.ReadRaw(r, "nothing"); err == nil {
		t.Error("a raw file that the record does not name was read")
	}
}

func TestTwoProcessesCannotRunOneDirectory(t *testing.T) {
	d := create(t)
	unlock, err := d.Lock()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Lock(); err == nil {
		t.Error("a second lock was given")
	}
	if err := unlock(); err != nil {
		t.Fatal(err)
	}
	if unlock, err = d.Lock(); err != nil {
		t.Errorf("after unlocking: %v", err)
	} else if err := unlock(); err != nil {
		t.Error(err)
	}
}

func TestOpenSaysWhatIsNoRun(t *testing.T) {
	if _, err := Open(t.TempDir()); err == nil || !strings.Contains(err.Error(), "no run directory") {
		t.Errorf("error %v", err)
	}
}

func TestARunOfALaterVersionNamesTheVersionThatReadsIt(t *testing.T) {
	for name, c := range map[string]struct{ env, want string }{
		"with its commit":        {`{"assay": "0.9.0 (commit 0123456789ab)", "later": 1}`, "read it with assay 0.9.0 (commit 0123456789ab) or later"},
		"without an environment": {`{`, "read it with assay 0.9.0 or later"},
	} {
		d := create(t)
		for file, body := range map[string]string{planFile: `{"schema": 99, "version": "0.9.0", "later": [1]}`, envFile: c.env} {
			if err := os.WriteFile(filepath.Join(d.Path(), file), []byte(body), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := Open(d.Path()); err == nil || !strings.Contains(err.Error(), "schema 99") || !strings.HasSuffix(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	d := create(t)
	first, err := os.ReadFile(filepath.Join(d.Path(), planFile))
	if err != nil {
		t.Fatal(err)
	}
	older := bytes.Replace(first, fmt.Appendf(nil, `"schema": %d`, plan.Schema), []byte(`"schema": 1`), 1)
	if err := os.WriteFile(filepath.Join(d.Path(), planFile), older, 0o644); err != nil {
		t.Fatal(err)
	}
	again, err := Open(d.Path())
	if err != nil {
		t.Fatal(err)
	}
	if p, err := again.Plan(); err != nil || p.Schema != 1 {
		t.Errorf("a plan of schema 1: %+v, %v", p, err)
	}
}

func TestLatest(t *testing.T) {
	parent := t.TempDir()
	if _, err := Latest(parent); err == nil {
		t.Error("found a run in an empty directory")
	}
	for _, s := range []int{10, 30, 20} {
		if _, err := Create(parent, time.Date(2026, 11, 23, 21, 47, s, 0, time.UTC), plan.Plan{Schema: plan.Schema}, trial.Environment{}); err != nil {
			t.Fatal(err)
		}
	}
	d, err := Latest(parent)
	if err != nil || !strings.HasPrefix(d.Name(), "20261123T214730Z") {
		t.Errorf("latest %v, %v", d, err)
	}
}

func FuzzRecords(f *testing.F) {
	f.Add([]byte("{\"schema\":1}\n"))
	f.Add([]byte("\n\n{"))
	f.Fuzz(func(t *testing.T, body []byte) {
		whole, rest := split(body)
		if len(whole)+len(rest) != len(body) {
			t.Fatal("split lost bytes")
		}
		if _, err := (&Dir{}).decode(whole); err != nil && !strings.Contains(err.Error(), "trials.jsonl:") {
			t.Errorf("error without file and line: %v", err)
		}
	})
}

func TestName(t *testing.T) {
	d := create(t)
	a, err := d.Hash(planFile)
	if err != nil {
		t.Fatal(err)
	}
	if want := Name(time.Date(2026, 11, 23, 21, 47, 0, 0, time.UTC), a.SHA256); d.Name() != want {
		t.Errorf("the directory is called %s, its run %s", d.Name(), want)
	}
}

func TestADirectoryThatCannotBeMadeWholeLeavesNothing(t *testing.T) {
	parent := t.TempDir()
	now := time.Date(2026, 11, 23, 21, 47, 0, 0, time.UTC)
	p := plan.Plan{Schema: plan.Schema, Version: "0.1.0", Seed: 7}
	first, err := Create(parent, now, p, trial.Environment{OS: "linux"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Create(parent, now, p, trial.Environment{OS: "plan9"}); err == nil {
		t.Error("a second run of the same name replaced the first")
	}
	if e, err := first.Environment(); err != nil || e.OS != "linux" {
		t.Errorf("the first run's environment is now %+v, %v", e, err)
	}
	left, err := os.ReadDir(parent)
	if err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestADamagedSourceNamesFileLineAndWayOut(t *testing.T) {
	for name, c := range map[string]struct {
		file, body string // "" removes it
		says       string
	}{
		"plan cut":            {planFile, "{\n \"schema\": 1,\n \"ver", "plan.json:3: unexpected EOF"},
		"plan empty":          {planFile, "{}\n", "plan.json:1: it does not say which schema it is of"},
		"plan of other kind":  {planFile, "{\n\"schema\": \"one\"\n}", "plan.json:2: json: cannot unmarshal string"},
		"plan with more":      {planFile, "{}\n{}\n", "plan.json:2: there is more behind its end"},
		"environment missing": {envFile, "", "env.json: no such file"},
		"environment garbage": {envFile, "{\n}x", "env.json:2: there is more behind its end"},
		"garbage trial":       {trialsFile, "garbage\n", "trials.jsonl:1: not a trial record"},
	} {
		t.Run(name, func(t *testing.T) {
			d := create(t)
			path := filepath.Join(d.Path(), c.file)
			err := os.WriteFile(path, []byte(c.body), 0o644)
			if c.body == "" {
				err = os.Remove(path)
			}
			if err != nil {
				t.Fatal(err)
			}
			switch c.file {
			case planFile:
				_, err = d.Plan()
			case envFile:
				_, err = d.Environment()
			case trialsFile:
				_, err = d.Records()
			}
			if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "measure anew with `assay run`") {
				t.Errorf("the error is %v, it should say %q and the way out", err, c.says)
			}
		})
	}
}
