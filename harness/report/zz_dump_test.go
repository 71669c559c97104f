package report

import (
	"os"
	"testing"
)

func TestDump(t *testing.T) {
	dir := os.Getenv("REP_DIR")
	if dir == "" {
		t.Skip()
	}
	doc := build(t, newSynthetic().input())
	fs, err := Plots(doc)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range fs {
		os.WriteFile(dir+"/"+f.Name, f.Bytes, 0o644)
	}
	os.WriteFile(dir+"/report.html", render(t, HTML, doc), 0o644)
	os.WriteFile(dir+"/report.md", render(t, Markdown, doc), 0o644)
}
