package conns

import (
	"bytes"
	"errors"
)

// Limits of one answer. What goes beyond them is malformed: no answer of the contract comes near.
const (
	maxHeadBytes = 64 << 10
	maxBodyBytes = 1 << 20
	// maxChunkedBytes bounds a chunked body with its framing, extensions and trailer: without it a server could send
	// extensions for ever.
	maxChunkedBytes = 2 << 20
)

// errMalformed says that bytes are no HTTP/1.1 answer.
var errMalformed = errors.New("malformed answer")

// An answer is one HTTP/1.1 response as it came over the wire.
type answer struct {
	status int
	head   int    // bytes of the head, those of 1xx answers before it included
	size   int    // bytes in all
	body   []byte // without the framing of chunks; valid until the buffer is written again
	close  bool   // the server ends the connection after it
}

// A head is what the header says about how the body ends.
type head struct {
	status  int
	minor   byte // HTTP/1.minor
	length  int  // Content-Length; -1 for none
	chunked bool
	close   bool
	keep    bool // "Connection: keep-alive", which only HTTP/1.0 needs
}

// parseFrom reads the first answer in buf. ok is false while bytes are missing; eof says that no more will come, which ends
// a body that has no length of its own. A chunked body is moved together in place as its chunks come: where bytes were missing, it
// goes on with the same w, the same bytes and more behind them; after ok buf is not to be parsed again. w begins as a zero walk. Interim
// answers (1xx) are skipped.
//
// It follows RFC 9112: field names in any case, a bare LF as the end of a line of the head; chunk extensions and the fields of a
// trailer say nothing to it.
// It is stricter than that where a strict reader loses nothing: both Content-Length and Transfer-Encoding, chunks in
// HTTP/1.0, differing lengths, a folded line or any coding but chunked are malformed.
func parseFrom(w *walk, buf []byte, eof bool) (a answer, ok bool, err error) {
	for {
		h, n, err := parseHead(buf[a.head:])
		if n == 0 || err != nil {
			return answer{}, false, orCutShort(err, eof)
		}
		if a.head += n; a.head > maxHeadBytes { // interim answers included
			return answer{}, false, errMalformed
		}
		if h.status < 200 {
			if h.status == 101 { // nobody asked to switch
				return answer{}, false, errMalformed
			}
			continue
		}
		a.status, a.close = h.status, h.ends()
		if ok, err = a.readBody(w, h, buf, eof); !ok {
			return answer{}, false, orCutShort(err, eof)
		}
		return a, true, nil
	}
}

// orCutShort turns the end of the connection in the middle of an answer into an error.
func orCutShort(err error, cut bool) error {
	if err == nil && cut {
		return errCutShort
	}
	return err
}

// errCutShort says that the connection ended within an answer.
var errCutShort = errors.New("eof")

// ends reports whether the connection ends after the answer.
func (h head) ends() bool { return h.close || h.minor == '0' && !h.keep }

// readBody finds the body behind the head.
func (a *answer) readBody(w *walk, h head, buf []byte, eof bool) (ok bool, err error) {
	rest := buf[a.head:]
	switch {
	case h.status == 204 || h.status == 304:
		a.size = a.head
	case h.chunked:
		body, n, err := w.join(rest)
		if n == 0 && err == nil && len(rest) > maxChunkedBytes {
			err = errMalformed
		}
		if n == 0 || err != nil {
			return false, err
		}
		a.body, a.size = body, a.head+n
	case h.length >= 0:
		if len(rest) < h.length {
			return false, nil
		}
		a.body, a.size = rest[:h.length], a.head+h.length
	default: // the end of the connection is the end of the body
		if len(rest) > maxBodyBytes {
			return false, errMalformed
		}
		if !eof {
			return false, nil
		}
		a.body, a.size, a.close = rest, len(buf), true
	}
	return true, nil
}

// parseHead reads status line and header; n is their bytes with the empty line, 0 while they are incomplete.
func parseHead(buf []byte) (h head, n int, err error) {
	line, n, err := nextLine(buf, 0)
	if line == nil || err != nil {
		return head{}, 0, err
	}
	if h, err = parseStatusLine(line); err != nil {
		return head{}, 0, err
	}
	for {
		line, next, err := nextLine(buf, n)
		if line == nil || err != nil {
			return head{}, 0, err
		}
		n = next
		if len(line) == 0 {
			if h.chunked && (h.length >= 0 || h.minor == '0') {
				return head{}, 0, errMalformed
			}
			return h, n, nil
		}
		if err := h.field(line); err != nil {
			return head{}, 0, err
		}
	}
}

// nextLine is the line that begins at from, without its end, and where the next one begins; nil while it is incomplete.
func nextLine(buf []byte, from int) (line []byte, next int, err error) {
	i := bytes.IndexByte(buf[from:], '\n')
	if i < 0 || from+i >= maxHeadBytes {
		if len(buf) > maxHeadBytes {
			return nil, 0, errMalformed
		}
		return nil, 0, nil
	}
	line = buf[from : from+i : from+i]
	if i > 0 && line[i-1] == '\r' {
		line = line[:i-1]
	}
	return line, from + i + 1, nil
}

// parseStatusLine reads "HTTP/1.1 200 OK"; the reason may be missing.
func parseStatusLine(line []byte) (head, error) {
	const prefix = "HTTP/1."
	if len(line) < len(prefix)+5 || string(line[:len(prefix)]) != prefix || line[8] != ' ' || len(line) > 12 && line[12] != ' ' {
		return head{}, errMalformed
	}
	h := head{minor: line[7], length: -1}
	for _, c := range line[9:12] {
		if c < '0' || c > '9' {
			return head{}, errMalformed
		}
		h.status = h.status*10 + int(c-'0')
	}
	if h.minor != '0' && h.minor != '1' || h.status < 100 {
		return head{}, errMalformed
	}
	return h, nil
}

// field takes in one line of the header. Only the length of the name is looked at before the name itself: nearly all
// fields are none of ours.
func (h *head) field(line []byte) error {
	name, value, ok := cutField(line)
	if !ok {
		return errMalformed
	}
	switch len(name) {
	case len("content-length"):
		if equalFold(name, "content-length") {
			return h.contentLength(value)
		}
	case len("transfer-encoding"):
		if equalFold(name, "transfer-encoding") {
			if h.chunked || !equalFold(value, "chunked") {
				return errMalformed
			}
			h.chunked = true
		}
	case len("connection"):
		if equalFold(name, "connection") {
			h.connection(value)
		}
	}
	return nil
}

func (h *head) contentLength(value []byte) error {
	n := 0
	for _, c := range value {
		if c < '0' || c > '9' {
			return errMalformed
		}
		if n = n*10 + int(c-'0'); n > maxBodyBytes {
			return errMalformed
		}
	}
	if len(value) == 0 || h.length >= 0 && h.length != n {
		return errMalformed
	}
	h.length = n
	return nil
}

// connection reads the comma-separated options of one Connection field.
func (h *head) connection(value []byte) {
	for len(value) > 0 {
		option := value
		if i := bytes.IndexByte(value, ','); i >= 0 {
			option, value = value[:i], value[i+1:]
		} else {
			value = nil
		}
		option = trim(option)
		h.close = h.close || equalFold(option, "close")
		h.keep = h.keep || equalFold(option, "keep-alive")
	}
}
