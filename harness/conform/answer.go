package conform

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/http/httputil"
	"strconv"
	"strings"
)

// maxHead and maxBody bound what is read of an answer, bytes. No answer of the contract
// comes near them.
const (
	maxHead = 32 << 10
	maxBody = 1 << 20
)

// A field is one header field, its name in lower case.
type field struct{ name, value string }

// An answer is what came back.
type answer struct {
	status    int
	fields    []field // in the order in which they came
	body      []byte
	headBytes int  // with the empty line
	closes    bool // nothing can follow on this connection
}

// get returns the values of a header field; name is in lower case.
func (a answer) get(name string) []string {
	var values []string
	for _, f := range a.fields {
		if f.name == name {
			values = append(values, f.value)
		}
	}
	return values
}

// first returns the first value of a header field; empty if there is none.
func (a answer) first(name string) string {
	if values := a.get(name); len(values) > 0 {
		return values[0]
	}
	return ""
}

// readAnswer reads one HTTP/1.1 answer: strictly, since what a lenient reader mends is
// what a check looks for. Chunked bodies and those that end with the connection are read
// although the contract has none, so that the rest of the answer can be judged too.
func readAnswer(r *bufio.Reader, method string) (answer, error) {
	a, err := readHead(r)
	if err != nil {
		return answer{}, err
	}
	length := a.get("content-length")
	switch {
	case method == "HEAD" || a.status == 204 || a.status == 304:
		return a, nil
	case len(a.get("transfer-encoding")) > 0:
		a.body, err = readChunked(r)
	case len(length) == 0:
		a.closes = true
		a.body, err = io.ReadAll(io.LimitReader(r, maxBody))
	default:
		n, parseErr := strconv.ParseUint(length[0], 10, 31)
		if parseErr != nil || n > maxBody {
			return answer{}, fmt.Errorf("malformed answer: content-length %q", length[0])
		}
		a.body = make([]byte, n)
		_, err = io.ReadFull(r, a.body)
	}
	if err != nil {
		return answer{}, readError(err, true)
	}
	return a, nil
}

// readChunked reads a body in chunks and the trailer, which it drops.
func readChunked(r *bufio.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(httputil.NewChunkedReader(r), maxBody))
	for line := "-"; err == nil && line != ""; {
		line, err = readLine(r, maxHead)
	}
	return body, err
}

// readHead reads the status line and the header fields; interim answers (1xx) are
// passed over.
func readHead(r *bufio.Reader) (answer, error) {
	for {
		a, err := readOneHead(r)
		if err != nil || a.status >= 200 {
			return a, err
		}
	}
}

func readOneHead(r *bufio.Reader) (answer, error) {
	if _, err := r.Peek(1); err != nil {
		return answer{}, readError(err, false)
	}
	line, err := readLine(r, maxHead)
	if err != nil {
		return answer{}, err
	}
	a := answer{headBytes: len(line) + 2}
	if a.status, err = parseStatus(line); err != nil {
		return answer{}, err
	}
	for {
		line, err := readLine(r, maxHead-a.headBytes)
		if err != nil {
			return answer{}, err
		}
		a.headBytes += len(line) + 2
		if line == "" {
			a.closes = strings.EqualFold(a.first("connection"), "close")
			return a, nil
		}
		f, err := parseField(line)
		if err != nil {
			return answer{}, err
		}
		a.fields = append(a.fields, f)
	}
}

// readLine reads up to CR LF, which it takes off.
func readLine(r *bufio.Reader, most int) (string, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case len(line) > most:
			return "", fmt.Errorf("malformed answer: head of more than %d bytes", maxHead)
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil:
			return "", readError(err, true)
		}
		text, ok := strings.CutSuffix(string(line), "\r\n")
		if !ok {
			return "", fmt.Errorf("malformed answer: line %q does not end with CR LF", line)
		}
		return text, nil
	}
}

func parseStatus(line string) (int, error) {
	rest, ok := strings.CutPrefix(line, "HTTP/1.1 ")
	code, _, space := strings.Cut(rest, " ") // the space is there even without a reason phrase
	status, err := strconv.ParseUint(code, 10, 16)
	if !ok || !space || len(code) != 3 || err != nil || status < 100 {
		return 0, fmt.Errorf("malformed answer: status line %s", quoted([]byte(line), 0, shownBody))
	}
	return int(status), nil
}

func parseField(line string) (field, error) {
	name, value, ok := strings.Cut(line, ":")
	if !ok || name == "" || strings.ContainsAny(name, " \t") {
		return field{}, fmt.Errorf("malformed answer: header line %s", quoted([]byte(line), 0, shownBody))
	}
	return field{name: strings.ToLower(name), value: strings.Trim(value, " \t")}, nil
}
