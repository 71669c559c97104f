package defect

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/mistake"
)

// scenarios is the folder of the real corpus.
var scenarios = filepath.Join("..", "..", "scenarios", "defects")

func realCorpus(t *testing.T) Corpus {
	t.Helper()
	c, err := Load(scenarios)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCorpusHasItsForm(t *testing.T) {
	c := realCorpus(t)
	if err := c.Check(); err != nil {
		t.Error(err)
	}
	if len(c.Defects) < 30 {
		t.Errorf("%d defects, want at least 30", len(c.Defects))
	}
	if len(c.Sources) == 0 { // a corpus of somebody's own may have none
		t.Error("no source says which mistakes are chosen")
	}
	for _, class := range mistake.Classes() {
		if !slices.ContainsFunc(c.Defects, func(d Defect) bool { return d.Class == class }) {
			t.Errorf("no defect of class %s", class)
		}
	}
	for _, d := range c.Defects {
		alone := func(o Defect) bool { return o.ID != d.ID && o.Related == d.Related }
		if d.Related != "" && !slices.ContainsFunc(c.Defects, alone) {
			t.Errorf("%s: nothing else is related to %q", d.ID, d.Related)
		}
	}
}

func TestRustProgramsAreFormatted(t *testing.T) {
	var files []string
	for _, pattern := range []string{"*/rust/main.rs", "*/edited/rust/main.rs"} {
		found, err := filepath.Glob(filepath.Join(scenarios, pattern))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	if len(files) == 0 {
		t.Fatal("no Rust programs")
	}
	if out, err := exec.Command("rustfmt", append([]string{"--edition", edition, "--check"}, files...)...).CombinedOutput(); err != nil {
		t.Errorf("rustfmt: %v\n%s", err, out)
	}
}

const good = `[[source]]
id = "few"
name = "A few"
cwes = [20, 22, 94]

[[defect]]
id = "cwe-20-negative"
cwe = 20
name = "A negative quantity"
class = "input"
want = "refused"

[[defect]]
id = "cwe-22-parent"
cwe = 22
name = "Out of the folder"
class = "input"
related = "path"
want = "refused"

[[left_out]]
cwe = 94
why = "no eval"
`

func TestParse(t *testing.T) {
	c, err := Parse("dir/corpus.toml", []byte(good))
	if err != nil {
		t.Fatal(err)
	}
	want := Defect{ID: "cwe-22-parent", CWE: 22, Name: "Out of the folder", Class: "input", Related: "path", Want: "refused"}
	if len(c.Defects) == 2 {
		c.Defects[1].table = nil
	}
	if c.Dir != "dir" || len(c.Defects) != 2 || c.Defects[1] != want || c.LeftOut[0] != (LeftOut{94, "no eval"}) {
		t.Errorf("%+v", c)
	}
	if one, err := c.Only("cwe-20-negative"); err != nil || len(one.Defects) != 1 {
		t.Errorf("%+v, %v", one, err)
	}
	if _, err := c.Only("cwe-20-negativ"); err == nil || !strings.Contains(err.Error(), "cwe-20-negative") {
		t.Errorf("a misspelt id: %v", err)
	}
}

func TestParseRefuses(t *testing.T) {
	for name, change := range map[string][3]string{
		"an unknown key":            {"want = \"refused\"\n", "want = \"refused\"\nwnat = 1\n", "wnat"},
		"an unknown class":          {`class = "input"`, `class = "inptu"`, "is no class"},
		"an id twice":               {`"cwe-22-parent"`, `"cwe-20-negative"`, "stands twice"},
		"an entry of no source":     {"cwe = 22", "cwe = 23", "is in no source"},
		"an entry without anything": {"[20, 22, 94]", "[20, 22, 94, 95]", "CWE-95"},
		"an entry in and out":       {"cwe = 94", "cwe = 22", "has a defect"},
		"left out of nothing":       {"cwe = 94", "cwe = 96", "is in no source"},
		"no wanted output":          {"want = \"refused\"\n", "", "want"},
	} {
		text := strings.Replace(good, change[0], change[1], 1)
		if text == good {
			t.Fatalf("%s: nothing changed", name)
		}
		if _, err := Parse("corpus.toml", []byte(text)); err == nil || !strings.Contains(err.Error(), change[2]) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// tiny writes a corpus of one defect whose folder is in order.
func tiny(t *testing.T) Corpus {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"corpus.toml": `[[source]]
id = "one"
name = "One"
cwes = [20]

[[defect]]
id = "cwe-20-x"
cwe = 20
name = "X"
class = "input"
want = "refused"
`,
		"cwe-20-x/README.md":    "# X\n\n<!-- defect: begin -->\n<!-- defect: end -->\n",
		"cwe-20-x/go/main.go":   "package main\n\nfunc main() {\n}\n",
		"cwe-20-x/rust/main.rs": "fn main() {}\n",
	} {
		write(t, filepath.Join(dir, name), text)
	}
	c, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// A check that cannot fail is none.
func TestCheckFindsWhatIsWrong(t *testing.T) {
	if err := tiny(t).Check(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ file, text, want string }{
		"another title":     {"cwe-20-x/README.md", "# Y\n", "the first line must be"},
		"no marks":          {"cwe-20-x/README.md", "# X\n", "must stand in it"},
		"an unlisted one":   {"cwe-21-y/README.md", "# Y\n", "does not list it"},
		"unformatted Go":    {"cwe-20-x/go/main.go", "package main\n\nfunc main(){}\n", "gofmt"},
		"unsafe Go":         {"cwe-20-x/go/main.go", "package main\n\nimport _ \"unsafe\"\n\nfunc main() {\n}\n", "unsafe"},
		"a library":         {"cwe-20-x/go/main.go", "package main\n\nimport _ \"example.org/x\"\n\nfunc main() {\n}\n", "example.org"},
		"Go that is no Go":  {"cwe-20-x/go/main.go", "fn main() {}\n", "main.go"},
		"unsafe Rust":       {"cwe-20-x/rust/main.rs", "fn main() { unsafe {} }\n", "unsafe"},
		"a lint refused":    {"cwe-20-x/rust/main.rs", "#![allow(unused)]\nfn main() {}\n", "allow"},
		"an edited library": {"cwe-20-x/edited/go/main.go", "package main\n\nimport \"C\"\n\nfunc main() {\n}\n", "C"},
	} {
		corpus := tiny(t)
		write(t, filepath.Join(corpus.Dir, c.file), c.text)
		if err := corpus.Check(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, missing := range []string{"README.md", "go/main.go", "rust/main.rs"} {
		corpus := tiny(t)
		if err := os.Remove(filepath.Join(corpus.Dir, "cwe-20-x", missing)); err != nil {
			t.Fatal(err)
		}
		if corpus.Check() == nil {
			t.Errorf("%s is missing and nobody says so", missing)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte("[[defect]]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Parse("corpus.toml", data)
		if err == nil && (len(c.Defects) == 0 || len(c.Sources) == 0) {
			t.Errorf("an empty corpus passes: %q", data)
		}
	})
}

func FuzzParseStudy(f *testing.F) {
	data, err := mistake.Study{Schema: mistake.Schema, Defects: []mistake.Result{{ID: "a", Go: mistake.Program{Steps: []mistake.Step{{Name: mistake.Build, Outcome: mistake.Passed}}}}}}.JSON()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := mistake.ParseStudy(data)
		if err != nil {
			return
		}
		once, err := s.JSON()
		if err != nil {
			t.Fatal(err)
		}
		again, err := mistake.ParseStudy(once)
		if err != nil {
			t.Fatal(err)
		}
		twice, err := again.JSON()
		if err != nil || !bytes.Equal(once, twice) {
			t.Errorf("%s\n%s\n%v", once, twice, err)
		}
	})
}
