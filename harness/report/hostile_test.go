package report

import (
	"bytes"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"github.com/assay-bench/assay/harness/report/chart"
	"github.com/assay-bench/assay/harness/trial"
	"github.com/assay-bench/assay/harness/verdict"
)

const hostile = "a | b `c` **d** <script>alert(1)</script> <img src=x onerror=y>\n# e\n- f\n| g | & &amp; _h_ $i$ ~~j~~ [k](http://l) \\ \"m\" 'n' \x1b[31m"

// spoil puts the hostile string wherever a file or a server's words can reach the report.
func (s *synthetic) spoil() Input {
	s.plan.Ledger.Article.Title = hostile
	for i := range s.plan.Ledger.Claims {
		c := &s.plan.Ledger.Claims[i]
		c.Summary, c.Where, c.Section = hostile, hostile, hostile
		for k := range c.Readings {
			c.Readings[k].Says = hostile
			if c.Readings[k].Needs != "" {
				c.Readings[k].Needs, c.Readings[k].Reason = hostile, hostile
			}
			if c.Readings[k].NotYet != "" {
				c.Readings[k].NotYet = hostile
			}
		}
	}
	for i := range s.plan.Targets {
		t := &s.plan.Targets[i]
		t.Stack, t.Tier, t.Language = hostile, hostile, hostile
		t.Disclose = map[string]string{hostile: hostile}
		t.Build.Command, t.Build.Env = []string{hostile}, map[string]string{hostile: hostile}
	}
	s.plan.HostLimitReason, s.plan.Profile, s.plan.Version, s.plan.Engine = hostile, hostile, hostile, hostile
	s.plan.LeftOut[0].Claim, s.plan.LeftOut[0].Reading, s.plan.LeftOut[0].Why = hostile, hostile, hostile
	s.env.OS, s.env.Kernel, s.env.CPUModel, s.env.RuntimeReason = hostile, hostile, hostile, hostile
	s.env.Toolchains, s.env.Sysctls = map[string]string{hostile: hostile}, map[string]string{hostile: hostile}
	for i := range s.records {
		r := &s.records[i]
		if r.Status != trial.OK {
			r.Failure, r.Connections.WhyNot = hostile, hostile
			r.Errors = map[string]int64{hostile: 3}
		}
		r.Warnings = []trial.Warning{{Code: hostile, Detail: hostile}}
		for k := range r.Checks {
			r.Checks[k].Detail, r.Checks[k].ID = hostile, "x"+hostile
		}
	}
	in := s.input()
	in.Command, in.RunID = "assay run ```\n"+hostile, hostile
	for i := range in.Judgement.Claims {
		c := &in.Judgement.Claims[i]
		c.Reason = hostile
		c.Notes = append(c.Notes, verdict.Note{Code: hostile, Detail: hostile})
		for k := range c.Readings {
			c.Readings[k].Reason, c.Readings[k].Rule, c.Readings[k].WouldChange = hostile, hostile, hostile
		}
	}
	in.Judgement.Warnings = []trial.Warning{{Code: hostile, Detail: hostile}}
	return in
}

func markdownToHTML(t testing.TB, md []byte) string {
	t.Helper()
	var buf bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough)).Convert(md, &buf); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

func TestHostileMarkdown(t *testing.T) {
	clean := markdownToHTML(t, render(t, Markdown, build(t, newSynthetic().input())))
	page := markdownToHTML(t, render(t, Markdown, build(t, newSynthetic().spoil())))
	for _, bad := range []string{"<script", "<img src=x", "raw HTML omitted", "<del>", "<em>"} {
		if strings.Contains(page, bad) {
			t.Errorf("report.md holds live %q", bad)
		}
	}
	for _, tag := range []string{"<h1", "<h2", "<h3", "<table>"} {
		if got, want := strings.Count(page, tag), strings.Count(clean, tag); got != want {
			t.Errorf("%d %s; without hostile strings %d", got, tag, want)
		}
	}
	if strings.Contains(page, `href="http`) {
		t.Error("report.md links to an address that came in with the data")
	}
	for _, table := range strings.Split(page, "<table>")[1:] {
		table, _, _ = strings.Cut(table, "</table>")
		columns := strings.Count(table, "<th>") + strings.Count(table, "<th ")
		for _, row := range strings.Split(table, "<tr>")[2:] {
			if n := strings.Count(row, "<td"); n != columns {
				t.Fatalf("a row of %d cells in a table of %d columns:\n%s", n, columns, row)
			}
		}
	}
}

func TestHostileHTML(t *testing.T) {
	page := render(t, HTML, build(t, newSynthetic().spoil()))
	_, _, text := readHTML(t, page) // fails on live tags
	if !strings.Contains(text, "<script>alert(1)</script>") {
		t.Error("the hostile words are gone; they must be shown as they are")
	}
}

func TestHostileTerminal(t *testing.T) {
	doc := build(t, newSynthetic().spoil())
	out := string(render(t, Terminal(80, false), doc)) + string(render(t, Ledger(80, false), doc))
	if strings.Contains(out, "\x1b") {
		t.Error("the data's escape sequences reach the terminal")
	}
	for i, line := range strings.Split(out, "\n") {
		if n := len([]rune(line)); n > 80 {
			t.Errorf("line %d has %d columns:\n%s", i+1, n, line)
		}
	}
}

func TestHostilePlots(t *testing.T) {
	for _, fig := range build(t, newSynthetic().spoil()).figures() {
		svg, err := chart.SVG(fig.Chart)
		if err != nil {
			t.Fatal(err)
		}
		svgText(t, File{fig.ID + ".svg", svg}) // fails where it is not XML
		if bytes.Contains(svg, []byte("<script")) {
			t.Errorf("%s holds a script", fig.ID)
		}
	}
}

// A cell shows the very words that were put in.
func FuzzMarkdownCell(f *testing.F) {
	for _, s := range []string{hostile, "a_b _c_ __d__", "1. x", "&lt;", "\\|", "``", "<!-- -->", "![x](y)", "~a~", "\\", "a\\"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want := string([]rune(oneLine(s)))
		page := markdownToHTML(t, []byte("| a |\n| --- |\n| "+escapeMarkdown(want)+" |\n"))
		cells := regexp.MustCompile(`(?s)<td>(.*?)</td>`).FindAllStringSubmatch(page, -1)
		if want == "" {
			return
		}
		if len(cells) != 1 || html.UnescapeString(cells[0][1]) != want {
			t.Errorf("%q shows as %q", want, page)
		}
	})
}
