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
		ID: "rust-server", Language: "rust", Stack: "axum 0.8 / hyper 1 / tokio 1", Tier: "idiomatic", Dir: "targets/rust-server",
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

// TestDir holds that a plan names the place in the checkout, not the checkout's place.
func TestDir(t *testing.T) {
	for file, want := range map[string]string{
		"/home/a/assay/targets/rust-server/target.toml": "targets/rust-server",
		"../targets/rust-server/target.toml":            "targets/rust-server",
		"rust-server/target.toml":                       "rust-server",
		"/rust-server/target.toml":                      "rust-server",
	} {
		got, err := Parse(file, []byte(good(t)))
		if err != nil {
			t.Fatal(err)
		}
		if got.Dir != want {
			t.Errorf("%s: dir %q, want %q", file, got.Dir, want)
		}
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
			"rust-server/target.toml:6: build.binary: is missing; add binary = \"...\"\nrust-server/target.toml:9: build.binaries: unknown key; use one of command, env, binary, edit"},
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
			"rust-server/target.toml:1: build: is missing; add [build] with command and binary\nrust-server/target.toml:6: disclose.build: is a table, not a string; write build = \"...\""},
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

func TestLoadAll(t *testing.T) {
	dir := t.TempDir()
	write := func(folder, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Join(dir, folder), 0o755); err != nil {
			t.Fatal(err)
		}
		if text == "" {
			return
		}
		if err := os.WriteFile(filepath.Join(dir, folder, "target.toml"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := LoadAll(dir); !strings.Contains(message(err), "no folder of "+dir+" has a target.toml") {
		t.Errorf("an empty folder: %v", err)
	}
	write("contract", "")
	write("rust-server", good(t))
	write("go-server", strings.Replace(good(t), `id = "rust-server"`, `id = "go-server"`, 1))
	targets, err := LoadAll(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(targets) != 2 || targets[0].ID != "go-server" || targets[1].Dir != filepath.Base(dir)+"/rust-server" {
		t.Errorf("targets %+v", targets)
	}
	write("unfinished", "")
	if err := os.WriteFile(filepath.Join(dir, "unfinished", "Dockerfile"), []byte("FROM scratch\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err = LoadAll(dir)
	if want := filepath.Join(dir, "unfinished") + ": a Dockerfile but no target.toml; write one beside it, or move the folder away"; message(err) != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	if err := os.RemoveAll(filepath.Join(dir, "unfinished")); err != nil {
		t.Fatal(err)
	}
	write("wrong", good(t))
	_, err = LoadAll(dir)
	want := filepath.Join(dir, "wrong", "target.toml") + `:1: id: is "rust-server" in the folder "wrong"; give both the same name`
	if got := message(err); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
