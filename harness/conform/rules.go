package conform

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A breach is a rule for every answer that some answers break.
type breach struct {
	difference Difference // of the first answer that does
	answers    int
}

// judge holds an answer against the contract's rules for every answer. A server that
// breaks one breaks it thousands of times: each rule is reported once, with the count.
func (c *client) judge(req request, got answer) {
	for _, d := range brokenRules(got) {
		if b := c.rules[d.What]; b != nil {
			b.answers++
			continue
		}
		d.Check, d.Request = "rules", req.String()
		c.rules[d.What] = &breach{difference: d, answers: 1}
	}
}

// breaches returns the differences that judge found.
func (c *client) breaches() []Difference {
	var differences []Difference
	for _, what := range slices.Sorted(maps.Keys(c.rules)) {
		b := c.rules[what]
		d := b.difference
		if b.answers > 1 {
			d.Got += fmt.Sprintf(" (and in %d other answers)", b.answers-1)
		}
		differences = append(differences, d)
	}
	return differences
}

// brokenRules returns the rules that an answer breaks. Content-Type is not among them:
// the checks compare its value.
func brokenRules(got answer) []Difference {
	var broken []Difference
	add := func(name, want string, values []string) {
		shown := "none"
		if len(values) > 0 {
			shown = fmt.Sprintf("%q", values)
		}
		broken = append(broken, Difference{What: "header " + name, Want: want, Got: shown})
	}
	for _, name := range []string{"Server", "Content-Encoding", "Transfer-Encoding"} {
		if values := got.get(strings.ToLower(name)); len(values) > 0 {
			add(name, "none", values)
		}
	}
	if values := got.get("content-length"); len(values) != 1 || !isCount(values[0]) {
		add("Content-Length", "the number of bytes of the body, once", values)
	}
	if values := got.get("date"); len(values) != 1 || !isDate(values[0]) {
		add("Date", "a date as in RFC 9110, section 5.6.7, once", values)
	}
	return broken
}

func isCount(value string) bool {
	_, err := strconv.ParseUint(value, 10, 63)
	return err == nil
}

func isDate(value string) bool {
	_, err := time.Parse(http.TimeFormat, value)
	return err == nil
}
