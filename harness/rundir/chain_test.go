package rundir

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/trial"
)

// fourRecords is a directory with the records a, b, c and d.
func fourRecords(t *testing.T) *Dir {
	t.Helper()
	d := create(t)
	for _, id := range []string{"a", "b", "c", "d"} {
		if err := d.Append(record(id)); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

func textLines(t *testing.T, d *Dir) [][]byte {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(d.Path(), trialsFile))
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Split(bytes.TrimSuffix(body, []byte("\n")), []byte("\n"))
}

func setLines(t *testing.T, d *Dir, lines [][]byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(d.Path(), trialsFile), append(bytes.Join(lines, []byte("\n")), '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

// found checks the chain and returns what it names, one line each.
func found(t *testing.T, d *Dir) string {
	t.Helper()
	all, err := d.CheckChain()
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, f := range all {
		fmt.Fprintln(&text, f)
	}
	return text.String()
}

func TestAnUntouchedChainHolds(t *testing.T) {
	if got := found(t, fourRecords(t)); got != "" {
		t.Error(got)
	}
	if got := found(t, create(t)); got != "" {
		t.Errorf("a run without a trial: %s", got)
	}
}

// A changed line is named, with its trial where that can be read, and no other.
func TestAChangedLineIsNamedAlone(t *testing.T) {
	for name, c := range map[string]struct {
		old, new, want string
	}{
		"a number":        {`"p99_ms":1.5`, `"p99_ms":1.4`, "trial b: its SHA-256 is "},
		"a time":          {`"0001-01-01`, `"0001-01-02`, "trial b: its SHA-256 is "},
		"its own hash":    {`"sha256":"`, `"sha256":"0`, "does not end with its SHA-256"},
		"hash, same size": {``, ``, "its SHA-256 is "},
		"no JSON":         {`"schema"`, `"schema`, "not a trial record"},
		"the chain":       {`"previous":"`, `"previous":"0`, "its SHA-256 is "},
		"a later version": {`"schema":2`, `"schema":9`, "schema 9, this version reads 1 to 2"},
		"a downgrade":     {`"schema":2`, `"schema":1`, "carries no hash, and the line before does"},
	} {
		for i := 1; i < 4; i += 2 { // in the middle, and last
			d := fourRecords(t)
			lines := textLines(t, d)
			if lines[i] = bytes.Replace(lines[i], []byte(c.old), []byte(c.new), 1); c.old == "" {
				at := len(lines[i]) - 3 // the last digit of the hash
				lines[i][at] ^= 1
			}
			setLines(t, d, lines)
			got := found(t, d)
			want := strings.ReplaceAll(c.want, "trial b", "trial "+string(rune('a'+i)))
			if strings.Count(got, "\n") != 1 || !strings.HasPrefix(got, fmt.Sprintf("trials.jsonl:%d: ", i+1)) || !strings.Contains(got, want) {
				t.Errorf("%s in line %d: %q", name, i+1, got)
			}
		}
	}
}

func TestLinesOutOfPlaceAreNamed(t *testing.T) {
	for name, c := range map[string]struct {
		order []int
		want  []string
	}{
		"reordered":         {[]int{0, 2, 1, 3}, []string{"trials.jsonl:2: trial c: it was written after what is now line 3", "trials.jsonl:3: trial b: it was written after what is now line 1", "trials.jsonl:4: trial d: it was written after what is now line 2"}},
		"dropped":           {[]int{0, 1, 3}, []string{"trials.jsonl:3: trial d: the record that it was written after is missing"}},
		"the first dropped": {[]int{1, 2, 3}, []string{"trials.jsonl:1: trial b: the record that it was written after is missing"}},
		"doubled":           {[]int{0, 1, 1, 2, 3}, []string{"trials.jsonl:3: trial b: a second record of this trial; the first is line 2"}},
		"doubled at end":    {[]int{0, 1, 2, 3, 0}, []string{"trials.jsonl:5: trial a: a second record of this trial; the first is line 1"}},
		"the first is late": {[]int{1, 0, 2, 3}, []string{"trials.jsonl:1: trial b: it was written after what is now line 2", "trials.jsonl:2: trial a: it was the first record", "trials.jsonl:3: trial c: it was written after what is now line 1"}},
	} {
		d := fourRecords(t)
		lines := textLines(t, d)
		var moved [][]byte
		for _, i := range c.order {
			moved = append(moved, lines[i])
		}
		setLines(t, d, moved)
		got := strings.Split(strings.TrimSuffix(found(t, d), "\n"), "\n")
		if len(got) != len(c.want) {
			t.Errorf("%s: %q", name, got)
			continue
		}
		for i := range got {
			if !strings.HasPrefix(got[i], c.want[i]) {
				t.Errorf("%s: %q, want %q", name, got[i], c.want[i])
			}
		}
	}
}

func TestAChangedSourceIsNamed(t *testing.T) {
	for _, name := range []string{planFile, envFile} {
		d := fourRecords(t)
		file := filepath.Join(d.Path(), name)
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, append(body, ' '), 0o644); err != nil {
			t.Fatal(err)
		}
		if got := found(t, d); !strings.HasPrefix(got, name+": its SHA-256 is ") || strings.Count(got, "\n") != 1 {
			t.Errorf("%s changed: %q", name, got)
		}
		// A record that is made now says so, and the earlier ones are told from it.
		if err := d.Append(record("e")); err != nil {
			t.Fatal(err)
		}
		if got := found(t, d); strings.Count(got, "it was made under another "+name) != 4 {
			t.Errorf("%s changed in mid-run: %q", name, got)
		}
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		if got := found(t, d); got != name+": is missing\n" {
			t.Errorf("%s removed: %q", name, got)
		}
	}
}

// The chain goes on after a crash that cut the last line, and after records of an older
// version, all of which the first new one protects.
func TestTheChainGoesOnAfterARepair(t *testing.T) {
	d := fourRecords(t)
	lines := textLines(t, d)
	body := bytes.Join(lines, []byte("\n"))
	if err := os.WriteFile(filepath.Join(d.Path(), trialsFile), body, 0o644); err != nil { // without the end of line 4
		t.Fatal(err)
	}
	if got := found(t, d); got != "" {
		t.Errorf("before the repair: %s", got)
	}
	if n, err := d.Repair(); err != nil || n != len(lines[3]) {
		t.Fatalf("repaired %d bytes, %v", n, err)
	}
	if err := d.Append(record("d")); err != nil {
		t.Fatal(err)
	}
	if got := found(t, d); got != "" {
		t.Error(got)
	}
}

func TestTheChainBeginsAfterRecordsOfAnOlderVersion(t *testing.T) {
	d := create(t)
	setLines(t, d, [][]byte{[]byte(`{"schema":1,"id":"a"}`), []byte(`{"schema":1,"id":"b"}`)})
	for _, id := range []string{"c", "d"} {
		if err := d.Append(record(id)); err != nil {
			t.Fatal(err)
		}
	}
	if got := found(t, d); got != "" {
		t.Fatal(got)
	}
	lines := textLines(t, d)
	lines[0] = []byte(`{"schema":1,"id":"x"}`)
	setLines(t, d, lines)
	if got := found(t, d); !strings.HasPrefix(got, "trials.jsonl:3: trial c: the record that it was written after is missing or was changed") {
		t.Errorf("an old record changed: %q", got)
	}
}

func TestRawFilesAreChecked(t *testing.T) {
	d := create(t)
	r := record("a")
	for _, name := range []string{"one", "two", "three"} {
		a, err := d.WriteRaw(r.ID, name, []byte(name))
		if err != nil {
			t.Fatal(err)
		}
		r.Raw = append(r.Raw, a)
	}
	all := []trial.Record{r}
	if got, err := d.CheckRaw(all); err != nil || len(got) != 0 {
		t.Fatalf("%v, %v", got, err)
	}
	raw := filepath.Join(d.Path(), rawDir)
	for name, body := range map[string]string{"a/two": "twi", "a/more": "", "b/one": ""} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(raw, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(raw, name), []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(filepath.Join(raw, "a", "three")); err != nil {
		t.Fatal(err)
	}
	got, err := d.CheckRaw(all)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"raw/a/two: trial a: its SHA-256 is ", "raw/a/three: trial a: is missing", "raw/a/more: no record names it", "raw/b: there is no record of this trial"}
	if len(got) != len(want) {
		t.Fatalf("%v", got)
	}
	for i := range want {
		if !strings.HasPrefix(got[i].String(), want[i]) {
			t.Errorf("%s, want %s", got[i], want[i])
		}
	}
	if err := d.ClearRaw("b"); err != nil {
		t.Fatal(err)
	}
	if got, err := d.CheckRaw(all); err != nil || len(got) != 3 {
		t.Errorf("after clearing b: %v, %v", got, err)
	}
}
