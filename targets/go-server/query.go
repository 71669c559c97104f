package main

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// maxInteger is 2^53-1, the largest integer that every JSON reader keeps exact.
const maxInteger = 1<<53 - 1

// integer returns the query parameter name, if it is 1 to 16 ASCII digits and from low to
// high. Of two parameters of that name the first counts.
func integer(r *http.Request, name string, low, high uint64) (value uint64, ok bool) {
	digits := r.URL.Query().Get(name)
	if len(digits) > 16 {
		return 0, false
	}
	// ParseUint takes neither signs nor, in base 10, underscores.
	value, err := strconv.ParseUint(digits, 10, 64)
	return value, err == nil && low <= value && value <= high
}

// has tells whether the query has a parameter name. url.Values does not: it leaves out
// what it cannot decode.
func has(r *http.Request, name string) bool {
	for pair := range strings.SplitSeq(r.URL.RawQuery, "&") {
		key, _, _ := strings.Cut(pair, "=")
		if key, err := url.QueryUnescape(key); err == nil && key == name {
			return true
		}
	}
	return false
}
