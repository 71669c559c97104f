package report

import (
	"bytes"
	_ "embed" // the page and its styles are part of the program
	"fmt"
	"html/template"
	"io"

	"github.com/assay-bench/assay/harness/report/chart"
	"github.com/assay-bench/assay/harness/verdict"
)

//go:embed page.html.tmpl
var pageTemplate string

//go:embed page.css
var pageStyles string

// HTML writes the document as one page that needs nothing else: styles and plots are
// inside, no script, no address outside it.
func HTML(w io.Writer, doc Document) error { return HTMLOf(w, doc, nil) }

// HTMLOf is HTML with the document's plots as [Plots] drew them; one that is not among them is drawn.
func HTMLOf(w io.Writer, doc Document, plots []File) error {
	drawn := map[string][]byte{}
	for _, f := range plots {
		drawn[f.Name] = f.Bytes
	}
	t, err := template.New("page").Funcs(template.FuncMap{
		"svg":      func(f Figure) (template.HTML, error) { return inlineSVG(f, drawn[f.ID+".svg"]) },
		"shape":    plotShape,
		"class":    badgeClass,
		"heading":  heading,
		"columnAt": columnAt,
		"styles":   func() template.CSS { return template.CSS(pageStyles) },
	}).Parse(pageTemplate)
	if err != nil {
		return fmt.Errorf("report.html: %w", err)
	}
	var buf bytes.Buffer
	if err := t.Execute(&buf, doc); err != nil {
		return fmt.Errorf("report.html: %w", err)
	}
	if _, err := w.Write(buf.Bytes()); err != nil {
		return fmt.Errorf("write report.html: %w", err)
	}
	return nil
}

// inlineSVG is a figure without the XML declaration, which HTML does not know; it is drawn where nobody has. The
// SVG is ours and escapes every text in it.
func inlineSVG(f Figure, svg []byte) (template.HTML, error) {
	if svg == nil {
		var err error
		if svg, err = chart.SVG(f.Chart); err != nil {
			return "", fmt.Errorf("plot %s: %w", f.ID, err)
		}
	}
	i := bytes.Index(svg, []byte("<svg"))
	if i < 0 {
		return "", fmt.Errorf("plot %s: no svg element", f.ID)
	}
	return template.HTML(svg[i:]), nil
}

// smallPlot is the width in pixels up to which a plot shrinks to a narrow screen. A wider one would not be
// readable then; it is scrolled.
const smallPlot = 640

func plotShape(f Figure) string {
	if width, _ := f.Chart.Pixels(); width <= smallPlot {
		return "small"
	}
	return ""
}

func badgeClass(v verdict.Verdict) string {
	switch v {
	case verdict.Supported:
		return "supported"
	case verdict.Refuted:
		return "refuted"
	case verdict.Inconclusive:
		return "inconclusive"
	}
	return "open"
}

// A headedSection is a section with the level of its heading.
type headedSection struct {
	Section
	Level int
}

func heading(level int, s Section) headedSection { return headedSection{s, level} }

// columnAt finds the column of a cell; a cell too many has none.
func columnAt(columns []Column, i int) Column {
	if i < len(columns) {
		return columns[i]
	}
	return Column{}
}
