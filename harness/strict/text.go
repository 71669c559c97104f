package strict

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxID bounds an id, in characters.
const MaxID = 64

// Text returns a string of 1 to most characters on one line.
func (t *Table) Text(key string, most int) string {
	s, ok := value[string](t, key, "a string", key+` = "..."`)
	if !ok {
		return ""
	}
	if what, fix := improper(s, most); what != "" {
		t.Bad(key, what, fix)
		return ""
	}
	return s
}

// Texts returns an array of 1 to most strings of 1 to each characters, nil if one of
// them is wrong.
func (t *Table) Texts(key string, most, each int) []string {
	list, ok := t.list(key, "an array of strings", key+` = ["..."]`, most)
	if !ok {
		return nil
	}
	texts := make([]string, 0, len(list))
	for i, raw := range list {
		s, ok := raw.(string)
		if !ok {
			t.BadElement(key, i, "an entry is "+kind(raw)+", not a string", "write it in quotes")
			return nil
		}
		if what, fix := improper(s, each); what != "" {
			t.BadElement(key, i, what, fix)
			return nil
		}
		texts = append(texts, s)
	}
	return texts
}

// improper says why a string can't stand in a one-line message and in the report, and
// what to do about it; empty where it can.
func improper(s string, most int) (what, fix string) {
	switch n := utf8.RuneCountInString(s); {
	case strings.TrimSpace(s) == "":
		return "is empty", "fill it in or remove the key"
	case strings.TrimSpace(s) != s:
		return "begins or ends with white space", "remove the white space"
	case strings.ContainsFunc(s, breaksLine):
		return "has a line break or control character", "keep it on one line of plain text"
	case strings.ContainsFunc(s, turnsText):
		return "has a character that changes the direction of the text around it", "write it without; it is invisible, and what is shown reads otherwise than what is written"
	case n > most:
		return fmt.Sprintf("has %d characters", n), fmt.Sprintf("shorten it to at most %d", most)
	}
	return "", ""
}

// ID returns a string for which IsID holds.
func (t *Table) ID(key string) string {
	s := t.Text(key, MaxID)
	if s != "" && !IsID(s) {
		t.Bad(key, Quote(s)+" is not an id", "use lower-case letters, digits and single hyphens, letters or digits at both ends")
		return ""
	}
	return s
}

// IsID tells names of lower-case letters, digits and single hyphens inside, of at most
// MaxID characters.
func IsID(s string) bool {
	for i, r := range s {
		inner := i > 0 && i < len(s)-1 && s[i-1] != '-'
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && (r != '-' || !inner) {
			return false
		}
	}
	return s != "" && len(s) <= MaxID
}

// Quote shows a value of the file in a message: quoted, and shortened to MaxID characters.
func Quote(s string) string { return strconv.Quote(shorten(s, MaxID)) }

func shorten(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "..."
}

// oneLine keeps a message on its line, whatever the file contains.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if breaksLine(r) || turnsText(r) {
			return ' '
		}
		return r
	}, s)
}

// turnsText holds of characters that no reader sees and that show others in another order.
func turnsText(r rune) bool { return unicode.Is(unicode.Bidi_Control, r) }

func breaksLine(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }
