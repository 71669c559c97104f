package conns

import "strconv"

// A Template is what a job asks for: GET requests that differ in an id alone, and the answer that the contract demands.
type Template struct {
	URI    string                             // path and query, up to the id where there is one
	WithID bool                               // the decimal id follows
	Below  uint64                             // the id is taken modulo this; 0: as it was drawn
	Want   func(dst []byte, id uint64) []byte // appends the body demanded for id, with status 200
	Host   string                             // of the Host field
	Agent  string                             // of the User-Agent field
}

// A prebuilt is a template with all of its bytes in place but the id's.
type prebuilt struct {
	before, after []byte
	withID        bool
	below         uint64
	want          func(dst []byte, id uint64) []byte
}

func (t Template) prebuild() prebuilt {
	return prebuilt{
		before: []byte("GET " + t.URI), withID: t.WithID, below: t.Below, want: t.Want,
		after: []byte(t.rest()),
	}
}

// rest is what follows path and query in every request.
func (t Template) rest() string {
	return " HTTP/1.1\r\nHost: " + t.Host + "\r\nUser-Agent: " + t.Agent + "\r\n\r\n"
}

// append appends the request for id to dst.
func (p *prebuilt) append(dst []byte, id uint64) []byte {
	dst = append(dst, p.before...)
	if p.below > 0 {
		id %= p.below
	}
	if p.withID {
		dst = strconv.AppendUint(dst, id, 10)
	}
	return append(dst, p.after...)
}
