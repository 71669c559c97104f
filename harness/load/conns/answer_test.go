package conns

import (
	"errors"
	"strings"
	"testing"
)

// parse reads the first answer in bytes of which none were read before.
func parse(buf []byte, eof bool) (answer, bool, error) { return parseFrom(new(walk), buf, eof) }

func TestParse(t *testing.T) {
	const ok = "HTTP/1.1 200 OK\r\n"
	for name, c := range map[string]struct {
		in     string
		status int
		body   string
		close  bool
		rest   string // what follows the answer
	}{
		"length":                   {ok + "Content-Length: 5\r\n\r\nhello", 200, "hello", false, ""},
		"names in any case":        {ok + "cOnTeNt-LeNgTh:5\r\nCONNECTION:Close\r\n\r\nhello", 200, "hello", true, ""},
		"no reason":                {"HTTP/1.1 404\r\nContent-Length: 0\r\n\r\n", 404, "", false, ""},
		"bare line feeds":          {"HTTP/1.1 200 OK\nContent-Length: 2\n\nhi", 200, "hi", false, ""},
		"two at once":              {ok + "Content-Length: 2\r\n\r\nhiHTTP/1.1 200", 200, "hi", false, "HTTP/1.1 200"},
		"interim answers":          {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + ok + "Content-Length: 2\r\n\r\nhi", 200, "hi", false, ""},
		"chunks":                   {ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA;x=y\r\n, world!!!\r\n0\r\n\r\n", 200, "hello, world!!!", false, ""},
		"chunks, trailer and more": {ok + "Transfer-Encoding: Chunked\r\n\r\n1\r\na\r\n0\r\nX: y\r\n\r\nmore", 200, "a", false, "more"},
		"close among options":      {ok + "Connection: foo, close\r\nContent-Length: 0\r\n\r\n", 200, "", true, ""},
		"HTTP/1.0":                 {"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", 200, "", true, ""},
		"HTTP/1.0 kept":            {"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n", 200, "", false, ""},
		"no content":               {"HTTP/1.1 204 No Content\r\n\r\n", 204, "", false, ""},
		"equal lengths":            {ok + "Content-Length: 2\r\nContent-Length: 2\r\n\r\nhi", 200, "hi", false, ""},
	} {
		whole := len(c.in) - len(c.rest)
		// However the bytes are split, the answer is there with its last byte and not before.
		for n := range whole {
			if a, ok, err := parse([]byte(c.in[:n]), false); ok || err != nil {
				t.Errorf("%s: after %d of %d bytes: %+v, %v, %v", name, n, whole, a, ok, err)
			}
			if _, ok, err := parse([]byte(c.in[:n]), true); ok || !errors.Is(err, errCutShort) {
				t.Errorf("%s: cut short after %d bytes: %v, %v", name, n, ok, err)
			}
		}
		a, ok, err := parse([]byte(c.in), false)
		if !ok || err != nil || a.status != c.status || string(a.body) != c.body || a.close != c.close || a.size != whole {
			t.Errorf("%s: %d %q, close %t, %d bytes, %v, %v", name, a.status, a.body, a.close, a.size, ok, err)
		}
	}
}

func TestParseUntilTheEnd(t *testing.T) {
	in := []byte("HTTP/1.1 200 OK\r\n\r\nall of it")
	if _, ok, err := parse(in, false); ok || err != nil {
		t.Errorf("before the end: %v, %v", ok, err)
	}
	if a, ok, err := parse(in, true); !ok || err != nil || string(a.body) != "all of it" || !a.close {
		t.Errorf("%q, %v, %v, close %t", a.body, ok, err, a.close)
	}
}

func TestParseRefuses(t *testing.T) {
	const ok = "HTTP/1.1 200 OK\r\n"
	for name, in := range map[string]string{
		"another protocol":      "SSH-2.0-x\r\n\r\n",
		"interim without end":   strings.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 4000),
		"HTTP/2":                "HTTP/2.0 200 OK\r\n\r\n",
		"a status of letters":   "HTTP/1.1 2OO OK\r\n\r\n",
		"a status of four":      "HTTP/1.1 2000 OK\r\n\r\n",
		"switching":             "HTTP/1.1 101 Switching Protocols\r\n\r\n",
		"no colon":              ok + "nonsense\r\n\r\n",
		"a folded line":         ok + "X: a\r\n b\r\n\r\n",
		"a space in the name":   ok + "Content-Length : 5\r\n\r\n",
		"no token for a name":   ok + "X\x00: y\r\n\r\n",
		"a CR in a value":       ok + "X: a\rb\r\n\r\n",
		"a NUL in a value":      ok + "Content-Type: a\x00\r\n\r\n",
		"a negative length":     ok + "Content-Length: -1\r\n\r\n",
		"an empty length":       ok + "Content-Length:\r\n\r\n",
		"a huge length":         ok + "Content-Length: 99999999999999999999\r\n\r\n",
		"two lengths":           ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
		"length and chunks":     ok + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
		"chunks in HTTP/1.0":    "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"another coding":        ok + "Transfer-Encoding: gzip, chunked\r\n\r\n",
		"no chunk size":         ok + "Transfer-Encoding: chunked\r\n\r\n\r\n",
		"chunks by bare lines":  ok + "Transfer-Encoding: chunked\r\n\r\n1\na\n0\n\n",
		"a chunk of letters":    ok + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
		"a CR in an extension":  ok + "Transfer-Encoding: chunked\r\n\r\n1;\rx\r\na\r\n0\r\n\r\n",
		"a size of 17 digits":   ok + "Transfer-Encoding: chunked\r\n\r\n00000000000000001\r\na\r\n0\r\n\r\n",
		"a trailer of no field": ok + "Transfer-Encoding: chunked\r\n\r\n0\r\nnonsense\r\n\r\n",
		"a CR in a trailer":     ok + "Transfer-Encoding: chunked\r\n\r\n0\r\nX: a\rb\r\n\r\n",
		"a chunk too long":      ok + "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
		"a chunk of a gigabyte": ok + "Transfer-Encoding: chunked\r\n\r\n40000000\r\n",
		"a head without an end": ok + strings.Repeat("X: y\r\n", 20_000),
		"a line without an end": strings.Repeat("H", maxHeadBytes+1),
		"a body without an end": ok + "\r\n" + strings.Repeat("x", maxBodyBytes+1),
	} {
		if a, ok, err := parse([]byte(in), false); !errors.Is(err, errMalformed) {
			t.Errorf("%s: %+v, %v, %v", name, a, ok, err)
		}
	}
}

// A server that never ends its trailer, or sends extensions with next to no data, is malformed and not waited for.
func TestEndlessFramingIsMalformed(t *testing.T) {
	const head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
	for name, c := range map[string]struct{ begin, again string }{
		"trailer":    {head + "1\r\nx\r\n0\r\n", "X-More: " + strings.Repeat("y", 1000) + "\r\n"},
		"extensions": {head, "1;" + strings.Repeat("e", 60_000) + "\r\nx\r\n"},
		"chunks":     {head, "1\r\nx\r\n"},
	} {
		buf := []byte(c.begin)
		for len(buf) < maxChunkedBytes+2*maxHeadBytes {
			buf = append(buf, c.again...)
		}
		if _, ok, err := parse(buf, false); ok || !errors.Is(err, errMalformed) {
			t.Errorf("%s: %v, %v", name, ok, err)
		}
	}
}
