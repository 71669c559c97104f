package conns

import (
	"cmp"
	"strconv"
)

// A Template is what a job asks for: requests that differ in an id alone, or in the body that follows from it, and the answer that the
// contract demands.
type Template struct {
	URI    string                             // path and query, up to the id where there is one
	WithID bool                               // the decimal id follows
	Below  uint64                             // the id is taken modulo this; 0: as it was drawn
	Body   func(dst []byte, id uint64) []byte // appends the JSON that is posted for id; nil: a GET
	Status int                                // demanded; 0: 200
	Want   func(dst []byte, id uint64) []byte // appends the body demanded for id
	Host   string                             // of the Host field
	Agent  string                             // of the User-Agent field
}

// A prebuilt is a template with all of its bytes in place but the id's.
type prebuilt struct {
	before, after []byte
	withID        bool
	below         uint64
	body          func(dst []byte, id uint64) []byte
	scratch       []byte // for the body, whose length stands before it
	status        int
	want          func(dst []byte, id uint64) []byte
}

func (t Template) prebuild() prebuilt {
	method, end := "GET ", "\r\n\r\n"
	if t.Body != nil {
		method, end = "POST ", "\r\nContent-Type: application/json\r\nContent-Length: "
	}
	return prebuilt{
		before: []byte(method + t.URI), withID: t.WithID, below: t.Below, body: t.Body, status: cmp.Or(t.Status, 200), want: t.Want,
		after: []byte(t.head() + end),
	}
}

// rest is what follows path and query in every request without a body.
func (t Template) rest() string { return t.head() + "\r\n\r\n" }

// head is that up to the end of the last field that all requests have.
func (t Template) head() string { return " HTTP/1.1\r\nHost: " + t.Host + "\r\nUser-Agent: " + t.Agent }

// append appends the request for id to dst.
func (p *prebuilt) append(dst []byte, id uint64) []byte {
	dst = append(dst, p.before...)
	if p.below > 0 {
		id %= p.below
	}
	if p.withID {
		dst = strconv.AppendUint(dst, id, 10)
	}
	dst = append(dst, p.after...)
	if p.body == nil {
		return dst
	}
	p.scratch = p.body(p.scratch[:0], id)
	dst = strconv.AppendInt(dst, int64(len(p.scratch)), 10)
	dst = append(dst, "\r\n\r\n"...)
	return append(dst, p.scratch...)
}
