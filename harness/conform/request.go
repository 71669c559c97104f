package conform

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A request is what a check sends.
type request struct {
	method  string
	target  string // path with query
	headers map[string]string
	body    []byte
	wait    time.Duration // that the server is asked to wait before it answers
	note    string        // what is special, for the person who reads the report
	chunked bool          // send the body in two chunks instead of with its length
}

// shownBody is how much of a body a report shows of a request, bytes.
const shownBody = 120

// String names the request in a report. It shows the start of the body.
func (r request) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", r.method, shortened([]byte(r.target), 0, shownBody))
	if len(r.body) > 0 {
		fmt.Fprintf(&b, " %s", quoted(r.body, 0, shownBody))
	}
	if r.note != "" {
		fmt.Fprintf(&b, " (%s)", r.note)
	}
	return b.String()
}

// head returns the request's head, which ends with an empty line. Fields are in the order
// of their names. Host and Content-Length are added unless they are given.
func (r request) head(host string) []byte {
	fields := map[string]string{"Host": host}
	switch {
	case r.chunked:
		fields["Transfer-Encoding"] = "chunked"
	case len(r.body) > 0 || r.method == "POST":
		fields["Content-Length"] = strconv.Itoa(len(r.body))
	}
	maps.Copy(fields, r.headers)
	out := fmt.Appendf(nil, "%s %s HTTP/1.1\r\n", r.method, r.target)
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		out = fmt.Appendf(out, "%s: %s\r\n", name, fields[name])
	}
	return append(out, "\r\n"...)
}

// wire returns the bytes of the whole request.
func (r request) wire(host string) []byte {
	out := r.head(host)
	if !r.chunked {
		return append(out, r.body...)
	}
	half := len(r.body) / 2
	for _, part := range [][]byte{r.body[:half], r.body[half:]} {
		if len(part) > 0 { // an empty chunk would end the body
			out = fmt.Appendf(out, "%x\r\n%s\r\n", len(part), part)
		}
	}
	return append(out, "0\r\n\r\n"...)
}

func get(target string) request { return request{method: "GET", target: target} }

func item(id uint64) request { return get("/item?id=" + strconv.FormatUint(id, 10)) }

func hold(millis int) request {
	req := get("/hold?ms=" + strconv.Itoa(millis))
	req.wait = time.Duration(millis) * time.Millisecond
	return req
}

func order(body string) request {
	return request{
		method:  "POST",
		target:  "/orders",
		headers: map[string]string{"Content-Type": "application/json"},
		body:    []byte(body),
	}
}
