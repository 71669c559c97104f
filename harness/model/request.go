package model

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Request is a kind of request that load can be made of: what is asked with an id, and which body a conforming target
// must answer.
type Request struct {
	Method string // "GET" or "POST"
	Path   string
	Query  string // up to the id, when there is one
	WithID bool
	Below  uint64 // ids are taken modulo this; 0: as they are drawn
	// Body appends the JSON that is sent for id; nil where a request has no body.
	Body func(dst []byte, id uint64) []byte
	// Status and the body that Want appends are what the contract demands for id.
	Status int
	Want   func(dst []byte, id uint64) []byte
}

// ParseRequest reads "GET /item?id={id}", "GET /hold?ms=10", "GET /hash?rounds=100" or "GET /healthz", "GET /db/item?id={id}",
// "GET /db/items?n=20&id={id}", "POST /db/orders" and the same below the other driver sets, "POST /orders", and "GET /null?id={id}"
// for the null server. Any other request is an error: there would be no way to tell a right answer from a wrong one.
func ParseRequest(request string) (Request, error) {
	fail := func(format string, args ...any) (Request, error) {
		return Request{}, fmt.Errorf("request %q: %s", request, fmt.Sprintf(format, args...))
	}
	if path, ok := strings.CutPrefix(request, "POST "); ok {
		if path != "/orders" && !isBelowDriverSet(path, "/orders") {
			return fail("only orders can be posted; write it as \"POST /db/orders\", without a query")
		}
		return orders(path), nil
	}
	target, ok := strings.CutPrefix(request, "GET ")
	if !ok {
		return fail("only GET, and POST of orders, can be driven; write it as \"GET /path\"")
	}
	path, query, _ := strings.Cut(target, "?")
	if isBelowDriverSet(path, "/item") {
		if query != "id={id}" {
			return fail("the query of %s must be id={id}", path)
		}
		return databaseItem(path), nil
	}
	if isBelowDriverSet(path, "/items") {
		count, withID := strings.CutSuffix(query, "&id={id}")
		n, err := queryNumber(count, "n", 1, MaxRows)
		if !withID || err != nil {
			return fail("the query of %s must be n=N&id={id} with N from 1 to %d", path, MaxRows)
		}
		return databaseItems(path, n), nil
	}
	switch path {
	case "/healthz":
		if target != path {
			return fail("/healthz takes no query")
		}
		return Request{Method: "GET", Path: path, Status: 200, Want: func(dst []byte, _ uint64) []byte { return append(dst, "ok\n"...) }}, nil
	case "/null":
		if query != "id={id}" {
			return fail("the query of /null must be id={id}")
		}
		t := constant(path, "id=", []byte(NullAnswer))
		t.WithID = true
		return t, nil
	case "/item":
		if query != "id={id}" {
			return fail("the query of /item must be id={id}")
		}
		return Request{Method: "GET", Path: path, Query: "id=", WithID: true, Status: 200, Want: AppendItem}, nil
	case "/hold":
		n, err := queryNumber(query, "ms", 0, MaxHoldMillis)
		if err != nil {
			return fail("%v", err)
		}
		return constant(path, query, AppendHold(nil, n)), nil
	case "/hash":
		n, err := queryNumber(query, "rounds", MinRounds, MaxRounds)
		if err != nil {
			return fail("%v", err)
		}
		return constant(path, query, AppendHash(nil, n)), nil
	}
	return fail("no answer is known for path %q; /item, /db/item, /db/items, /hold, /hash and /healthz can be asked for, and orders posted to /orders and /db/orders", path)
}

// isBelowDriverSet tells whether the path is this one, by any of the driver sets.
func isBelowDriverSet(path, what string) bool {
	set, ok := strings.CutSuffix(path, what)
	return ok && slices.Contains(DriverSets(), DriverSet(set))
}

// databaseItem asks for one of the rows that there are.
func databaseItem(path string) Request {
	return Request{Method: "GET", Path: path, Query: "id=", WithID: true, Status: 200, Below: DatabaseRows, Want: func(dst []byte, id uint64) []byte {
		return AppendDatabaseItem(dst, id%DatabaseRows)
	}}
}

// databaseItems asks for n rows in n statements. The id spreads over the rows by itself, so it is taken as drawn.
func databaseItems(path string, n uint64) Request {
	query := "n=" + strconv.FormatUint(n, 10) + "&id="
	return Request{Method: "GET", Path: path, Query: query, WithID: true, Status: 200, Want: func(dst []byte, id uint64) []byte { return AppendDatabaseItems(dst, n, id) }}
}

// constant is a request whose answer does not depend on an id.
func constant(path, query string, body []byte) Request {
	return Request{Method: "GET", Path: path, Query: query, Status: 200, Want: func(dst []byte, _ uint64) []byte { return append(dst, body...) }}
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

// URIBeforeID is path and query up to the id, all of them where there is none.
func (r Request) URIBeforeID() string {
	if r.Query == "" {
		return r.Path
	}
	return r.Path + "?" + r.Query
}

// RawQuery is the query of the request with this id.
func (r Request) RawQuery(id uint64) string {
	if !r.WithID {
		return r.Query
	}
	if r.Below > 0 {
		id %= r.Below
	}
	return r.Query + strconv.FormatUint(id, 10)
}

// URI is path and query of the request with this id.
func (r Request) URI(id uint64) string {
	if q := r.RawQuery(id); q != "" {
		return r.Path + "?" + q
	}
	return r.Path
}
