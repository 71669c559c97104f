package scenario

import (
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/strict/stricttest"
)

// FuzzParse holds that no file makes Parse panic, that every error names the file and
// a line, and that the cells of an accepted file can be run.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		read(f, "hold.toml"), read(f, "rate.toml"), read(f, "in-flight.toml"), read(f, "saturate.toml"), read(f, "start.toml"), read(f, "build.toml"), "", "mode = \"hold\"", "slo.p99 = \"1h\"", "slo = [{p99 = 1}]",
		"connections = [1, [2], {a = 3}]\nmode = \"hold\"", "requests_per_second_per_connection = nan\nmode = \"hold\"",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := Parse("f.toml", data)
		if err != nil {
			stricttest.CheckForm(t, "f.toml", err)
			return
		}
		for _, c := range s.Cells {
			if !isCell(c.ID) || !s.Mode.Lifecycle() && c.HostLimit == (c.Connections > 0) || c.RequestsPerSecond > maxRate || (s.Mode.Closed() || s.Mode.Lifecycle()) != (c.RequestsPerSecond+c.PerConnection == 0) {
				t.Errorf("accepted the cell %+v", c)
			}
		}
	})
}

// FuzzParseProfiles does the same for profiles.
func FuzzParseProfiles(f *testing.F) {
	for _, seed := range []string{
		read(f, "profiles.toml"), "", "[[profile]]", "[[profile]]\ncells = [\"a/1\", 2]", "profile = [{id = \"a\"}, [], {}]",
		"[[profile]]\nbudget = \"" + strings.Repeat("9", 30) + "h\"",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		profiles, err := ParseProfiles("f.toml", data)
		if err != nil {
			stricttest.CheckForm(t, "f.toml", err)
			return
		}
		for _, p := range profiles {
			if p.Blocks < minBlocks || p.Window <= 0 || len(p.Cells) == 0 {
				t.Errorf("accepted the profile %+v", p)
			}
		}
	})
}
