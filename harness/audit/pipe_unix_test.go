//go:build unix

package audit

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Opening a named pipe would wait until somebody writes into it; it is named instead, wherever it stands.
func TestANamedPipeIsNotOpened(t *testing.T) {
	t.Parallel()
	for _, source := range []string{"plan.json", "env.json", "trials.jsonl"} {
		d := copied(t, chained)
		pipe(t, filepath.Join(d.Path(), source))
		if _, err := Sources(d); err == nil || !strings.HasSuffix(err.Error(), source+" is a named pipe, not a regular file") {
			t.Errorf("%s: error %v", source, err)
		}
	}
	d := copied(t, chained)
	r := sources(t, d).Records[0]
	pipe(t, filepath.Join(d.Path(), r.Raw[0].Path))
	pipe(t, filepath.Join(d.Path(), "raw", r.ID, "surplus"))
	wants(t, sources(t, d), r.Raw[0].Path+": trial "+r.ID+": is a named pipe, not a regular file", "raw/"+r.ID+"/surplus: no record names it")
	pipe(t, filepath.Join(d.Path(), "drift.png"))
	if got := Derived(d, "drift.png", nil); len(got) != 1 || got[0].String() != "drift.png: is a named pipe, not a regular file" {
		t.Errorf("found %v", got)
	}
	d = copied(t, chained)
	pipe(t, filepath.Join(d.Path(), "raw"))
	wants(t, sources(t, d), "raw: is a named pipe, not a directory")
}

// pipe puts a named pipe in the place of what is there.
func pipe(t *testing.T, name string) {
	t.Helper()
	if err := os.RemoveAll(name); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(name, 0o644); err != nil {
		t.Fatal(err)
	}
}
