package claim

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/strict/stricttest"
)

func TestParseEvidence(t *testing.T) {
	entries, err := ParseEvidence("evidence.toml", []byte(file(t, "evidence.toml")))
	if err != nil {
		t.Fatal(err)
	}
	got := entries[2]
	want := Evidence{ID: "a-survey", Figure: "16 %", Counts: "respondents who used it in the past year", Source: "a survey, quoted in a magazine",
		URL: "http://example.org/survey?year=2021", Date: time.Date(2021, 2, 3, 0, 0, 0, 0, time.UTC), Read: Secondary, table: got.table}
	if len(entries) != 4 || !reflect.DeepEqual(got, want) {
		t.Errorf("%d entries, the third %+v; want 4 and %+v", len(entries), got, want)
	}
}

// TestEvidenceErrors holds the message of each mistake: one edit of testdata/evidence.toml.
func TestEvidenceErrors(t *testing.T) {
	tests := []struct{ name, from, to, want string }{
		{"no figure", "figure = \"12,345\"\n", "", `f.toml:3: evidence.figure: is missing; add figure = "..."`},
		{"a number", `figure = "12,345"`, `figure = 12345`, `f.toml:5: evidence.figure: is the integer 12345, not a string; write figure = "..."`},
		{"no date", "date = 2025-12-01\n", "", `f.toml:3: evidence.date: is missing; add date = 2025-12-01, that of the figure`},
		{"year alone", `date = 2025-12-01`, `date = 2025`, `f.toml:9: evidence.date: is the integer 2025, not a date; write date = 2026-01-26, without quotes and time`},
		{"no address", `url = "https://example.org/crates"`, `url = "example.org/crates"`,
			`f.toml:8: evidence.url: "example.org/crates" is not the address of a page; write it as "https://host/path"`},
		{"another scheme", `url = "https://example.org/crates"`, `url = "file:///etc/hosts"`,
			`f.toml:8: evidence.url: "file:///etc/hosts" is not the address of a page; write it as "https://host/path"`},
		{"read otherwise", `read = "primary"`, `read = "twice"`,
			`f.toml:10: evidence.read: "twice" is no way to read a figure; write primary (read in the source itself) or secondary (quoted elsewhere)`},
		{"unknown key", `counts = "packages in the registry"`, `shows = "claim"`,
			"f.toml:3: evidence.counts: is missing; add counts = \"...\", what exactly the figure counts\nf.toml:6: evidence.shows: unknown key; use one of id, figure, counts, source, url, date, read, counted"},
		{"id twice", `id = "go-modules"`, `id = "rust-crates"`,
			`f.toml:13: evidence.id: "rust-crates" is taken by the entry on line 4 of f.toml; choose another`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ParseEvidence("f.toml", replaced(t, "evidence.toml", tt.from, tt.to))
			if got := message(err); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// A count names entries that are there, of any file, and that are no counts themselves; citing it cites them.
func TestCounted(t *testing.T) {
	const yes, count = "read = \"primary\"\n\n[[evidence]]\nid = \"a-survey\"", "read = \"primary\"\ncounted = [\n  \"not-cited\",\n  \"%s\",\n]\n\n[[evidence]]\nid = \"a-survey\""
	load := func(second string) ([]Evidence, string, error) {
		path := filepath.Join(t.TempDir(), "f.toml")
		if err := os.WriteFile(path, replaced(t, "evidence.toml", yes, strings.ReplaceAll(count, "%s", second)), 0o600); err != nil {
			t.Fatal(err)
		}
		entries, err := LoadEvidence(filepath.Dir(path))
		return entries, path, err
	}
	for second, want := range map[string]string{
		"rust-crate": `:22: evidence.counted: no evidence "rust-crate"; did you mean rust-crates?`,
		"go-modules": `:22: evidence.counted: "go-modules" is a count itself; name the entries that it counts`,
		"not-cited":  `:22: evidence.counted: names "not-cited" twice; remove one`,
	} {
		if _, path, err := load(second); message(err) != path+want {
			t.Errorf("got  %s\nwant %s", message(err), path+want)
		}
	}
	entries, _, err := load("rust-crates")
	if err != nil {
		t.Fatal(err)
	}
	l, err := Ledger{Claims: []Claim{{ID: "c", Readings: []Reading{{ID: "r", ShownBy: []string{"go-modules"}}}}}}.Cite(entries, "evidence")
	var ids []string
	for _, e := range l.Evidence {
		ids = append(ids, e.ID)
	}
	if want := []string{"go-modules", "not-cited", "rust-crates"}; err != nil || !reflect.DeepEqual(ids, want) {
		t.Errorf("cited %q, %v; want %q", ids, err, want)
	}
}

func TestLoadEvidence(t *testing.T) {
	dir := t.TempDir()
	if got, err := LoadEvidence(filepath.Join(dir, "none")); len(got) != 0 || err != nil {
		t.Errorf("a directory that is not there: %v, %v", got, err)
	}
	entry := strings.SplitAfter(file(t, "evidence.toml"), "read = \"primary\"\n")[0]
	for _, name := range []string{"a.toml", "b.toml"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(entry), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_, err := LoadEvidence(dir)
	a, b := filepath.Join(dir, "a.toml"), filepath.Join(dir, "b.toml")
	if want := b + `:4: evidence.id: "rust-crates" is taken by the entry on line 4 of ` + a + `; choose another`; message(err) != want {
		t.Errorf("got  %s\nwant %s", message(err), want)
	}
	if err := os.Remove(b); err != nil {
		t.Fatal(err)
	}
	if got, err := LoadEvidence(dir); len(got) != 1 || err != nil {
		t.Errorf("one entry: %v, %v", got, err)
	}
}

func TestCite(t *testing.T) {
	entries, err := ParseEvidence("evidence.toml", []byte(file(t, "evidence.toml")))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, from, to, want string }{
		{"all there", "", "", ""},
		{"misspelt", `"rust-crates"]`, `"rust-crate"]`, `f.toml:69: claim.reading.shown_by: no evidence "rust-crate"; did you mean rust-crates?`},
		{"a figure that falls short", `shown_by = ["go-modules", "rust-crates"]`, "at_least = 60000\nshown_by = [\"go-modules\", \"rust-crates\"]",
			`f.toml:70: claim.reading.shown_by: "rust-crates" has the figure 12,345, less than at_least = 60000; name it in opposed_by, or cite a figure that reaches it`},
		{"as context", `opposed_by = ["a-survey"]`, `context = ["a-surveys"]`, `f.toml:70: claim.reading.context: no evidence "a-surveys"; did you mean a-survey?`},
		{"far", `["a-survey"]`, `["nowhere-near"]`,
			`f.toml:70: claim.reading.opposed_by: no evidence "nowhere-near"; add an entry with this id to a .toml file under own/evidence`},
	} {
		l, err := Parse("f.toml", replaced(t, "shapes.toml", c.from, c.to))
		if err != nil {
			t.Fatal(err)
		}
		l, err = l.Cite(entries, "own/evidence")
		if got := message(err); got != c.want {
			t.Errorf("%s: got  %s\nwant %s", c.name, got, c.want)
		}
		var ids []string
		for _, e := range l.Evidence {
			ids = append(ids, e.ID)
		}
		if want := []string{"a-survey", "go-modules", "rust-crates"}; c.want == "" && !reflect.DeepEqual(ids, want) {
			t.Errorf("%s: cites %v, want %v", c.name, ids, want)
		}
	}
}

// FuzzParseEvidence holds that no file makes ParseEvidence panic, and that every error names the file and a line.
func FuzzParseEvidence(f *testing.F) {
	f.Add([]byte(file(f, "evidence.toml")))
	for _, seed := range []string{"", "[[evidence]]", "evidence = [{id = 'a', url = 'http://%zz'}, 3]", "[evidence]", "\xff",
		"[[evidence]]\nid='a'\n[[evidence]]\nid='a'"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := ParseEvidence("f.toml", data); err != nil {
			stricttest.CheckForm(t, "f.toml", err)
		}
	})
}
