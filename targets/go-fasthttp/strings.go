package main

import (
	"bytes"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// literalEnd returns the length of the valid JSON string literal that text begins with.
func literalEnd(text []byte) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++ // what is escaped does not end the literal
		case '"':
			return i + 1
		}
	}
	return len(text)
}

// surrogatesPaired tells whether each \u escape of a valid JSON string literal that is
// half of a surrogate pair stands beside its other half.
func surrogatesPaired(literal []byte) bool {
	for {
		i := bytes.IndexByte(literal, '\\')
		if i < 0 {
			return true
		}
		literal = literal[i:]
		high, isUnicode := unicodeEscape(literal)
		switch {
		case !isUnicode:
			literal = literal[2:]
		case !utf16.IsSurrogate(high):
			literal = literal[6:]
		default:
			low, _ := unicodeEscape(literal[6:])
			if utf16.DecodeRune(high, low) == utf8.RuneError {
				return false
			}
			literal = literal[12:]
		}
	}
}

// unicodeEscape returns the code unit of the \uXXXX that text begins with, if it does.
func unicodeEscape(text []byte) (rune, bool) {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return 0, false
	}
	unit, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	return rune(unit), err == nil
}

// appendString appends s, which is valid UTF-8, as a JSON string literal, escaping only
// what RFC 8259 demands. (encoding/json escapes <, > and & too, and U+2028.)
func appendString(b []byte, s string) []byte {
	const hexDigits = "0123456789abcdef"
	b = append(b, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c == '\b':
			b = append(b, `\b`...)
		case c == '\f':
			b = append(b, `\f`...)
		case c == '\n':
			b = append(b, `\n`...)
		case c == '\r':
			b = append(b, `\r`...)
		case c == '\t':
			b = append(b, `\t`...)
		case c < 0x20:
			b = append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}
