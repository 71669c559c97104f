package stricttest

import (
	"strings"
	"testing"
)

// A check that cannot fail is none.
func TestFault(t *testing.T) {
	tests := []struct{ name, line, want string }{
		{"fine", "f.toml:3: id: is missing; add id", ""},
		{"no file", "id: is missing; add id", "not of the form"},
		{"no line", "f.toml: id: is missing; add id", "not of the form"},
		{"line 0", "f.toml:0: id: is missing; add id", "not of the form"},
		{"no way out", "f.toml:3: id: is missing", "not of the form"},
		{"escape sequence", "f.toml:3: \x1b[1mid: is missing; add id", "not plain text"},
		{"not UTF-8", "f.toml:3: \xff: is missing; add id", "not plain text"},
		{"long", "f.toml:3: id: is missing; " + strings.Repeat("x", maxLine), "bytes in one line"},
	}
	for _, tt := range tests {
		if got := fault("f.toml", tt.line); (got == "") != (tt.want == "") || !strings.Contains(got, tt.want) {
			t.Errorf("%s: fault %q, want %q", tt.name, got, tt.want)
		}
	}
}
