package report

import (
	"testing"

	"github.com/assay-bench/assay/harness/verdict"
)

// A source is a link only where its address is a plain one of the web: what came in with the data runs nothing and ends no cell.
func TestSourceLinks(t *testing.T) {
	for _, c := range []struct {
		url  string
		link bool
	}{
		{"https://example.org/survey?year=2021#go", true},
		{"http://example.org", true},
		{"", false},
		{"example.org/survey", false},
		{"javascript:alert(1)", false},
		{"https://example.org/a|b", false},
		{"https://example.org/a)b", false},
		{"https://example.org/a b", false},
		{"https://example.org@evil.example/", false},
		{"https://example.org/\u202egro", false},
		{hostile, false},
	} {
		text := sourceLink(verdict.Source{Source: "a survey", URL: c.url})
		if got := text[0].Kind == Link; got != c.link || got && text[0].Href != c.url {
			t.Errorf("%q: %+v; a link: want %t", c.url, text, c.link)
		}
	}
}
