package null

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/assay-bench/assay/harness/model"
)

// httpGrace is how long requests in flight may take when the server shall end.
const httpGrace = 5 * time.Second

// portable is the server made of net/http.
type portable struct {
	faults   *faults
	start    time.Time
	open     atomic.Int64
	accepted atomic.Int64
	wrong    string
}

// A portableConn is what is kept of one connection.
type portableConn struct {
	net.Conn
	doomed  bool
	answers int // to /null; requests of a connection come one after another
}

type connKey struct{}

// serveHTTP is Serve with net/http.
func serveHTTP(ctx context.Context, l net.Listener, o Options) error {
	if err := o.Check(); err != nil {
		return fmt.Errorf("null server: %w", errors.Join(err, l.Close()))
	}
	p := &portable{faults: newFaults(o), start: time.Now(), wrong: wrongBody(int(o.Seed % 1024))}
	server := &http.Server{
		Handler:        p,
		MaxHeaderBytes: maxHead,
		ConnState:      p.changed,
		ConnContext: func(ctx context.Context, c net.Conn) context.Context {
			return context.WithValue(ctx, connKey{}, &portableConn{Conn: c, doomed: p.faults.doomed(p.accepted.Add(1))})
		},
	}
	dismiss := p.faults.entertain(ctx, l.Addr().String())
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(&limited{Listener: l, p: p}) }()
	var err error
	select {
	case err = <-ended:
	case <-ctx.Done():
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), httpGrace)
		defer cancel()
		if server.Shutdown(grace) != nil {
			_ = server.Close() // what is cut off was beyond the grace
		}
		err = <-ended
	}
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	if err = errors.Join(err, dismiss()); err != nil {
		return fmt.Errorf("null server: %w", err)
	}
	return nil
}

// limited closes at once what is too many.
type limited struct {
	net.Listener
	p *portable
}

// Accept counts what it returns as open.
func (l *limited) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if most := l.p.faults.MaxConnections; most == 0 || l.p.open.Load() < int64(most) {
			l.p.open.Add(1)
			return c, nil
		}
		_ = c.Close() // it was told nothing
	}
}

func (p *portable) changed(_ net.Conn, state http.ConnState) {
	if state == http.StateClosed {
		p.open.Add(-1)
	}
}

func (p *portable) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	status, contentType, body := http.StatusNotFound, problemType, notFoundBody
	asked := r.Method == http.MethodGet && r.URL.Path == "/null"
	switch {
	case r.ContentLength != 0:
		status, contentType, body = http.StatusLengthRequired, textType, ""
		w.Header().Set("Connection", "close")
	case asked:
		status, contentType, body = http.StatusOK, jsonType, model.NullAnswer
	case r.Method == http.MethodGet && r.URL.Path == "/healthz":
		status, contentType, body = http.StatusOK, textType, healthzBody
	case r.Method == http.MethodGet && r.URL.Path == "/stats":
		status, contentType, body = http.StatusOK, jsonType, statsBody(p.open.Load(), runtime.GOMAXPROCS(0))
	}
	p.hold(asked)
	if asked {
		switch p.faults.next() {
		case wrong:
			body = p.wrong
		case failing:
			status = http.StatusInternalServerError
		}
	}
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body) // a client that is gone is none of our business
	if asked {
		leave(w, r)
	}
}

// hold waits until the answer is due.
func (p *portable) hold(asked bool) {
	now := time.Since(p.start)
	if asked {
		p.faults.asked(now)
	}
	time.Sleep(p.faults.due(now) - now)
}

// leave ends a doomed connection behind its last answer, unannounced.
func leave(w http.ResponseWriter, r *http.Request) {
	c, ok := r.Context().Value(connKey{}).(*portableConn)
	if !ok {
		return
	}
	if c.answers++; c.doomed && c.answers == CloseAfter {
		_ = http.NewResponseController(w).Flush() // as above
		_ = c.Close()
	}
}
