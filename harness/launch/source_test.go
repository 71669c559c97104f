package launch

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/target"
)

func TestSourceLeavesOut(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "targets", "x")
	for _, name := range []string{
		"main.go", "sub/util.go", "Dockerfile", ".dockerignore", "target/release/x", "docs/a.md", ".git/HEAD", "keep/target/y",
	} {
		writeFile(t, filepath.Join(dir, name), name, 0o644)
	}
	writeFile(t, filepath.Join(dir, ".dockerignore"), "docs\nDockerfile\n", 0o644)
	if err := os.Symlink("main.go", filepath.Join(dir, "link.go")); err != nil {
		t.Fatal(err)
	}
	tgt := target.Target{ID: "x", Dir: "targets/x", Build: target.Build{Binary: "target/release/x"}}
	s, err := listSource(root, tgt)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range s.files {
		got = append(got, f.path)
	}
	if want := []string{".dockerignore", "Dockerfile", "keep/target/y", "link.go", "main.go", "sub/util.go"}; !reflect.DeepEqual(got, want) {
		t.Errorf("files %q, want %q", got, want)
	}
}

func TestSourceHashSeesEachChange(t *testing.T) {
	root := t.TempDir()
	tgt := target.Target{ID: "x", Dir: "x", Build: target.Build{Binary: "bin/x"}}
	hash := func() string {
		t.Helper()
		s, err := listSource(root, tgt)
		if err != nil {
			t.Fatal(err)
		}
		sum, err := s.hash()
		if err != nil {
			t.Fatal(err)
		}
		return sum
	}
	main := filepath.Join(root, "x", "main.go")
	seen := map[string]string{}
	for _, step := range []struct {
		name   string
		change func()
	}{
		{"first", func() { writeFile(t, main, "a", 0o644) }},
		{"content", func() { writeFile(t, main, "b", 0o644) }},
		{"executable", func() { must(t, os.Chmod(main, 0o755)) }},
		{"name", func() { must(t, os.Rename(main, main+"2")) }},
		{"another file", func() { writeFile(t, main, "", 0o644) }},
	} {
		step.change()
		sum := hash()
		if before, ok := seen[sum]; ok {
			t.Errorf("%s: same hash as %s", step.name, before)
		}
		seen[sum] = step.name
	}
	before := hash()
	writeFile(t, filepath.Join(root, "x", "bin", "x"), "built", 0o755)
	must(t, os.Chtimes(main, time.Unix(1, 0), time.Unix(1, 0)))
	if hash() != before {
		t.Error("the build's output or a file's time changes the hash")
	}
}
