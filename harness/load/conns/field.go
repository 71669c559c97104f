package conns

import "bytes"

// cutField cuts a line of a header or trailer into name and value, without the blanks around the value. ok is false where the
// name is no token or the value holds a control character (RFC 9110, 5.1 and 5.5): a reader that took those would see other
// fields than the next one does.
func cutField(line []byte) (name, value []byte, ok bool) {
	name, value, ok = bytes.Cut(line, []byte{':'})
	if !ok || len(name) == 0 {
		return nil, nil, false
	}
	for _, c := range name {
		if !inToken[c] {
			return nil, nil, false
		}
	}
	for _, c := range value {
		if c < ' ' && c != '\t' || c == 0x7f {
			return nil, nil, false
		}
	}
	return name, trim(value), true
}

// inToken marks the bytes that a token is made of (RFC 9110, 5.6.2).
var inToken = func() (in [256]bool) {
	for _, c := range []byte("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") {
		in[c] = true
	}
	return in
}()

func trim(b []byte) []byte { return bytes.Trim(b, " \t") }

// equalFold compares with a word in lower-case ASCII letters and hyphens.
func equalFold(b []byte, word string) bool {
	if len(b) != len(word) {
		return false
	}
	for i := range len(word) {
		c := b[i]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		if c != word[i] {
			return false
		}
	}
	return true
}
