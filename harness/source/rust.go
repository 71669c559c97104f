package source

import "strings"

// rustLines counts the lines on which a token of Rust stands, without items under #[cfg(test)].
func rustLines(body []byte) int {
	r := rustReader{text: string(body), line: 1}
	r.read()
	var lines []int
	for _, t := range withoutTests(r.tokens) {
		for i := t.first; i <= t.last; i++ {
			lines = append(lines, i)
		}
	}
	return distinct(lines)
}

// A rustToken is a word, a literal (text "") or a single sign.
type rustToken struct {
	text        string
	first, last int // lines
}

// A rustReader splits source into tokens, as far as comments, strings and brackets go.
type rustReader struct {
	text   string
	line   int // 1-based, of the text's beginning
	tokens []rustToken
}

func (r *rustReader) read() {
	for r.text != "" {
		switch c := r.text[0]; {
		case c <= ' ':
			r.skip(1)
		case strings.HasPrefix(r.text, "//"):
			r.skip(orAll(r.text, strings.IndexByte(r.text, '\n')))
		case strings.HasPrefix(r.text, "/*"):
			r.skip(comment(r.text))
		case c == '"':
			r.take("", quoted(r.text))
		case c == '\'':
			r.apostrophe()
		case isWord(c):
			r.word()
		default:
			r.take(r.text[:1], 1)
		}
	}
}

// skip leaves bytes out and counts their lines.
func (r *rustReader) skip(n int) {
	r.line += strings.Count(r.text[:n], "\n")
	r.text = r.text[n:]
}

func (r *rustReader) take(text string, n int) {
	first := r.line
	r.skip(n)
	r.tokens = append(r.tokens, rustToken{text, first, r.line})
}

// word takes an identifier or number, or the literal that such a prefix begins: r"...", br#"..."#, c"...", b'x'.
func (r *rustReader) word() {
	n := 0
	for n < len(r.text) && isWord(r.text[n]) {
		n++
	}
	prefix, rest := r.text[:n], r.text[n:]
	switch {
	case isRaw(prefix) && strings.HasPrefix(strings.TrimLeft(rest, "#"), `"`):
		r.take("", n+raw(rest))
	case (prefix == "b" || prefix == "c") && strings.HasPrefix(rest, `"`):
		r.take("", n+quoted(rest))
	default:
		r.take(prefix, n)
	}
}

// apostrophe takes a character, 'x' or '\n', or the mark of a lifetime, 'a, which is followed by a word.
func (r *rustReader) apostrophe() {
	if strings.HasPrefix(r.text, `'\`) {
		end := strings.IndexByte(r.text[min(3, len(r.text)):], '\'') // behind what is escaped, a quote perhaps
		if end < 0 {
			r.take("", len(r.text))
			return
		}
		r.take("", 3+end+1)
		return
	}
	for i, c := range r.text[1:] {
		if i > 0 { // the second character decides
			if c == '\'' {
				r.take("", 1+i+1)
				return
			}
			break
		}
	}
	r.take("'", 1)
}

func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

func isRaw(prefix string) bool { return prefix == "r" || prefix == "br" || prefix == "cr" }

// orAll is n, or all of the text where there was none.
func orAll(text string, n int) int {
	if n < 0 {
		return len(text)
	}
	return n
}

// comment is the length of the block comment that the text begins with; they nest.
func comment(text string) int {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch {
		case strings.HasPrefix(text[i:], "/*"):
			depth++
			i++
		case strings.HasPrefix(text[i:], "*/"):
			i++
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(text)
}

// quoted is the length of the string that the text begins with.
func quoted(text string) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(text)
}

// raw is the length of #"..."# with as many # on both sides.
func raw(text string) int {
	hashes := len(text) - len(strings.TrimLeft(text, "#"))
	end := strings.Index(text[hashes+1:], `"`+strings.Repeat("#", hashes))
	if end < 0 {
		return len(text)
	}
	return hashes + 1 + end + 1 + hashes
}

// withoutTests leaves out each item behind #[cfg(test)]: to its closing brace, or the semicolon before one.
func withoutTests(tokens []rustToken) []rustToken {
	var kept []rustToken
	for i := 0; i < len(tokens); {
		if !isCfgTest(tokens[i:]) {
			kept = append(kept, tokens[i])
			i++
			continue
		}
		i += itemEnd(tokens[i:])
	}
	return kept
}

func isCfgTest(tokens []rustToken) bool {
	for i, want := range []string{"#", "[", "cfg", "(", "test", ")", "]"} {
		if i >= len(tokens) || tokens[i].text != want {
			return false
		}
	}
	return true
}

// itemEnd is how many tokens an item has, attributes included.
func itemEnd(tokens []rustToken) int {
	depth := 0
	for i, t := range tokens {
		switch t.text {
		case "(", "[", "{":
			depth++
		case ")", "]", "}":
			if depth--; depth == 0 && t.text == "}" {
				return i + 1
			}
		case ";":
			if depth == 0 {
				return i + 1
			}
		}
	}
	return len(tokens)
}
