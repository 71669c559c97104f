package target

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func good(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile("testdata/target.toml")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestParse(t *testing.T) {
	got, err := Parse("targets/rust-server/target.toml", []byte(good(t)))
	if err != nil {
		t.Fatal(err)
	}
	want := Target{
		ID: "rust-server", Language: "rust", Stack: "axum 0.8 / hyper 1 / tokio 1", Tier: "idiomatic",
		Build: Build{
			Command: []string{"cargo", "build", "--release", "--locked"},
			Env:     map[string]string{"CARGO_TERM_COLOR": "never"},
			Binary:  "target/release/rust-server",
		},
		Disclose: map[string]string{"allocator": "glibc", "lto": "fat"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
	data, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	var back Target
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(back, want) {
		t.Errorf("from JSON\n%+v\nwant\n%+v", back, want)
	}
}

// TestErrors holds the message of each mistake: one edit of testdata/target.toml, one line.
func TestErrors(t *testing.T) {
	tests := []struct{ name, from, to, want string }{
		{"syntax", `[build]`, `[build`,
			`rust-server/target.toml:6: syntax: expected ']' to close table name; correct the TOML on this line`},
		{"unknown key", `tier = `, `teir = `,
			"rust-server/target.toml:1: tier: is missing; add tier = \"idiomatic\"\nrust-server/target.toml:4: teir: unknown key; did you mean tier?"},
		{"unknown build key", `binary = `, `binaries = `,
			"rust-server/target.toml:6: build.binary: is missing; add binary = \"...\"\nrust-server/target.toml:9: build.binaries: unknown key; use one of command, env, binary, edit, development"},
		{"id of another folder", `id = "rust-server"`, `id = "go-server"`,
			`rust-server/target.toml:1: id: is "go-server" in the folder "rust-server"; give both the same name`},
		{"id syntax", `id = "rust-server"`, `id = "rust_server"`,
			`rust-server/target.toml:1: id: "rust_server" is not an id; use lower-case letters, digits and single hyphens, letters or digits at both ends`},
		{"command as text", `["cargo", "build", "--release", "--locked"]`, `"cargo build"`,
			`rust-server/target.toml:7: build.command: is a string, not an array of strings; write command = ["..."]`},
		{"command empty", `["cargo", "build", "--release", "--locked"]`, `[]`,
			`rust-server/target.toml:7: build.command: has 0 entries; give 1 to 100`},
		{"binary elsewhere", `target/release/rust-server`, `../rust-server`,
			`rust-server/target.toml:9: build.binary: "../rust-server" is outside of the target's folder; give a path relative to the folder`},
		{"binary absolute", `target/release/rust-server`, `/bin/true`,
			`rust-server/target.toml:9: build.binary: "/bin/true" is outside of the target's folder; give a path relative to the folder`},
		{"variable name", `CARGO_TERM_COLOR`, `CARGO-TERM`,
			`rust-server/target.toml:8: build.env.CARGO-TERM: is not a name; use letters, digits and _ (in disclose also -), at most 64, not a digit first`},
		{"variable type", `"never"`, `0`,
			`rust-server/target.toml:8: build.env.CARGO_TERM_COLOR: is the integer 0, not a string; write CARGO_TERM_COLOR = "..."`},
		{"disclosure type", `lto = "fat"`, `lto = true`,
			`rust-server/target.toml:13: disclose.lto: is a boolean, not a string; write lto = "..."`},
		{"nothing disclosed", "allocator = \"glibc\"\nlto = \"fat\"\n", "",
			`rust-server/target.toml:11: disclose: has 0 entries; give 1 to 100`},
		{"no build", "[build]", "[disclose.build]",
			"rust-server/target.toml:1: build: is missing; add [build] with command and binary, or same_as with the target whose source it is\nrust-server/target.toml:6: disclose.build: is a table, not a string; write build = \"...\""},
		{"development elsewhere", `[disclose]`, "[build.development]\ncommand = [\"cargo\", \"build\"]\nbinary = \"debug/rust-server\"\n[disclose]",
			`rust-server/target.toml:13: build.development.binary: "debug/rust-server" is not below "target", where build.binary is; let both commands build into one folder`},
		{"development without a command", `[disclose]`, "[build.development]\nbinary = \"target/debug/rust-server\"\nenv = { A = \"1\" }\n[disclose]",
			"rust-server/target.toml:11: build.development.command: is missing; add command = [\"go\", \"build\", ...]\nrust-server/target.toml:13: build.development.env: unknown key; use one of command, binary"},
		{"source without a reason", `[disclose]`, "[source]\nuncounted = [\"src/a.rs\"]\n[disclose]",
			`rust-server/target.toml:11: source.why: is missing; add why = "...", what they serve that the other targets do not`},
		{"source misspelt", `[disclose]`, "[source]\nuncounted = [\"src/a.rs\"]\nuncuonted = [\"src/b.rs\"]\nwhy = \"x\"\n[disclose]",
			`rust-server/target.toml:13: source.uncuonted: unknown key; did you mean uncounted?`},
		{"source elsewhere and twice", `[disclose]`, "[source]\nuncounted = [\n\"../a.rs\",\n\"src/a.rs\",\n\"src/a.rs\",\n]\nwhy = \"x\"\n[disclose]",
			"rust-server/target.toml:13: source.uncounted: \"../a.rs\" is no path in the target's folder; give one as \"src/extra.rs\"\nrust-server/target.toml:15: source.uncounted: \"src/a.rs\" is there twice; leave one out"},
		{"build is a list", "[build]", "[[build]]",
			`rust-server/target.toml:6: build: is an array, not a table; write [build] and its keys below`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := good(t)
			if !strings.Contains(s, tt.from) {
				t.Fatalf("testdata/target.toml does not contain %q", tt.from)
			}
			_, err := Parse("rust-server/target.toml", []byte(strings.Replace(s, tt.from, tt.to, 1)))
			if got := message(err); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// A folder of a checkout, and what is in it.
type folder struct {
	t    *testing.T
	root string
}

func (f folder) write(dir, text string) {
	f.t.Helper()
	if err := os.MkdirAll(filepath.Join(f.root, dir), 0o755); err != nil {
		f.t.Fatal(err)
	}
	if text == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(f.root, dir, "target.toml"), []byte(text), 0o644); err != nil {
		f.t.Fatal(err)
	}
}

// fails asks for an error of this text, where ROOT stands for the checkout.
func (f folder) fails(want string, dirs ...string) {
	f.t.Helper()
	_, err := LoadAll(f.root, dirs[0], dirs[1:]...)
	if got := strings.ReplaceAll(message(err), f.root, "ROOT"); got != want {
		f.t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestLoadAll(t *testing.T) {
	f := folder{t, t.TempDir()}
	f.write("targets", "")
	f.fails("targets: no folder of ROOT/targets has a target.toml; check the path", "targets")
	f.write("targets/contract", "")
	f.write("targets/rust-server", good(t))
	f.write("targets/go-server", strings.Replace(good(t), `id = "rust-server"`, `id = "go-server"`, 1))
	targets, err := LoadAll(f.root, "targets")
	if err != nil {
		t.Fatal(err)
	}
	// A plan names the place in the checkout, not the checkout's place.
	if len(targets) != 2 || targets[0].ID != "go-server" || targets[1].Dir != "targets/rust-server" {
		t.Errorf("targets %+v", targets)
	}
	f.write("targets/unfinished", "")
	if err := os.WriteFile(filepath.Join(f.root, "targets/unfinished/Dockerfile"), []byte("FROM scratch\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	f.fails("ROOT/targets/unfinished: a Dockerfile but no target.toml; write one beside it, or move the folder away", "targets")
	if err := os.RemoveAll(filepath.Join(f.root, "targets/unfinished")); err != nil {
		t.Fatal(err)
	}
	f.write("targets/wrong", good(t))
	f.fails(`ROOT/targets/wrong/target.toml:1: id: is "rust-server" in the folder "wrong"; give both the same name`, "targets")
}

// A file that is to be left out of the count must be there: else all would be counted, and the report would say otherwise.
func TestUncountedFilesAreThere(t *testing.T) {
	f := folder{t, t.TempDir()}
	text := strings.Replace(good(t), "[disclose]", "[source]\nuncounted = [\n  \"src/there.rs\",\n  \"src/gone.rs\",\n  \"src\",\n]\nwhy = \"they serve a path of its own\"\n[disclose]", 1)
	f.write("targets/rust-server", text)
	f.write("targets/rust-server/src", "")
	if err := os.WriteFile(filepath.Join(f.root, "targets/rust-server/src/there.rs"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	f.fails(`ROOT/targets/rust-server/target.toml:14: source.uncounted: "src/gone.rs" is no file of targets/rust-server; correct the path or leave it out`+"\n"+
		`ROOT/targets/rust-server/target.toml:15: source.uncounted: "src" is no file of targets/rust-server; correct the path or leave it out`, "targets")
	f.write("targets/rust-server", strings.Replace(text, "  \"src/gone.rs\",\n  \"src\",\n", "", 1))
	f.write("more/tuned", sameWith)
	targets, err := LoadAll(f.root, "targets", "more")
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range targets { // one with the same source has the same count
		if got := one.Uncounted(); len(got) != 1 || got[0] != "src/there.rs" || one.Source.Why == "" {
			t.Errorf("%s leaves out %v", one.ID, got)
		}
	}
}

// The development build is the target with another command, in the same environment.
func TestInDevelopment(t *testing.T) {
	text := strings.Replace(good(t), "[disclose]", "[build.development]\ncommand = [\"cargo\", \"build\"]\nbinary = \"target/debug/rust-server\"\n[disclose]", 1)
	got, err := Parse("rust-server/target.toml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	dev := got.InDevelopment()
	if !reflect.DeepEqual(dev.Build.Command, []string{"cargo", "build"}) || dev.Build.Binary != "target/debug/rust-server" || dev.Build.Env["CARGO_TERM_COLOR"] != "never" {
		t.Errorf("%+v", dev.Build)
	}
	if got.Build.Binary != "target/release/rust-server" || len(got.Build.Command) != 4 {
		t.Errorf("the shipped build is now %+v", got.Build)
	}
}

const sameWith = `id = "tuned"
language = "rust"
stack = "axum, tuned"
tier = "idiomatic"
same_as = "rust-server"
env = { THREADS = "2" }
[disclose]
lto = "fat, and tuned"
`

// A target may be another one with settings of its own, in another folder: it has that one's source, build and disclosure.
func TestSameAs(t *testing.T) {
	f := folder{t, t.TempDir()}
	f.write("targets/rust-server", good(t))
	f.write("examples/a/targets/tuned", sameWith)
	all, err := LoadAll(f.root, "targets", "examples/a/targets")
	if err != nil {
		t.Fatal(err)
	}
	base, tuned := all[0], all[1]
	if tuned.ID != "tuned" || tuned.Dir != base.Dir || !reflect.DeepEqual(tuned.Build, base.Build) || tuned.Env["THREADS"] != "2" || base.Env != nil ||
		tuned.Disclose["lto"] != "fat, and tuned" || tuned.Disclose["allocator"] != "glibc" || base.Disclose["lto"] != "fat" {
		t.Errorf("%+v\nof %+v", tuned, base)
	}
	f.write("examples/a/targets/rust-server", good(t))
	f.fails(`ROOT/examples/a/targets/rust-server/target.toml: "rust-server" is the name of a target in targets/rust-server too; rename the folder and its id`, "targets", "examples/a/targets")
	for _, c := range []struct{ from, to, want string }{
		{`same_as = "rust-server"`, `same_as = "rust"`, `ROOT/b/tuned/target.toml:5: same_as: names "rust", which is no target with a source of its own; ` + "`assay target list` shows what is"},
		{`same_as = "rust-server"`, `same_as = "tuned"`, `ROOT/b/tuned/target.toml:5: same_as: names "tuned", which is no target with a source of its own; ` + "`assay target list` shows what is"},
		{`language = "rust"`, `language = "go"`, `ROOT/b/tuned/target.toml:5: same_as: rust-server is of language "rust" and this one of "go"; give both the same`},
		{`THREADS`, `PORT`, `ROOT/b/tuned/target.toml:6: env.PORT: is assay's to set; leave it out`},
		{`[disclose]`, "provides = [\"database\"]\n[disclose]", `ROOT/b/tuned/target.toml:7: provides: does not go with same_as; leave it to rust-server`},
	} {
		f.write("b/tuned", strings.Replace(sameWith, c.from, c.to, 1))
		f.fails(c.want, "targets", "b")
	}
}
