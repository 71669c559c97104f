package prove

import (
	"fmt"
	"strings"
)

// Marks in a document, each on a line of its own, between which the tables stand.
const (
	beginMark = "<!-- prove: begin -->\n"
	endMark   = "<!-- prove: end -->\n"
)

// Insert returns the document with the text between its two marks.
func Insert(document, text string) (string, error) {
	head, _, tail, err := cut(document)
	if err != nil {
		return "", err
	}
	return head + beginMark + "\n" + strings.TrimSuffix(text, "\n") + "\n\n" + endMark + tail, nil
}

// Between returns what stands between the marks of a document.
func Between(document string) (string, error) {
	_, inside, _, err := cut(document)
	return inside, err
}

func cut(document string) (head, inside, tail string, err error) {
	head, rest, begins := strings.Cut(document, beginMark)
	inside, tail, ends := strings.Cut(rest, endMark)
	if !begins || !ends {
		return "", "", "", fmt.Errorf("the lines %q and %q must stand in it, in this order", strings.TrimSpace(beginMark), strings.TrimSpace(endMark))
	}
	return head, inside, tail, nil
}
