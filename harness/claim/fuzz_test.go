package claim

import (
	"testing"

	"github.com/assay-bench/assay/harness/strict/stricttest"
)

// FuzzParse holds that no file makes Parse panic, and that every error names the file
// and a line.
func FuzzParse(f *testing.F) {
	f.Add([]byte(good(f)))
	f.Add([]byte(file(f, "shapes.toml")))
	for _, seed := range []string{
		"", "[[claim]]", "claim = [{id = 'a', reading = [{id = 'b'}, 3]}]", "[claim.reading]", "article.margin = inf",
		"[[claim]]\n[[claim.reading]]\nheadline = 1\n[[claim.reading]]\nheadline = true", "\"\\u0000\" = 1", "\xff", "a = 1\r\n\ra",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := Parse("f.toml", data)
		if err != nil {
			stricttest.CheckForm(t, "f.toml", err)
			return
		}
		for _, c := range l.Claims {
			if h := c.Headline(); !h.Headline {
				t.Errorf("claim %s has no headline", c.ID)
			}
		}
	})
}
