package conform

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/model"
)

// A rig is the reference server, a correct target made from the model, and what is
// bent of it to make it a wrong one. The zero rig is correct.
type rig struct {
	wrap      func(http.Handler) http.Handler   // bends answers
	listen    func(net.Listener) net.Listener   // bends connections
	answer    func(request, *model.Answer)      // bends what the model says
	early     func(millis uint64) time.Duration // how much too early GET /hold is
	gauge     func(open, accepted int64) int64  // bends the gauge
	maxHeader int                               // bytes of a head, less what net/http adds; 0: 16 KiB
}

// start runs the server until the test ends and returns its address.
func (g rig) start(t *testing.T) string {
	t.Helper()
	address, _ := g.startServer(t)
	return address
}

func (g rig) startServer(t *testing.T) (string, *http.Server) {
	t.Helper()
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if g.listen != nil {
		listener = g.listen(listener)
	}
	var open, accepted, requests atomic.Int64
	var handler http.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.serve(w, r, gauges{open.Load(), accepted.Load(), requests.Add(1) / requestsPerCollection})
	})
	if g.wrap != nil {
		handler = g.wrap(handler)
	}
	server := &http.Server{
		Handler:        handler,
		MaxHeaderBytes: 16 << 10,
		ErrorLog:       log.New(io.Discard, "", 0),
		ConnContext: func(ctx context.Context, _ net.Conn) context.Context {
			return context.WithValue(ctx, servedKey{}, new(int))
		},
		ConnState: func(_ net.Conn, state http.ConnState) {
			switch state {
			case http.StateNew:
				open.Add(1)
				accepted.Add(1)
			case http.StateClosed, http.StateHijacked:
				open.Add(-1)
			}
		},
	}
	if g.maxHeader > 0 {
		server.MaxHeaderBytes = g.maxHeader
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		server.Serve(listener)
	}()
	t.Cleanup(func() {
		server.Close()
		<-done
	})
	return address, server
}

// servedKey finds the number of requests that a connection has had.
type servedKey struct{}

func served(r *http.Request) *int { return r.Context().Value(servedKey{}).(*int) }

// gauges are what the server counts.
type gauges struct{ open, accepted, collections int64 }

// requestsPerCollection is after how many requests the server says that it collected garbage.
const requestsPerCollection = 100

func (g rig) serve(w http.ResponseWriter, r *http.Request, now gauges) {
	*served(r)++
	body, err := io.ReadAll(io.LimitReader(r.Body, model.MaxOrderBytes+1))
	if err != nil {
		panic(http.ErrAbortHandler) // the client left
	}
	req := request{method: r.Method, target: r.RequestURI, body: body, headers: map[string]string{"Content-Type": r.Header.Get("Content-Type")}}
	answer := expect(req)
	switch {
	case r.URL.Path == "/stats" && answer.Status == 200:
		if g.gauge != nil {
			now.open = g.gauge(now.open, now.accepted)
		}
		answer.Body = fmt.Appendf(nil, `{"open_connections":%d,"worker_threads":2,"gc_count":%d,"gc_pause_total_ns":1,"resident_bytes":null}`, now.open, now.collections)
	case r.URL.Path == "/hold" && answer.Status == 200:
		millis, _ := parameter(r.URL.RawQuery, "ms")
		wait := time.Duration(millis) * time.Millisecond
		if g.early != nil {
			wait -= g.early(millis)
		}
		time.Sleep(wait)
	}
	if g.answer != nil {
		g.answer(req, &answer)
	}
	header := w.Header()
	header.Set("Content-Type", answer.ContentType)
	header.Set("Content-Length", strconv.Itoa(len(answer.Body)))
	if answer.Allow != "" {
		header.Set("Allow", answer.Allow)
	}
	w.WriteHeader(answer.Status)
	w.Write(answer.Body)
}

// thorough is a job with every kind of check.
func thorough(t *testing.T, address string) Job {
	t.Helper()
	golden, err := LoadGolden("testdata/golden")
	if err != nil {
		t.Fatal(err)
	}
	return Job{Address: address, Golden: golden, Seed: 1, Random: RandomOnce, CPUs: 2, Thorough: true}
}
