package demo

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// checkFolder finds, before anything is copied, what a demonstration's folder lacks, and a folder that its own copy would be made in. The
// error is the user's.
func checkFolder(folder string, needs ...string) error {
	var missing []string
	for _, name := range needs {
		if info, err := os.Stat(filepath.Join(folder, filepath.FromSlash(name))); err != nil || !info.Mode().IsRegular() {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("%s lacks %s; copy the checkout's folder of this demonstration below scenarios/ and change its programs", folder, strings.Join(missing, ", "))
	}
	temp := os.TempDir()
	inside, err := contains(folder, temp)
	if err != nil {
		return err
	}
	if inside {
		return fmt.Errorf("%s contains %s, where a copy of it would be made; name a folder of its own, or another place for temporary files by TMPDIR", folder, temp)
	}
	return nil
}

// contains reports whether a folder is another one or lies above it, links resolved.
func contains(folder, other string) (bool, error) {
	var real [2]string
	for i, name := range []string{folder, other} {
		absolute, err := filepath.Abs(name)
		if err == nil {
			absolute, err = filepath.EvalSymlinks(absolute)
		}
		if err != nil {
			return false, err
		}
		real[i] = absolute
	}
	rel, err := filepath.Rel(real[0], real[1])
	return err == nil && filepath.IsLocal(rel), nil
}
