package target

import (
	"path/filepath"
	"testing"

	"github.com/assay-bench/assay/harness/strict/stricttest"
)

// FuzzParse holds that no file makes Parse panic, that every error names the file and
// a line, and that an accepted binary lies in the target's folder.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		good(f), "", "[build]\nenv = 1", "build.env.A = \"1\"\nbuild.command = [[]]", "[[disclose]]", "disclose = {\"\" = \"\"}", "id = \"\"\"\na\"\"\"",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		target, err := Parse("target.toml", data)
		if err == nil {
			if !filepath.IsLocal(target.Build.Binary) || len(target.Build.Command) == 0 || target.ID == "" {
				t.Errorf("accepted %+v", target)
			}
			return
		}
		stricttest.CheckForm(t, "target.toml", err)
	})
}
