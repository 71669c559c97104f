package report

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares output with a file under testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(got, want) {
		return
	}
	gotLines, wantLines := bytes.Split(got, []byte("\n")), bytes.Split(want, []byte("\n"))
	for i := range max(len(gotLines), len(wantLines)) {
		var g, w []byte
		if i < len(gotLines) {
			g = gotLines[i]
		}
		if i < len(wantLines) {
			w = wantLines[i]
		}
		if !bytes.Equal(g, w) {
			t.Fatalf("%s:%d\n got: %s\nwant: %s\n(go test -update writes it anew)", path, i+1, g, w)
		}
	}
}

func build(t *testing.T, in Input) Document {
	t.Helper()
	doc, err := Build(in)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func render(t *testing.T, r Renderer, doc Document) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := r(&buf, doc); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestGolden(t *testing.T) {
	doc := build(t, newSynthetic().input())
	golden(t, "report.md", render(t, Markdown, doc))
	golden(t, "report.html", render(t, HTML, doc))
	golden(t, "terminal.txt", render(t, Terminal(100, false), doc))
	golden(t, "ledger.txt", render(t, Ledger(80, false), doc))
	golden(t, "terminal-colour.txt", render(t, Terminal(72, true), doc))
}
