package audit

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/rundir"
	"github.com/assay-bench/assay/harness/trial"
)

// Without any record the file of the records is named, once, and none of the trials; a crash in the first trial leaves one of them.
func TestLostRecordsAreNamedOnce(t *testing.T) {
	t.Parallel()
	trials := len(sources(t, copied(t, chained)).Records)
	for name, c := range map[string]struct {
		damage func(file string) error
		want   string
	}{
		"missing":    {os.Remove, "is missing"},
		"empty":      {func(file string) error { return os.Truncate(file, 0) }, "is empty"},
		"one broken": {func(file string) error { return os.Truncate(file, 20) }, "has no whole line"},
	} {
		d := copied(t, chained)
		if err := c.damage(filepath.Join(d.Path(), "trials.jsonl")); err != nil {
			t.Fatal(err)
		}
		f := sources(t, d)
		wants(t, f, fmt.Sprintf("trials.jsonl: %s, and raw/ has %d trials: ", c.want, trials))
		if !f.Lost || f.Sound || len(f.Notes) > 0 {
			t.Errorf("%s: lost %v, sound %v, notes %q", name, f.Lost, f.Sound, f.Notes)
		}
	}

	d := copied(t, chained)
	first := sources(t, d).Records[0].ID
	for _, r := range sources(t, d).Records[1:] {
		if err := d.ClearRaw(r.ID); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(d.Path(), "trials.jsonl")
	if err := os.Truncate(file, 20); err != nil {
		t.Fatal(err)
	}
	wants(t, sources(t, d), "trials.jsonl:1: its 20 bytes have no end", "raw/"+first+": there is no record of this trial")
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	wants(t, sources(t, d), "trials.jsonl: is missing, and raw/ has a trial: its record was removed, or the run ended before it was written")
}

// A digit of a hash that is changed in a record is the record's own change: the file is as it was. Where a record was forged, the digits
// that are shown are those that differ.
func TestAChangedHashOfARawFile(t *testing.T) {
	t.Parallel()
	d := copied(t, chained)
	r := sources(t, d).Records[0]
	was := r.Raw[0].SHA256
	changed := was[:40] + string('0'+(was[40]-'0'+1)%10) + was[41:]
	replace(t, d, "trials.jsonl", was, changed)
	wants(t, sources(t, d), "trials.jsonl:1: trial "+r.ID+": its SHA-256 is ")

	d = copied(t, chained)
	forge(t, d, 1, func(r *trial.Record) { r.Raw[0].SHA256 = changed })
	wants(t, sources(t, d), fmt.Sprintf("%s: trial %s: its SHA-256 is ...%s..., the record says ...%s...: the file was changed", r.Raw[0].Path, r.ID, was[34:46], changed[34:46]))
}

// raw/ in another place is named by its name, and nothing behind the link is taken for the run's.
func TestRawIsASymbolicLink(t *testing.T) {
	t.Parallel()
	d := copied(t, chained)
	raw := filepath.Join(d.Path(), "raw")
	away := filepath.Join(t.TempDir(), "away")
	if err := os.Rename(raw, away); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(away, raw); err != nil {
		t.Fatal(err)
	}
	f := sources(t, d)
	wants(t, f, "raw: is a symbolic link, not a directory")
	if f.Recomputed > 0 || !strings.Contains(strings.Join(f.Notes, "; "), "since raw is no directory") {
		t.Errorf("%d recomputed, notes %q", f.Recomputed, f.Notes)
	}
}

// A trial's folder or file that is a link is named, and so are a source that is one and folders that hold nothing.
func TestLinksAndEmptyFolders(t *testing.T) {
	t.Parallel()
	d := copied(t, chained)
	records := sources(t, d).Records
	for _, name := range []string{"env.json", "raw/" + records[1].ID, records[0].Raw[1].Path} {
		file, away := filepath.Join(d.Path(), name), filepath.Join(t.TempDir(), "away")
		if err := os.Rename(file, away); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(away, file); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"raw/surplus", "raw/" + records[2].ID + "/deep/deeper"} {
		if err := os.MkdirAll(filepath.Join(d.Path(), name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	stray := "raw/" + records[3].ID + "/deep/notes.txt"
	if err := os.MkdirAll(filepath.Join(d.Path(), filepath.Dir(stray)), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(d.Path(), stray), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	wants(t, sources(t, d), "env.json: is a symbolic link, not a regular file",
		records[0].Raw[1].Path+": trial "+records[0].ID+": is a symbolic link, not a regular file",
		"raw/"+records[1].ID+": trial "+records[1].ID+": is a symbolic link, not a directory",
		stray+": no record names it",
		"raw/"+records[2].ID+"/deep/deeper: is an empty folder that no record names",
		"raw/surplus: is an empty folder that no record names")
}

func TestADerivedFileThatIsNone(t *testing.T) {
	t.Parallel()
	d := copied(t, chained)
	if err := os.Mkdir(filepath.Join(d.Path(), "drift.svg"), 0o755); err != nil {
		t.Fatal(err)
	}
	if got := Derived(d, "drift.svg", nil); len(got) != 1 || got[0] != (rundir.Difference{File: "drift.svg", What: "is a directory, not a regular file"}) {
		t.Errorf("found %v", got)
	}
}
