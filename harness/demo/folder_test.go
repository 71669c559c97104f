package demo

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A folder without the programs is told what it lacks, and one that holds the place of its own copy is refused: nothing is copied.
func TestFolderIsLookedAtFirst(t *testing.T) {
	empty := t.TempDir()
	if _, err := Together(t.Context(), empty); err == nil || !strings.Contains(err.Error(), empty+" lacks go.mod, main.go, rust/lib.rs, rust/main.rs; copy the checkout's folder") {
		t.Errorf("an empty folder: %v", err)
	}
	if _, err := AsyncRuntime(t.Context(), empty); err == nil {
		t.Error("an empty folder has a list of programs")
	}
	for _, name := range []string{"together", "async-runtime"} {
		dir := folder(t, name, "", "", "")
		temp := filepath.Join(dir, "tmp")
		if err := os.Mkdir(temp, 0o755); err != nil {
			t.Fatal(err)
		}
		t.Setenv("TMPDIR", temp)
		var err error
		if name == "together" {
			_, err = Together(t.Context(), dir)
		} else {
			_, err = AsyncRuntime(t.Context(), dir)
		}
		if err == nil || !strings.Contains(err.Error(), " contains "+temp+", where a copy of it would be made; ") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
		if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
			t.Errorf("%s: copied all the same: %v, %v", name, left, err)
		}
		t.Setenv("TMPDIR", dir) // the folder itself
		if err := checkFolder(dir); err == nil {
			t.Errorf("%s as its own place for temporary files is taken", name)
		}
	}
}
