package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTargetVerify(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	p := l.start("target", "verify", "first", "--root", l.root, "--runtime", "process", "--port", fmt.Sprint(l.port))
	if status := p.wait(); status != exitOK || !strings.Contains(p.stdout.String(), " checks, all as the contract says; an answer to GET /item has ") {
		t.Errorf("exit status %d:\n%s%s", status, &p.stdout, &p.stderr)
	}
	l.nothingLeft()
}

// A contract that asks for something else finds this server to differ, and nothing is
// measured then.
func TestTargetThatDiffers(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	root := t.TempDir()
	if err := os.CopyFS(root, os.DirFS(l.root)); err != nil {
		t.Fatal(err)
	}
	l.root = root
	rewrite(t, filepath.Join(root, "targets", "contract", "healthz.json"), `"status": 200`, `"status": 204`)
	p := l.start("target", "verify", "first", "--root", l.root, "--runtime", "process", "--port", fmt.Sprint(l.port))
	oneLine(t, p.fails(exitFailed, "first differs from targets/CONTRACT.md in "))
	if !strings.Contains(p.stdout.String(), "204") {
		t.Errorf("no line says what differs:\n%s", &p.stdout)
	}
	oneLine(t, l.run(1).fails(exitFailed, "first does not answer as targets/CONTRACT.md says; nothing was measured"))
	if dirs := l.dirs(); len(dirs) > 0 {
		t.Errorf("a run directory of nothing: %q", dirs)
	}
	l.nothingLeft()
}

// rewrite replaces all places where a file says old.
func rewrite(t *testing.T, name, old, now string) {
	t.Helper()
	body, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(body), old) {
		t.Fatalf("%s does not say %q", name, old)
	}
	if err := os.WriteFile(name, []byte(strings.ReplaceAll(string(body), old, now)), 0o644); err != nil {
		t.Fatal(err)
	}
}
