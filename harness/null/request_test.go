package null

import (
	"bufio"
	"bytes"
	"net/http"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	const host = "Host: x\r\n"
	for in, want := range map[string]request{
		"GET /null?id=1 HTTP/1.1\r\n" + host + "\r\n":                              {null, false},
		"GET /null HTTP/1.1\r\n\r\n":                                               {null, false},
		"GET /healthz?x HTTP/1.1\r\n" + host + "\r\n":                              {healthz, false},
		"GET /stats HTTP/1.1\r\n" + host + "\r\n":                                  {stats, false},
		"HEAD /stats HTTP/1.1\r\n" + host + "\r\n":                                 {notFound, false},
		"GET /nul HTTP/1.1\r\n" + host + "\r\n":                                    {notFound, false},
		"GET /null HTTP/1.0\r\n\r\n":                                               {null, true},
		"GET /null HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n":                     {null, false},
		"GET /null HTTP/1.1\r\nCONNECTION:close\r\n\r\n":                           {null, true},
		"GET /null HTTP/1.1\r\nConnection: a , close,b\r\n\r\n":                    {null, true},
		"GET /null HTTP/1.1\r\nConnection: closed\r\n\r\n":                         {null, false},
		"GET /null HTTP/1.1\r\nContent-Length: 0\r\n\r\n":                          {null, false},
		"GET /null HTTP/1.1\r\nContent-Length: 1\r\n\r\n":                          {needsLength, true},
		"PUT /x HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n":                    {needsLength, true},
		"GET /null HTTP/2.0\r\n\r\n":                                               {badRequest, true},
		"GET /null\r\n\r\n":                                                        {badRequest, true},
		"GET  HTTP/1.1\r\n\r\n":                                                    {badRequest, true},
		"hello\r\n\r\n":                                                            {badRequest, true},
		"\r\n\r\n":                                                                 {badRequest, true},
		"GET /null HTTP/1.1\r\n: x\r\n\r\n":                                        {badRequest, true},
		"GET /null HTTP/1.1\r\nX\r\n\r\n":                                          {badRequest, true},
		"GET /null HTTP/1.1\rX: y\r\n\r\n":                                         {badRequest, true},
		"GET /null HTTP/1.1\r\nX: " + strings.Repeat("x", maxHead) + "\r\n\r\n":    {tooLong, true},
		"GET /null HTTP/1.1\r\nX: " + strings.Repeat("x", maxHead-27) + "\r\n\r\n": {null, false},
	} {
		whole := len(in)
		if len(in) > maxHead {
			whole = maxHead + 1 // by then it is too long
		}
		for n := range whole {
			if _, size := parse([]byte(in[:n])); size != 0 {
				t.Errorf("%.60q: taken after %d of %d bytes", in, n, len(in))
			}
		}
		got, size := parse([]byte(in + "rest"))
		if got != want || !got.last && size != len(in) || size == 0 {
			t.Errorf("%.60q: %+v, %d of %d bytes", in, got, size, len(in))
		}
	}
}

// What is parsed and answered, net/http reads in the same way.
func FuzzParse(f *testing.F) {
	f.Add([]byte("GET /null?id=1 HTTP/1.1\r\nHost: x\r\n\r\n"))
	f.Add([]byte("GET /healthz HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\nGET"))
	f.Add([]byte("POST /x HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello"))
	f.Fuzz(func(t *testing.T, in []byte) {
		got, size := parse(in)
		if size < 0 || size > len(in) || size == 0 && len(in) > maxHead {
			t.Fatalf("%+v, %d of %d bytes", got, size, len(in))
		}
		if size == 0 || got.kind >= badRequest {
			return
		}
		r, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(in[:size])))
		if err != nil {
			return // stricter than we are, about names and values that mean nothing here
		}
		if r.ContentLength != 0 || r.Close != got.last && r.ProtoMajor == 1 && r.ProtoMinor == 1 {
			t.Fatalf("net/http: length %d, close %t; we: %+v", r.ContentLength, r.Close, got)
		}
	})
}
