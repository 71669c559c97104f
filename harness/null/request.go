package null

import "bytes"

// maxHead is the longest request head that is read, in bytes.
const maxHead = 8 << 10

// A kind is what a request is answered with.
type kind uint8

const (
	null    kind = iota
	wrong        // null, with a wrong answer
	failing      // null, with status 500
	healthz
	stats
	notFound
	badRequest
	needsLength // it has a body
	tooLong     // its head
	kinds       // how many there are
)

// A request is all that is kept of one.
type request struct {
	kind kind
	last bool // the connection ends behind its answer
}

// refused is a request after which nothing can be read any more.
func refused(k kind) request { return request{kind: k, last: true} }

// parse reads the request at the beginning of data. size is that of its head; 0 means that it has not come whole.
func parse(data []byte) (r request, size int) {
	end := bytes.Index(data, []byte("\r\n\r\n"))
	switch {
	case end < 0 && len(data) <= maxHead:
		return request{}, 0
	case end < 0 || end > maxHead-len("\r\n\r\n"):
		return refused(tooLong), len(data)
	}
	head := data[:end+len("\r\n")] // every line with its end
	line := bytes.IndexByte(head, '\r')
	r = parseLine(head[:line])
	if head[line+1] != '\n' {
		return refused(badRequest), len(data)
	}
	if r.kind != badRequest {
		r = parseFields(r, head[line+2:])
	}
	return r, end + len("\r\n\r\n")
}

// parseLine reads a request line.
func parseLine(line []byte) request {
	method, rest, ok := bytes.Cut(line, []byte(" "))
	uri, version, more := bytes.Cut(rest, []byte(" "))
	if !ok || !more || len(method) == 0 || len(uri) == 0 {
		return refused(badRequest)
	}
	r := request{kind: notFound}
	switch string(version) {
	case "HTTP/1.1":
	case "HTTP/1.0":
		r.last = true
	default:
		return refused(badRequest)
	}
	if string(method) != "GET" {
		return r
	}
	path, _, _ := bytes.Cut(uri, []byte("?"))
	switch string(path) {
	case "/null":
		r.kind = null
	case "/healthz":
		r.kind = healthz
	case "/stats":
		r.kind = stats
	}
	return r
}

// parseFields looks for the fields that say where a request ends, and the connection.
func parseFields(r request, lines []byte) request {
	for len(lines) > 0 {
		end := bytes.Index(lines, []byte("\r\n"))
		line := lines[:end]
		lines = lines[end+2:]
		colon := bytes.IndexByte(line, ':')
		if colon < 1 {
			return refused(badRequest)
		}
		value := line[colon+1:]
		switch colon { // only names of these lengths matter
		case len("connection"):
			if bytes.EqualFold(line[:colon], []byte("connection")) {
				r.last = ends(r.last, value)
			}
		case len("content-length"):
			if bytes.EqualFold(line[:colon], []byte("content-length")) && string(bytes.TrimSpace(value)) != "0" {
				return refused(needsLength)
			}
		case len("transfer-encoding"):
			if bytes.EqualFold(line[:colon], []byte("transfer-encoding")) {
				return refused(needsLength)
			}
		}
	}
	return r
}

// ends reads the value of a Connection field; was is what holds without it.
func ends(was bool, value []byte) bool {
	for len(value) > 0 {
		var option []byte
		option, value, _ = bytes.Cut(value, []byte(","))
		switch option = bytes.TrimSpace(option); {
		case bytes.EqualFold(option, []byte("close")):
			return true
		case bytes.EqualFold(option, []byte("keep-alive")):
			was = false
		}
	}
	return was
}
