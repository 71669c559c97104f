package conns

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// A reading is what a reader of HTTP makes of the first answer in some bytes.
type reading struct {
	status   int
	body     []byte
	close    bool
	consumed int
	untilEOF bool // the end of the connection ends the body
}

// readAsNetHTTP reads an answer and the interim ones before it with net/http. Its buffer holds all of in: what net/http bounds
// by its buffer, the trailer, is then bounded by nothing.
func readAsNetHTTP(in []byte) (reading, error) {
	raw := bytes.NewReader(in)
	buffered := bufio.NewReaderSize(raw, len(in)+16)
	for {
		resp, err := http.ReadResponse(buffered, nil)
		if err != nil {
			return reading{}, err
		}
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			return reading{}, err
		}
		if resp.StatusCode >= 200 {
			return reading{
				status: resp.StatusCode, body: body, close: resp.Close, consumed: len(in) - raw.Len() - buffered.Buffered(),
				untilEOF: resp.ContentLength < 0 && len(resp.TransferEncoding) == 0,
			}, nil
		}
	}
}

// refusals are what net/http refuses and parse takes, with the reason.
var refusals = []struct {
	because string
	is      func(in []byte, err error) bool
}{
	{"RFC 9112, 7.1.1, has a reader take blanks before an extension's semicolon", func(in []byte, err error) bool {
		return strings.Contains(err.Error(), "invalid byte in chunk length") && blankBeforeExtension.Match(in)
	}},
	{"how much framing is too much is a matter of choice; parse has maxChunkedBytes", func(_ []byte, err error) bool {
		return strings.Contains(err.Error(), "too much non-data") || strings.Contains(err.Error(), "line too long")
	}},
	{"fields that a Trailer field announces change nothing in how an answer is read", func(_ []byte, err error) bool {
		return strings.Contains(err.Error(), "bad trailer key")
	}},
}

var blankBeforeExtension = regexp.MustCompile(`\n[0-9A-Fa-f]+[ \t]+;`)

func knownRefusal(in []byte, err error) bool {
	for _, r := range refusals {
		if r.is(in, err) {
			return true
		}
	}
	return false
}

// Whatever parse takes for a whole answer net/http takes for one, with the same status, body, bytes and end of the connection,
// but for the refusals. What net/http takes for a whole answer parse does not wait for: it takes it, or it is malformed.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nA: b\r\n\r\n",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: A\r\n\r\n5 ;x=y\r\nhello\r\nA;z\r\n, world!!!\r\n0\r\n\r\nHTTP/1.1",
		"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 404 Not Found\r\nconnection: keep-alive, close\r\n\r\nrest",
		"HTTP/1.1 204 No Content\r\n\r\n",
		"HTTP/1.1 304 \nContent-Length: 7\nContent-Length:7 \nConnection: x\n\nHTTP/1.1 200",
	} {
		f.Add([]byte(s), false)
		f.Add([]byte(s), true)
	}
	f.Fuzz(func(t *testing.T, in []byte, eof bool) {
		a, ok, err := parse(bytes.Clone(in), eof)
		if ok && err != nil || a.size > len(in) || a.head > a.size {
			t.Fatalf("%+v, %v, %v of %d bytes", a, ok, err, len(in))
		}
		want, refused := readAsNetHTTP(in)
		switch {
		case errors.Is(err, errMalformed):
		case !ok && refused == nil && (eof || !want.untilEOF):
			t.Fatalf("we wait for more, %v; net/http has read %d %q", err, want.status, want.body)
		case ok && refused != nil:
			if !knownRefusal(in, refused) {
				t.Fatalf("we take %d %q; net/http refuses it: %v", a.status, a.body, refused)
			}
		case ok && (a.status != want.status || !bytes.Equal(a.body, want.body) || a.close != want.close || a.size != want.consumed):
			t.Fatalf("net/http: %d %q, close %t, %d bytes; we: %d %q, close %t, %d bytes",
				want.status, want.body, want.close, want.consumed, a.status, a.body, a.close, a.size)
		}
	})
}
