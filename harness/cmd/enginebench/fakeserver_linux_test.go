package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"strconv"
	"sync/atomic"
	"testing"

	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/model"
	"github.com/assay-bench/assay/harness/target"
)

// A fakeServer keeps as much of the contract as is asked here, and counts what it answered.
type fakeServer struct {
	launch.Launcher // nil: nothing but Launch is called
	http            http.Server
	port            int
	open            atomic.Int64
	items, greet    atomic.Int64
	constant        bool
	broken          atomic.Bool // answers no item
}

func newFakeServer(t *testing.T, constant bool) *fakeServer {
	t.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f := &fakeServer{port: l.Addr().(*net.TCPAddr).Port, constant: constant}
	f.http.Handler, f.http.ConnState = http.HandlerFunc(f.answer), f.track
	done := make(chan struct{})
	go func() { defer close(done); _ = f.http.Serve(l) }()
	t.Cleanup(func() { _ = f.http.Close(); <-done })
	return f
}

func (f *fakeServer) track(_ net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		f.open.Add(1)
	case http.StateClosed:
		f.open.Add(-1)
	}
}

func (f *fakeServer) answer(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/healthz":
		f.greet.Add(1)
		fmt.Fprint(w, "ok\n")
	case "/stats":
		fmt.Fprintf(w, `{"open_connections":%d,"worker_threads":1}`, f.open.Load())
	case "/item":
		f.items.Add(1)
		id, err := strconv.ParseUint(r.URL.Query().Get("id"), 10, 64)
		if err != nil || f.broken.Load() {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		if f.constant {
			id = fixedID
		}
		_, _ = w.Write(model.AppendItem(nil, id))
	}
}

// Launch hands out the server as it runs.
func (f *fakeServer) Launch(context.Context, launch.Build, target.Target, target.Placement) (launch.Instance, error) {
	return fakeInstance{port: f.port}, nil
}

// A fakeInstance never ends.
type fakeInstance struct {
	launch.Instance
	port int
}

func (fakeInstance) PID() int                                  { return os.Getpid() }
func (i fakeInstance) Address() string                         { return "127.0.0.1:" + strconv.Itoa(i.port) }
func (fakeInstance) Stop(context.Context) (launch.Exit, error) { return launch.Exit{}, nil }
