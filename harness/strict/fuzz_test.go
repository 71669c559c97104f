package strict

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/strict/stricttest"
)

// FuzzParse holds that no file makes a reader panic, that every error is in its form,
// and that it names a line that the file has.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		good, "", "[[table]]\n[[table]]\nid = 3", "sub = {id = 'a'}\n[other]", "texts = ['a',\n['b'],\n{}]", "\"\\u0000\" = 1", "\xff", "a = 1\r\n\ra", "\uFEFFid = 1", "\xff\xfei\x00",
		"duration = '" + strings.Repeat("0h", 60) + "'",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		err := readAll("f.toml", data)
		if err == nil {
			return
		}
		stricttest.CheckForm(t, "f.toml", err)
		var joined interface{ Unwrap() []error }
		if !errors.As(err, &joined) {
			t.Fatalf("not joined: %v", err)
		}
		for _, err := range joined.Unwrap() {
			var p *Problem
			if !errors.As(err, &p) || p.Line > bytes.Count(data, []byte("\n"))+1 {
				t.Errorf("names no line of the file: %v", err)
			}
		}
	})
}
