package load

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/assay-bench/assay/harness/model"
)

// A template is the request of a job: what is asked with an id, and which body a conforming target must answer.
type template struct {
	path   string
	query  string // up to the id, when there is one
	withID bool
	// want appends the body that the contract demands for id (status 200).
	want func(dst []byte, id uint64) []byte
}

// parseTemplate reads "GET /item?id={id}", "GET /hold?ms=10", "GET /hash?rounds=100" or "GET /healthz", and
// "GET /null?id={id}" for the null server. Any other request is an error: there would be no way to tell a right answer
// from a wrong one.
func parseTemplate(request string) (template, error) {
	fail := func(format string, args ...any) (template, error) {
		return template{}, fmt.Errorf("request %q: %s", request, fmt.Sprintf(format, args...))
	}
	target, ok := strings.CutPrefix(request, "GET ")
	if !ok {
		return fail("only GET can be driven; write it as \"GET /path\"")
	}
	path, query, _ := strings.Cut(target, "?")
	switch path {
	case "/healthz":
		if target != path {
			return fail("/healthz takes no query")
		}
		return template{path: path, want: func(dst []byte, _ uint64) []byte { return append(dst, "ok\n"...) }}, nil
	case "/null":
		if query != "id={id}" {
			return fail("the query of /null must be id={id}")
		}
		t := constant(path, "id=", []byte(model.NullAnswer))
		t.withID = true
		return t, nil
	case "/item":
		if query != "id={id}" {
			return fail("the query of /item must be id={id}")
		}
		return template{path: path, query: "id=", withID: true, want: model.AppendItem}, nil
	case "/hold":
		n, err := queryNumber(query, "ms", 0, model.MaxHoldMillis)
		if err != nil {
			return fail("%v", err)
		}
		return constant(path, query, model.AppendHold(nil, n)), nil
	case "/hash":
		n, err := queryNumber(query, "rounds", model.MinRounds, model.MaxRounds)
		if err != nil {
			return fail("%v", err)
		}
		return constant(path, query, model.AppendHash(nil, n)), nil
	}
	return fail("no answer is known for path %q; /item, /hold, /hash and /healthz can be driven", path)
}

// constant is a template whose answer does not depend on an id.
func constant(path, query string, body []byte) template {
	return template{path: path, query: query, want: func(dst []byte, _ uint64) []byte { return append(dst, body...) }}
}

// queryNumber reads "name=number" with the contract's limits.
func queryNumber(query, name string, low, high uint64) (uint64, error) {
	digits, ok := strings.CutPrefix(query, name+"=")
	n, err := strconv.ParseUint(digits, 10, 64)
	if !ok || err != nil || digits != strconv.FormatUint(n, 10) || n < low || n > high {
		return 0, fmt.Errorf("the query must be %s=N with N from %d to %d", name, low, high)
	}
	return n, nil
}

// uriBeforeID is path and query up to the id, all of them where there is none.
func (t template) uriBeforeID() string {
	if t.query == "" {
		return t.path
	}
	return t.path + "?" + t.query
}

// rawQuery is the query of the request with this id.
func (t template) rawQuery(id uint64) string {
	if !t.withID {
		return t.query
	}
	return t.query + strconv.FormatUint(id, 10)
}

// uri is path and query of the request with this id.
func (t template) uri(id uint64) string {
	if q := t.rawQuery(id); q != "" {
		return t.path + "?" + q
	}
	return t.path
}
