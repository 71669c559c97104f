package conform

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/assay-bench/assay/harness/model"
)

func wrongConnections() []wrong {
	return []wrong{
		{name: "head expected in one read", kinds: []string{"split-write"}, says: "pieces",
			rig: rig{listen: onRead(func(c *bentConn, text []byte, err error) bool {
				return len(text) > 0 && len(text) < 16 && (text[0] == 'G' || text[0] == 'P')
			})}},
		{name: "dies of garbage", kinds: []string{"pipelined-garbage"}, says: "server: want it lives", ends: true,
			rig: rig{listen: onRead(func(c *bentConn, text []byte, err error) bool {
				return bytes.HasPrefix(text, []byte("this is not")) && c.listener.Close() == nil
			})}},
		{name: "garbage takes the request before it along", kinds: []string{"pipelined-garbage"}, says: "before garbage",
			rig: rig{listen: onRead(func(c *bentConn, text []byte, err error) bool {
				return bytes.HasPrefix(text, []byte("GET")) && bytes.Contains(text, []byte("this is not"))
			})}},
		{name: "garbage answered", kinds: []string{"pipelined-garbage"}, says: "want status 400 or a closed connection, got 200",
			rig: rig{listen: onRead(func(c *bentConn, text []byte, err error) bool {
				if bytes.HasPrefix(text, []byte("this is not")) {
					c.Write([]byte("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
				}
				return false
			})}},
		{name: "head without limit", kinds: []string{"oversized-header"}, says: "no end: connection: want status 431",
			limits: func(l *limits) { l.exchange = 2 * time.Second },
			rig:    rig{maxHeader: 64 << 20}},
		{name: "head of 8 KiB refused", kinds: []string{"oversized-header"}, says: "status: want 200, got 431",
			rig: rig{wrap: shortHeads}},
		{name: "body without limit", kinds: []string{"oversized-body"}, says: "status: want 413, got 201",
			rig: rig{answer: func(req request, a *model.Answer) {
				if a.Status == 413 {
					*a = model.AnswerOrder(model.TypeJSON, bytes.TrimRight(req.body, " }"))
					a.Status = 201
				}
			}}},
		{name: "dies with a client that leaves", kinds: []string{"aborted-request"}, says: "a cut request line",
			rig: rig{listen: onRead(func(c *bentConn, text []byte, err error) bool {
				return err == io.EOF && c.last == "POST /" && c.listener.Close() == nil
			})}},
		{name: "a slow client is not answered", kinds: []string{"aborted-request"}, says: "a slow client",
			rig: rig{listen: onRead(func(c *bentConn, text []byte, err error) bool {
				return bytes.HasPrefix(text, []byte(`{"customer":"c-17"`)) && len(text) == 51
			})}},
	}
}

// shortHeads refuses a head whose fields have more than 4 KiB. (net/http has buffers in
// front of its own limit, which therefore can't be set so low.)
func shortHeads(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		size := 0
		for name, values := range r.Header {
			size += len(name) + len(values[0])
		}
		if size > 4<<10 {
			w.WriteHeader(http.StatusRequestHeaderFieldsTooLarge)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// onRead bends connections: each read passes by the function, which says whether the
// connection ends there.
func onRead(see func(c *bentConn, text []byte, err error) bool) func(net.Listener) net.Listener {
	return func(l net.Listener) net.Listener { return bentListener{l, see} }
}

type bentListener struct {
	net.Listener
	see func(*bentConn, []byte, error) bool
}

func (l bentListener) Accept() (net.Conn, error) {
	nc, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &bentConn{Conn: nc, listener: l.Listener, see: l.see}, nil
}

type bentConn struct {
	net.Conn
	listener net.Listener
	see      func(*bentConn, []byte, error) bool

	mu   sync.Mutex // net/http reads in the background, too
	last string     // what the read before returned
}

func (c *bentConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.mu.Lock()
	defer c.mu.Unlock()
	if (n > 1 || err != nil || len(p) > 1) && c.see(c, p[:n], err) {
		c.Conn.Close()
		return 0, net.ErrClosed
	}
	if n > 0 {
		c.last = string(p[:n])
	}
	return n, err
}
