package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// The combined hash is what a reader gets from sha256sum over the sorted raw files.
func TestCombinedHash(t *testing.T) {
	in := newSynthetic().input()
	slices.Reverse(in.Hashes) // the order of the input says nothing
	var lines []string
	for _, f := range in.Hashes {
		if strings.HasPrefix(f.Path, "raw/") {
			lines = append(lines, f.Path)
		}
	}
	slices.Sort(lines)
	var listing strings.Builder
	for _, path := range lines {
		for _, f := range in.Hashes {
			if f.Path == path {
				fmt.Fprintf(&listing, "%s  %s\n", f.SHA256, path)
			}
		}
	}
	sum := sha256.Sum256([]byte(listing.String()))
	doc := build(t, in)
	md := string(render(t, Markdown, doc))
	for _, want := range []string{hex.EncodeToString(sum[:]), "77 files under raw/", in.PlanHash, "| `trials.jsonl` |"} {
		if !strings.Contains(md, want) {
			t.Errorf("report.md doesn't hold %q", want)
		}
	}
	if strings.Contains(md, lines[0]) {
		t.Error("report.md lists the raw files; that belongs in report.html")
	}
	if page := string(render(t, HTML, doc)); !strings.Contains(page, "<details><summary>All 77 raw files</summary>") || !strings.Contains(page, lines[0]) {
		t.Error("report.html doesn't fold the list of raw files")
	}
}
