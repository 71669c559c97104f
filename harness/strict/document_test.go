package strict

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/strict/stricttest"
)

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestSyntax(t *testing.T) {
	tests := []struct{ name, file, want string }{
		{"value missing", "a = 1\nb =\n",
			"f.toml:2: syntax: unexpected character U+000A at start of value; correct the TOML on this line"},
		{"key twice", "[a.'b c']\nd = 1\nd = 2\n",
			"f.toml:3: d: key d is already defined; correct the TOML on this line"},
		{"not UTF-8", "\xff",
			"f.toml:1: syntax: invalid character at start of key: U+00FF 'ÿ'; correct the TOML on this line"},
		{"UTF-16", "\xff\xfea\x00",
			"f.toml:1: file: is in UTF-16, not in UTF-8; save it as UTF-8"},
		{"UTF-16, the high byte first", "\xfe\xff\x00a",
			"f.toml:1: file: is in UTF-16, not in UTF-8; save it as UTF-8"},
		{"two byte order marks", "\uFEFF\uFEFFa = 1",
			"f.toml:1: syntax: invalid character at start of key: U+00EF 'ï'; correct the TOML on this line"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc, top := Parse("f.toml", []byte(tt.file))
			if top != nil {
				t.Error("has a table")
			}
			if got := message(doc.Err()); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// TestByteOrderMark holds that what an editor puts before the text changes neither its values nor its lines.
func TestByteOrderMark(t *testing.T) {
	doc, top := Parse("f.toml", []byte("\uFEFFid = 'a'\r\nport = 0\r\n"))
	if top == nil {
		t.Fatal(doc.Err())
	}
	if id := top.ID("id"); id != "a" {
		t.Errorf("id %q", id)
	}
	top.Integer("port", 1, 9)
	if got := message(doc.Err()); !strings.HasPrefix(got, "f.toml:2: port: ") {
		t.Errorf("got %s", got)
	}
}

// TestProblemsAreSorted holds that a line and key give one problem, the first.
func TestProblemsAreSorted(t *testing.T) {
	doc, top := Parse("a\nb\u2028c.toml", []byte("x = 1\n[t]\ny = [1,\n2]\n"))
	sub := top.Sub("t")
	sub.BadElement("y", 1, "is second", "wait")
	sub.Bad("y", "is first", "go")
	sub.Bad("y", "is first again", "stop")
	sub.Bad("z", "is not there", "look elsewhere")
	top.Bad("t", "is a table", "sit down")
	doc.Bad("is short", "write more")
	want := strings.Join([]string{
		"a b c.toml:1: file: is short; write more",
		"a b c.toml:2: t.z: is not there; look elsewhere",
		"a b c.toml:2: t: is a table; sit down",
		"a b c.toml:3: t.y: is first; go",
		"a b c.toml:4: t.y: is second; wait",
	}, "\n")
	if got := message(doc.Err()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	var p *Problem
	if !errors.As(doc.Err(), &p) || p.Line != 1 || p.Key != "file" || p.What != "is short" || p.Fix != "write more" {
		t.Errorf("first problem %+v", p)
	}
}

// TestProblemIsNotReported holds that a later check doesn't change what Err said.
func TestProblemIsNotReported(t *testing.T) {
	doc, top := Parse("f.toml", []byte("\nx = [1,\n2]\n"))
	if got, want := top.Problem("x", "is odd", "even it").Error(), "f.toml:2: x: is odd; even it"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got, want := top.ElementProblem("x", 1, "is odd", "even it").Error(), "f.toml:3: x: is odd; even it"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := top.ElementProblem("x", 7, "is odd", "even it"); got.Line != 2 {
		t.Errorf("an element that isn't there is on line %d, want the key's", got.Line)
	}
	if err := doc.Err(); err != nil {
		t.Error(err)
	}
}

func TestManyProblemsAreCut(t *testing.T) {
	var b strings.Builder
	for i := range 60 {
		fmt.Fprintf(&b, "key%d = 1\n", i)
	}
	doc, top := Parse("f.toml", []byte(b.String()))
	top.Only("id")
	top.Need("id", `id = "..."`)
	lines := strings.Split(message(doc.Err()), "\n")
	if len(lines) != maxProblems+1 {
		t.Fatalf("%d lines, want %d", len(lines), maxProblems+1)
	}
	// 61 problems: the keys and the one that is missing, which stands on line 1 too.
	if want := "f.toml:50: file: has 11 more problems from here on; correct those above first"; lines[maxProblems] != want {
		t.Errorf("last line %q, want %q", lines[maxProblems], want)
	}
}

func TestLargeFilesAreRefused(t *testing.T) {
	doc, top := Parse("f.toml", bytes.Repeat([]byte("#"), MaxFileBytes+1))
	if got, want := message(doc.Err()), "f.toml:1: file: is larger than 1048576 bytes; shorten it"; got != want || top != nil {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	doc, top = Parse("f.toml", bytes.Repeat([]byte("#"), MaxFileBytes))
	if err := doc.Err(); err != nil || top == nil {
		t.Errorf("a file of the largest size: %v", err)
	}
}

func TestReadFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "f.toml")
	if _, err := ReadFile(path); !errors.Is(err, os.ErrNotExist) || !strings.Contains(message(err), path) {
		t.Errorf("a missing file: %v", err)
	}
	if _, err := ReadFile(dir); !strings.HasSuffix(message(err), "; check that it is a readable file") {
		t.Errorf("a folder: %v", err)
	}
	if err := os.WriteFile(path, make([]byte, 2*MaxFileBytes), 0o600); err != nil {
		t.Fatal(err)
	}
	data, err := ReadFile(path)
	if err != nil || len(data) != MaxFileBytes+1 {
		t.Errorf("read %d bytes, %v", len(data), err)
	}
}

// TestHostileFiles are large and shaped to cost time or stack.
func TestHostileFiles(t *testing.T) {
	const half = MaxFileBytes / 2
	tests := map[string]string{
		"nested arrays":        "a = " + strings.Repeat("[", half) + strings.Repeat("]", half-8),
		"nested within bounds": "a = " + strings.Repeat("[", 9000) + strings.Repeat("]", 9000),
		"nested inline tables": "a = " + strings.Repeat("{a=", 9000) + "1" + strings.Repeat("}", 9000),
		"dotted key":           strings.Repeat("a.", half/4) + "a = 1",
		"dotted header":        "[" + strings.Repeat("a.", half/4) + "a]",
		"long key":             strings.Repeat("a", MaxFileBytes-4) + "=1",
		"array of tables":      strings.Repeat("[[table]]\n", MaxFileBytes/10),
		"long duration":        "duration = '" + strings.Repeat("0h", half-20) + "'",
		"long text":            "text = '" + strings.Repeat("x", MaxFileBytes-20) + "'",
		"long id":              "id = '" + strings.Repeat("x", MaxFileBytes-20) + "'",
	}
	for name, file := range tests {
		t.Run(name, func(t *testing.T) {
			stricttest.CheckForm(t, "f.toml", readAll("f.toml", []byte(file)))
		})
	}
}
