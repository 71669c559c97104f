package marks

import (
	"fmt"
	"strings"
)

// Insert returns the document with the text between the marks of that name.
func Insert(document, name, text string) (string, error) {
	head, _, tail, err := cut(document, name)
	if err != nil {
		return "", err
	}
	return head + begin(name) + "\n" + strings.TrimSuffix(text, "\n") + "\n\n" + end(name) + tail, nil
}

// Between returns what stands between the marks of that name.
func Between(document, name string) (string, error) {
	_, inside, _, err := cut(document, name)
	return inside, err
}

func begin(name string) string { return "<!-- " + name + ": begin -->\n" }
func end(name string) string   { return "<!-- " + name + ": end -->\n" }

func cut(document, name string) (head, inside, tail string, err error) {
	head, rest, begins := strings.Cut(document, begin(name))
	inside, tail, ends := strings.Cut(rest, end(name))
	if !begins || !ends {
		return "", "", "", fmt.Errorf("the lines %q and %q must stand in it, in this order", strings.TrimSpace(begin(name)), strings.TrimSpace(end(name)))
	}
	return head, inside, tail, nil
}
