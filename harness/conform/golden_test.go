package conform

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestLoadGolden(t *testing.T) {
	got, err := LoadGolden("testdata/golden")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range got {
		names = append(names, e.Name)
	}
	if want := "health, hash, item, white space alone, method, stats"; strings.Join(names, ", ") != want {
		t.Errorf("exchanges %q, want %s", names, want)
	}
	if req := got[3].request(); string(req.body) != strings.Repeat(" \n", 100) {
		t.Errorf("body_repeat makes a body of %d bytes", len(req.body))
	}
}

func TestLoadGoldenErrors(t *testing.T) {
	const want = `"want":{"status":200,"content_type":"a","body":""}`
	tests := []struct {
		name, text string
		line       int
		says       string
	}{
		{"unknown key", "[\n{\"name\":\"a\",\n\"pfad\":\"/\"}\n]", 3, `unknown key "pfad"`},
		{"unknown key of the answer", "[{\"name\":\"a\",\n\"want\":{\"state\":1}}]", 2, `unknown key "state"`},
		{"key in another case", "[\n{\"Name\":\"a\"}]", 2, `unknown key "Name"`},
		{"key twice", "[\n{\"name\":\"a\",\n\n\"name\":\"a\"}]", 4, `key "name" is there twice`},
		{"header twice", "[{\"headers\":{\"A\":\"b\",\n\"A\":\"b\"}}]", 2, `key "A" is there twice`},
		{"no array", "\n{}", 2, `want "["`},
		{"empty file", "", 1, "unexpected EOF"},
		{"cut off", "[\n{\"name\":", 2, "unexpected EOF"},
		{"syntax", "[\n\n{\"name\" \"a\"}]", 3, "colon"},
		{"wrong type", "[\n{\"name\":\"a\",\"method\":7}]", 2, "cannot unmarshal"},
		{"null", "[\nnull]", 2, `want "{"`},
		{"text after it", "[]\n\nx", 3, "text after the array"},
		{"a second array", "[]\n[]", 2, "text after the array"},
		{"no name", "[\n{\"method\":\"GET\",\"path\":\"/\"," + want + "}]", 2, "name is missing"},
		{"no method", "[\n{\"name\":\"a\",\"path\":\"/\"," + want + "}]", 2, `method "" is none`},
		{"path without slash", "[\n{\"name\":\"a\",\"method\":\"GET\",\"path\":\"x\"," + want + "}]", 2, `path "x" is none`},
		{"path with a line", "[\n{\"name\":\"a\",\"method\":\"GET\",\"path\":\"/\\r\\nx\"," + want + "}]", 2, "path"},
		{"no status", "[\n{\"name\":\"a\",\"method\":\"GET\",\"path\":\"/\",\"want\":{}}]", 2, "want.status 0"},
		{"too much body", "[\n{\"name\":\"a\",\"method\":\"GET\",\"path\":\"/\",\"body\":\"ab\",\"body_repeat\":9000000," + want + "}]", 2, "body_repeat"},
		{"header with a line", "[\n{\"name\":\"a\",\"method\":\"GET\",\"path\":\"/\",\"headers\":{\"A\":\"b\\nc\"}," + want + "}]", 2, "cannot be sent"},
		{"body and keys", "[\n{\"name\":\"a\",\"method\":\"GET\",\"path\":\"/\",\"want\":{\"status\":200,\"body\":\"x\",\"keys\":[\"a\"]}}]", 2, "both"},
	}
	for _, tt := range tests {
		dir := t.TempDir()
		path := filepath.Join(dir, "x.json")
		if err := os.WriteFile(path, []byte(tt.text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := LoadGolden(dir)
		if err == nil {
			t.Errorf("%s: taken", tt.name)
			continue
		}
		if at := fmt.Sprintf("%s:%d: ", path, tt.line); !strings.HasPrefix(err.Error(), at) || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: error %q, want %q and %q", tt.name, err, at, tt.says)
		}
	}
}

func TestLoadGoldenNeedsFiles(t *testing.T) {
	if _, err := LoadGolden(t.TempDir()); err == nil || !strings.Contains(err.Error(), "no *.json") {
		t.Errorf("empty folder: %v", err)
	}
	missing := filepath.Join(t.TempDir(), "missing")
	if _, err := LoadGolden(missing); err == nil || !strings.Contains(err.Error(), missing) {
		t.Errorf("missing folder: %v", err)
	}
}

// FuzzLoadGolden: a file never makes it panic; an error names file and line; what is taken
// can be sent and judged.
func FuzzLoadGolden(f *testing.F) {
	for _, name := range []string{"a.json", "b.json"} {
		text, err := os.ReadFile(filepath.Join("testdata/golden", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(`[{"name":"a","want":{"status":200,"keys":["a"]}}]`))
	f.Add([]byte(`[{"headers":{"a":null}},{}]`))
	where := regexp.MustCompile(`^x\.json:[0-9]+: `)
	f.Fuzz(func(t *testing.T, text []byte) {
		exchanges, err := parseGolden("x.json", text)
		if err != nil {
			if !where.MatchString(err.Error()) {
				t.Errorf("error %q names no line", err)
			}
			return
		}
		for _, e := range exchanges {
			req := e.request()
			req.wire("127.0.0.1:1")
			compareGolden(req, e.Want, answer{body: text})
		}
	})
}
