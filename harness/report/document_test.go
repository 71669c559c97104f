package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
)

// links and ids of a page, and its text, read strictly: a tag left open is an error.
func readHTML(t *testing.T, page []byte) (hrefs, ids []string, text string) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(page))
	d.Entity = xml.HTMLEntity
	var b strings.Builder
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return hrefs, ids, b.String()
		}
		if err != nil {
			t.Fatalf("report.html: %v", err)
		}
		switch token := token.(type) {
		case xml.CharData:
			b.Write(token)
		case xml.StartElement:
			for _, a := range token.Attr {
				switch a.Name.Local {
				case "href":
					hrefs = append(hrefs, a.Value)
				case "id":
					ids = append(ids, a.Value)
				case "src", "srcset", "onclick", "onload", "onerror":
					t.Errorf("report.html: <%s %s=%q>: the page must need nothing else and run nothing", token.Name.Local, a.Name.Local, a.Value)
				}
			}
			if name := token.Name.Local; name == "script" || name == "link" || name == "iframe" || name == "img" {
				t.Errorf("report.html: has a <%s>", name)
			}
		}
	}
}

func TestHTMLStandsAlone(t *testing.T) {
	page := render(t, HTML, build(t, newSynthetic().input()))
	hrefs, ids, _ := readHTML(t, page)
	known := map[string]bool{}
	for _, id := range ids {
		if known[id] {
			t.Errorf("id %q occurs twice", id)
		}
		known[id] = true
	}
	if len(hrefs) < 20 {
		t.Errorf("%d links; want the contents and a link for each claim", len(hrefs))
	}
	for _, h := range hrefs {
		if !strings.HasPrefix(h, "#") || !known[h[1:]] {
			t.Errorf("link to %q: no such place in the page", h)
		}
	}
	for _, loads := range []string{"url(", "@import", "http://", "https://"} {
		left := strings.NewReplacer("http://www.w3.org/2000/svg", "", "http://www.w3.org/1999/xlink", "").Replace(string(page))
		if strings.Contains(left, loads) {
			t.Errorf("the page contains %q", loads)
		}
	}
}

func TestMarkdownLinksLeadSomewhere(t *testing.T) {
	md := string(render(t, Markdown, build(t, newSynthetic().input())))
	headings := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(md, -1) {
		a := anchor(m[1])
		if headings[a] {
			t.Errorf("two headings have the anchor %q", a)
		}
		headings[a] = true
	}
	links := regexp.MustCompile(`\]\(#([^)]*)\)`).FindAllStringSubmatch(md, -1)
	if len(links) < 9 {
		t.Errorf("%d links within the report; want one for each claim at least", len(links))
	}
	for _, l := range links {
		if !headings[l[1]] {
			t.Errorf("link to #%s: no such heading", l[1])
		}
	}
}

// The files that report.md shows are those that Plots makes.
func TestMarkdownShowsThePlots(t *testing.T) {
	doc := build(t, newSynthetic().input())
	md := string(render(t, Markdown, doc))
	files := plotsOnce(t)
	shown := regexp.MustCompile(`\]\(([a-z0-9-]+\.(?:svg|png))\)`).FindAllStringSubmatch(md, -1)
	want := map[string]bool{}
	for _, f := range files {
		want[f.Name] = true
	}
	for _, s := range shown {
		if !want[s[1]] {
			t.Errorf("report.md shows %s, which Plots doesn't make", s[1])
		}
		delete(want, s[1])
	}
	if len(want) > 0 || len(shown) == 0 {
		t.Errorf("report.md shows %d plots, not %v", len(shown), want)
	}
}

// Records come in the order they ran, but nothing may hang on map order or on a clock.
func TestSameInputSameBytes(t *testing.T) {
	all := func(files []File) string {
		doc := build(t, newSynthetic().input())
		var b bytes.Buffer
		for _, r := range []Renderer{Markdown, HTML, Terminal(80, true)} {
			b.Write(render(t, r, doc))
		}
		if files == nil {
			var err error
			if files, err = Plots(doc); err != nil {
				t.Fatal(err)
			}
		}
		for _, f := range files {
			fmt.Fprintf(&b, "%s\n%s\n", f.Name, f.Bytes)
		}
		return b.String()
	}
	if first, second := all(plotsOnce(t)), all(nil); first != second {
		t.Error("two builds of the same input differ")
	}
}

// A page takes the plots that are drawn already, and is the same.
func TestAPageTakesDrawnPlots(t *testing.T) {
	doc, files := build(t, newSynthetic().input()), plotsOnce(t)
	with := func(files []File) string {
		var b bytes.Buffer
		if err := HTMLOf(&b, doc, files); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	if with(files) != with(nil) {
		t.Error("a page with the drawn plots differs from one that draws them")
	}
	if other := []File{{files[0].Name, []byte("<svg>drawn before</svg>")}}; !strings.Contains(with(other), "<svg>drawn before</svg>") {
		t.Error("the plot that is given is drawn again")
	}
}

func TestTheOrderOfTheReport(t *testing.T) {
	var got []string
	for _, s := range build(t, newSynthetic().input()).Sections {
		got = append(got, s.Title)
	}
	want := "Verdicts|Validity and A/A|The measured claims|Claims without a measurement|Side by side|Method|Environment|" +
		"Rejected trials|Limits of this run|How to reproduce|Hashes"
	if strings.Join(got, "|") != want {
		t.Errorf("sections %s\nwant %s", strings.Join(got, "|"), want)
	}
}

func TestEveryThresholdComesFromThePlan(t *testing.T) {
	s := newSynthetic()
	l := &s.plan.Limits
	l.AgentCPU, l.LatenessFloorUS, l.LatenessOfP50, l.LatenessOfSLO = 0.713, 271, 0.131, 0.017
	l.SentOfScheduled, l.Steal, l.SamplesPerTail, l.Attempts, l.FloorFarExceededFactor = 0.973, 0.023, 11, 7, 3.7
	l.OrderLevel = 0.0137
	s.plan.Ledger.Article.Margin = 1.0625
	md := string(render(t, Markdown, build(t, s.input())))
	for _, want := range []string{"71.3 %", "271 us", "13.1 %", "1.7 %", "97.3 %", "2.3 %", "11/(1-q)", "7 attempts", "3.7 times", "1.0625", "0.0137"} {
		if !strings.Contains(md, want) {
			t.Errorf("the report doesn't print %q", want)
		}
	}
}
