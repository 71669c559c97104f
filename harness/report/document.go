package report

import (
	"io"

	"github.com/assay-bench/assay/harness/report/chart"
	"github.com/assay-bench/assay/harness/verdict"
)

// A Document is a report with everything resolved to what is shown.
type Document struct {
	RunID    string
	Title    string
	Lead     []Text   // paragraphs under the title
	Verdicts []Row    // all claims in the ledger's order, for the terminal's table
	Counts   string   // "2 supported, 1 refuted, ..."
	Changed  string   // how the sources differ from what was measured, in a sentence; "" where they do not
	Withheld []string // claims and readings without a verdict for a failed check, what to do, and how many controls fired; a line each
	Sections []Section
}

// A Row is one claim of the verdict table.
type Row struct {
	Claim   string
	Section string // the article's heading
	Verdict verdict.Verdict
	Reason  string // one line
	Beside  string // what the verdict is easily misread without, and the claims that it contradicts; "" for nothing
}

// A Section has a heading, blocks, and sections of the next level.
type Section struct {
	ID       string // anchor; what GitHub makes of the title too
	Title    string
	Badge    verdict.Verdict // "" where no verdict stands beside the title
	Blocks   []Block
	Sections []Section
}

// A Block is exactly one of its fields.
type Block struct {
	Paragraph Text
	List      []Text
	Table     *Table
	Code      string // a command or listing, as it is
	Figure    *Figure
	Details   *Details
}

// A Table of texts. Short rows are filled up with empty cells by the renderers.
type Table struct {
	Caption string
	Class   string // a hint for HTML: "verdicts"
	Columns []Column
	Rows    []TableRow
}

// A Column of a Table.
type Column struct {
	Title string
	Right bool // numbers
}

// A TableRow has one text a column, or is a heading across all columns.
type TableRow struct {
	Heading Text
	Cells   []Text
}

// A Figure is a plot with its words.
type Figure struct {
	ID      string // file name without extension
	Title   string
	Caption Text
	Chart   chart.Chart
}

// Details is a long list that HTML folds away. Markdown, which cannot fold, prints
// Instead.
type Details struct {
	Summary string
	Code    string
	Instead Text
}

// Text is a line of spans.
type Text []Span

// A Span is a piece of text in one style.
type Span struct {
	Kind SpanKind
	Text string
	Href string          // Link: "#anchor"
	Is   verdict.Verdict // Badge
}

// SpanKind is the style of a Span.
type SpanKind string

// The kinds of a Span.
const (
	Plain  SpanKind = "plain"
	Code   SpanKind = "code"
	Strong SpanKind = "strong"
	Link   SpanKind = "link"
	Badge  SpanKind = "badge"
)

// A Renderer writes a document in one format.
type Renderer func(io.Writer, Document) error

// figures walks the document in order.
func (d Document) figures() []Figure {
	var out []Figure
	var walk func([]Section)
	walk = func(sections []Section) {
		for _, s := range sections {
			for _, b := range s.Blocks {
				if b.Figure != nil {
					out = append(out, *b.Figure)
				}
			}
			walk(s.Sections)
		}
	}
	walk(d.Sections)
	return out
}
