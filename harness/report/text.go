package report

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/assay-bench/assay/harness/verdict"
)

// code is a text in code style; nothing is shown as missing.
func code(s string) Text {
	if oneLine(s) == "" {
		return plain(missing)
	}
	return Text{{Kind: Code, Text: oneLine(s)}}
}

// The other builders of texts and blocks, each for one kind.
func plain(s string) Text            { return Text{{Kind: Plain, Text: oneLine(s)}} }
func strong(s string) Text           { return Text{{Kind: Strong, Text: oneLine(s)}} }
func link(s, href string) Text       { return Text{{Kind: Link, Text: oneLine(s), Href: href}} }
func badge(v verdict.Verdict) Text   { return Text{{Kind: Badge, Text: string(v), Is: v}} }
func claimLink(id string) Text       { return link(id, "#"+anchor(id)) }
func paragraph(t Text) Block         { return Block{Paragraph: t} }
func list(items ...Text) Block       { return Block{List: items} }
func table(t Table) Block            { return Block{Table: &t} }
func figure(f Figure) Block          { return Block{Figure: &f} }
func cells(ts ...Text) TableRow      { return TableRow{Cells: ts} }
func headingRow(t Text) TableRow     { return TableRow{Heading: t} }
func left(titles ...string) []Column { return columns(false, titles...) }

// numbers are columns whose first is text and whose others are numbers.
func numbers(titles ...string) []Column {
	out := columns(true, titles...)
	if len(out) > 0 {
		out[0].Right = false
	}
	return out
}

func columns(right bool, titles ...string) []Column {
	var out []Column
	for _, t := range titles {
		out = append(out, Column{Title: t, Right: right})
	}
	return out
}

// join puts texts after one another.
func join(ts ...Text) Text {
	var out Text
	for _, t := range ts {
		out = append(out, t...)
	}
	return out
}

// oneLine folds every run of white space and control characters into one space.
func oneLine(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

// clean puts a space for every character that is not to be shown: control characters,
// line breaks among them, and what no XML document may hold.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == 0x2028 || r == 0x2029 || r == 0xfffe || r == 0xffff {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// raw keeps the blanks at the ends of s, which plain loses: for this package's words
// that stand beside other spans.
func raw(s string) Text { return Text{{Kind: Plain, Text: clean(s)}} }

func rawf(f string, args ...any) Text { return raw(fmt.Sprintf(f, args...)) }

// sentence ends s with a full stop where it has no end yet.
func sentence(s string) string {
	s = oneLine(s)
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".!?:") {
		return s
	}
	return s + "."
}

// anchor is the fragment that GitHub derives from a heading: lower case, blanks as
// hyphens, nothing but letters, digits, hyphens and underscores.
func anchor(title string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(oneLine(title)) {
		switch {
		case r == ' ':
			b.WriteByte('-')
		case r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z':
			b.WriteRune(r)
		}
	}
	return b.String()
}

// listed writes "a, b and c".
func listed(items []string) string {
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	}
	return strings.Join(items[:len(items)-1], ", ") + " and " + items[len(items)-1]
}
