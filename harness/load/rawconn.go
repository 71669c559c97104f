package load

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/assay-bench/assay/harness/model"
)

// maxHead is the longest head of an answer that is read, in bytes.
const maxHead = 64 << 10

// A rawConn is one kept-alive connection of the agent's own, apart from the load's: for GET /stats, and for weighing
// answers to the byte. After an error it dials anew at the next request. One goroutine at a time.
type rawConn struct {
	address string
	conn    net.Conn
	reader  *bufio.Reader
}

// An answer is one HTTP answer as it came over the wire.
type answer struct {
	status int
	head   int // bytes of status line and header, the empty line included
	body   []byte
}

// local is the connection's own address; the zero value when it is closed.
func (r *rawConn) local() netip.AddrPort {
	if r.conn == nil {
		return netip.AddrPort{}
	}
	return r.conn.LocalAddr().(*net.TCPAddr).AddrPort()
}

func (r *rawConn) close() {
	if r.conn != nil {
		_ = r.conn.Close() // nothing was written that has to arrive
	}
	r.conn, r.reader = nil, nil
}

// get asks for a path and query and reads the whole answer within timeout.
func (r *rawConn) get(ctx context.Context, uri string, timeout time.Duration) (answer, error) {
	return r.ask(ctx, "GET", uri, nil, timeout)
}

// ask is get by any method; a body that is not nil is sent as JSON.
func (r *rawConn) ask(ctx context.Context, method, uri string, body []byte, timeout time.Duration) (answer, error) {
	a, err := r.exchange(ctx, method, uri, body, time.Now().Add(timeout))
	if err != nil {
		r.close()
		return answer{}, fmt.Errorf("%s %s: %w", method, uri, err)
	}
	return a, nil
}

func (r *rawConn) exchange(ctx context.Context, method, uri string, body []byte, deadline time.Time) (answer, error) {
	if r.conn == nil {
		d := net.Dialer{Deadline: deadline, KeepAlive: -1}
		conn, err := d.DialContext(ctx, "tcp4", r.address)
		if err != nil {
			return answer{}, err
		}
		r.conn, r.reader = conn, bufio.NewReader(conn)
	}
	if err := r.conn.SetDeadline(deadline); err != nil {
		return answer{}, err
	}
	conn := r.conn
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) }) // ends what is blocked
	defer stop()
	request := method + " " + uri + " HTTP/1.1\r\nHost: " + r.address + "\r\nUser-Agent: " + userAgent + "\r\n"
	if body != nil {
		request += "Content-Type: " + model.TypeJSON + "\r\nContent-Length: " + strconv.Itoa(len(body)) + "\r\n"
	}
	if _, err := io.WriteString(r.conn, request+"\r\n"+string(body)); err != nil {
		return answer{}, err
	}
	return readAnswer(r.reader)
}

// stats asks GET /stats.
func (r *rawConn) stats(ctx context.Context, timeout time.Duration) (Stats, error) {
	a, err := r.get(ctx, "/stats", timeout)
	if err != nil {
		return Stats{}, err
	}
	if a.status != 200 {
		return Stats{}, fmt.Errorf("GET /stats: status %d", a.status)
	}
	var s Stats
	if err := json.Unmarshal(a.body, &s); err != nil {
		return Stats{}, fmt.Errorf("GET /stats: %w", err)
	}
	if s.OpenConnections < 1 {
		return Stats{}, fmt.Errorf("GET /stats: %d open connections, but at least the asking one is", s.OpenConnections)
	}
	return s, nil
}

// readAnswer reads one answer of the kind that the contract asks for: HTTP/1.1 with Content-Length. It counts the head
// as it came, which net/http's reader would not tell.
func readAnswer(r *bufio.Reader) (answer, error) {
	a := answer{}
	length := -1
	for first := true; ; first = false {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return a, fmt.Errorf("read head: %w", err)
		}
		if a.head += len(line); a.head > maxHead {
			return a, errors.New("the head of the answer is too long")
		}
		line = bytes.TrimRight(line, "\r\n")
		if first {
			if a.status, err = statusOf(string(line)); err != nil {
				return a, err
			}
			continue
		}
		if len(line) == 0 {
			break
		}
		name, value, _ := strings.Cut(string(line), ":")
		if strings.EqualFold(name, "Content-Length") {
			length, err = strconv.Atoi(strings.TrimSpace(value))
			if err != nil || length < 0 || length > maxBody {
				return a, fmt.Errorf("content length %q", value)
			}
		}
	}
	if length < 0 {
		return a, errors.New("the answer has no content length")
	}
	a.body = make([]byte, length)
	if _, err := io.ReadFull(r, a.body); err != nil {
		return a, fmt.Errorf("read body: %w", err)
	}
	return a, nil
}

// statusOf reads "HTTP/1.1 200 OK".
func statusOf(line string) (int, error) {
	rest, ok := strings.CutPrefix(line, "HTTP/1.1 ")
	code, _, _ := strings.Cut(rest, " ")
	status, err := strconv.Atoi(code)
	if !ok || err != nil || len(code) != 3 || status < 200 {
		return 0, fmt.Errorf("status line %q", line)
	}
	return status, nil
}
