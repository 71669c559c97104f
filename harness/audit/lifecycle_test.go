package audit

import (
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/coldstart"
	"github.com/assay-bench/assay/harness/measure"
	"github.com/assay-bench/assay/harness/rundir"
	"github.com/assay-bench/assay/harness/trial"
)

// withStarts is a run that has trials of the modes start and build.
var withStarts = filepath.Join("..", "..", "reports", "example")

// Raw folders of two servers that were exchanged, in all hashes, are named with both trials: by the artefact, and by the time.
func TestExchangedStartsAndBuilds(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string][]string{
		"start/idle":              {"raw data was taken at ", "raw data is of starts of an artefact with SHA-256 "},
		"build-development/clean": {"raw data was taken at ", "after the host was booted, which does not go with"},
	} {
		d := copied(t, withStarts)
		records, err := d.Records()
		if err != nil {
			t.Fatal(err)
		}
		a, b := firstOf(t, records, cell, "go-server"), firstOf(t, records, cell, "rust-server")
		exchange(t, d, &records[a], &records[b])
		p, err := d.Plan()
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range []int{a, b} { // the records follow from their raw data
			r, _, err := Again(d, p, records[i])
			if err != nil {
				t.Fatal(err)
			}
			records[i] = r
		}
		rewrite(t, d, records)
		f := sources(t, d)
		for _, line := range []int{a + 1, b + 1} {
			for _, w := range want {
				found := false
				for _, diff := range f.Differences {
					found = found || diff.Line == line && strings.Contains(diff.What, w)
				}
				if !found {
					t.Errorf("%s: nothing says %q of line %d: %v", cell, w, line, f.Differences)
				}
			}
		}
		for _, diff := range f.Differences {
			if diff.File == "trials.jsonl" && diff.Line != a+1 && diff.Line != b+1 {
				t.Errorf("%s: another trial is named: %s", cell, diff)
			}
		}
	}
}

func firstOf(t *testing.T, records []trial.Record, cell, server string) int {
	t.Helper()
	for i, r := range records {
		if r.Cell == cell && r.Target == server && r.Block > 1 { // not the first, which has nothing before it
			return i
		}
	}
	t.Fatalf("no trial of %s in %s", server, cell)
	return 0
}

// exchange gives each of two trials the raw files of the other.
func exchange(t *testing.T, d *rundir.Dir, a, b *trial.Record) {
	t.Helper()
	bodies := map[string][2][]byte{}
	for _, f := range a.Raw {
		name := path.Base(f.Path)
		x, err := d.ReadRaw(*a, name)
		if err != nil {
			t.Fatal(err)
		}
		y, err := d.ReadRaw(*b, name)
		if err != nil {
			t.Fatal(err)
		}
		bodies[name] = [2][]byte{x, y}
	}
	for name, both := range bodies {
		overwrite(t, d, a, name, both[1])
		overwrite(t, d, b, name, both[0])
	}
}

// Raw data of before its time and its artefact were kept is counted, and not taken for another's.
func TestStartsThatShowNothing(t *testing.T) {
	old := measure.Raw{Starts: &measure.Starts{}}
	env := trial.Environment{Builds: map[string]trial.Build{"a": {SHA256: "1"}}}
	r := trial.Record{Target: "a", StartedAt: time.Unix(1000, 0), EndedAt: time.Unix(1010, 0)}
	if !unplaced(env, r, old) || otherArtifact(env, r, old) != "" || len(untimely(trial.Record{}, r, old)) != 0 {
		t.Error("want it counted, and nothing found")
	}
	old.Starts.Artifact.SHA256 = "2"
	if otherArtifact(env, r, old) == "" || otherArtifact(env, trial.Record{Target: "b"}, old) != "" {
		t.Error("want another artefact named, of a target whose build is known")
	}
}

// A host that was booted between two trials is no other trial's clock.
func TestAHostBootedBetweenTrials(t *testing.T) {
	at := func(exec time.Duration) measure.Raw {
		return measure.Raw{Builds: &measure.Builds{First: coldstart.Start{ExecNano: int64(exec)}}}
	}
	trialAt := func(from, to int64) trial.Record {
		return trial.Record{ID: "t", StartedAt: time.Unix(from, 0), EndedAt: time.Unix(to, 0)}
	}
	for name, c := range map[string]struct {
		exec time.Duration
		ok   bool
	}{"the same boot": {10105 * time.Second, true}, "booted since": {30 * time.Second, true}, "another trial's": {10010 * time.Second, false}, "one to come": {11000 * time.Second, false}} {
		var clock bootClock
		if why := clock.disagrees(trialAt(1000, 1010), at(10005*time.Second)); why != "" {
			t.Fatal(why)
		}
		if why := clock.disagrees(trialAt(1100, 1110), at(c.exec)); (why == "") != c.ok {
			t.Errorf("%s: %q", name, why)
		}
	}
}
