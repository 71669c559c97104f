package conform

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/assay-bench/assay/harness/model"
)

// shownDiff is how many bytes of a body a difference shows around the first one that
// differs.
const shownDiff = 100

// ask makes an exchange and compares its answer with the one wanted.
func (c *client) ask(ctx context.Context, req request, want model.Answer) []Difference {
	got, err := c.do(ctx, req)
	if err != nil {
		return []Difference{c.failed(req, err)}
	}
	return compare(req, want, got)
}

// compare returns where an answer differs from the one wanted: status, content type,
// Allow and body.
func compare(req request, want model.Answer, got answer) []Difference {
	var list []Difference
	add := func(what, want, got string) {
		list = append(list, Difference{Request: req.String(), What: what, Want: want, Got: got})
	}
	if got.status != want.Status {
		add("status", strconv.Itoa(want.Status), strconv.Itoa(got.status))
	}
	if values := got.get("content-type"); len(values) != 1 || values[0] != want.ContentType {
		add("header Content-Type", want.ContentType, cmp.Or(strings.Join(values, " and "), "none"))
	}
	if allow := strings.Join(got.get("allow"), ", "); want.Allow != "" && !sameMethods(allow, want.Allow) {
		add("header Allow", want.Allow, cmp.Or(allow, "none"))
	}
	if req.method == "HEAD" {
		if want, got := strconv.Itoa(len(want.Body)), got.first("content-length"); got != want {
			add("header Content-Length", want+", as with GET", cmp.Or(got, "none"))
		}
		return list
	}
	if !bytes.Equal(got.body, want.Body) {
		at := firstDifference(want.Body, got.body)
		add(fmt.Sprintf("body from byte %d", at), quoted(want.Body, at, shownDiff), quoted(got.body, at, shownDiff))
	}
	return list
}

// sameMethods compares two lists of methods, whose order has no meaning.
func sameMethods(a, b string) bool {
	listA, listB := methodList(a), methodList(b)
	slices.Sort(listA)
	slices.Sort(listB)
	return slices.Equal(listA, listB)
}

// methodList returns the methods of an Allow field.
func methodList(text string) []string {
	list := strings.Split(text, ",")
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return list
}

func firstDifference(a, b []byte) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

// quoted shows most bytes of text around byte at, in quotes.
func quoted(text []byte, at, most int) string {
	if len(text) == 0 {
		return "nothing"
	}
	short := shortened(text, at, most)
	if strconv.CanBackquote(short) {
		return "`" + short + "`" // JSON stays readable
	}
	return strconv.Quote(short)
}

// shortened cuts text to most bytes around byte at, a third of them before it.
func shortened(text []byte, at, most int) string {
	if len(text) <= most {
		return string(text)
	}
	from := max(0, min(at-most/3, len(text)-most))
	short := string(text[from : from+most])
	if from > 0 {
		short = "..." + short
	}
	if from+most < len(text) {
		short += "..."
	}
	return short
}
