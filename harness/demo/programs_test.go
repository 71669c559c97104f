package demo

import (
	"strings"
	"testing"
)

const list = `[[program]]
id = "future"
file = "rust/main.rs"
about = "a future"
executor = "none"

[[program]]
id = "goroutine"
file = "go/main.go"
about = "a goroutine"
executor = "language"
`

func there(name string) bool { return name == "rust/main.rs" || name == "go/main.go" }

func TestParsePrograms(t *testing.T) {
	got, err := parsePrograms("p.toml", []byte(list), there)
	if err != nil || len(got) != 2 || got[0].language() != "rust" || got[1].language() != "go" {
		t.Fatalf("%+v, %v", got, err)
	}
	for name, c := range map[string]struct{ from, to, want string }{
		"an unknown key":  {"about = \"a future\"", "about = \"a future\"\nwhy = \"x\"", "p.toml:5: program.why"},
		"no id":           {"id = \"future\"\n", "", "p.toml:1: program.id: is missing"},
		"the same id":     {`"goroutine"`, `"future"`, `p.toml:8: program.id: "future" is there twice; rename one`},
		"an executor":     {`"none"`, `"nobody"`, `p.toml:5: program.executor: no executor "nobody"`},
		"no file":         {"rust/main.rs", "rust/x/main.rs", `p.toml:3: program.file: "rust/x/main.rs" is not there`},
		"a file outside":  {"rust/main.rs", "../main.rs", `p.toml:3: program.file: "../main.rs" is no program of this folder`},
		"no program":      {"rust/main.rs", "rust/lib.rs", `is no program of this folder`},
		"no control":      {`"language"`, `"none"`, "none has an executor; add a control"},
		"nothing to show": {`"none"`, `"own"`, `none has executor = "none"`},
		"a code of Go":    {`executor = "language"`, "executor = \"language\"\nrefused = \"E1\"", "p.toml:12: program.refused: Go's compiler has no codes"},
	} {
		if _, err := parsePrograms("p.toml", []byte(strings.Replace(list, c.from, c.to, 1)), there); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func FuzzParsePrograms(f *testing.F) {
	f.Add([]byte(list))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := parsePrograms("p.toml", data, there)
		if err == nil && len(got) < 2 {
			t.Errorf("%d programs, and neither one nor its control is missing", len(got))
		}
	})
}
