package stricttest

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

const maxLine = 4000 // bytes of one problem

// CheckForm fails the test if err is nil, or has a line that is not plain text of the
// form file:line: key: what is wrong; what to do.
func CheckForm(t testing.TB, file string, err error) {
	t.Helper()
	if err == nil {
		t.Error("no error")
		return
	}
	for _, line := range strings.Split(err.Error(), "\n") {
		if what := fault(file, line); what != "" {
			t.Errorf("%s: %q", what, line)
		}
	}
}

// fault says what is wrong with a line; empty if nothing is.
func fault(file, line string) string {
	var n int
	rest, ok := strings.CutPrefix(line, file+":")
	_, err := fmt.Sscanf(rest, "%d: ", &n)
	switch {
	case !ok || err != nil || n < 1 || !strings.Contains(line, "; "):
		return "not of the form file:line: key: what; what to do"
	case !utf8.ValidString(line) || strings.ContainsFunc(line, unicode.IsControl):
		return "not plain text"
	case len(line) > maxLine:
		return fmt.Sprintf("%d bytes in one line", len(line))
	}
	return ""
}
