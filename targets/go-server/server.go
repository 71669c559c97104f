package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	// idleTimeout bounds the wait for the head of a request, the first of a connection
	// as well as the next. The contract asks for 120 s or more.
	idleTimeout = 150 * time.Second

	// drainTimeout leaves two of the contract's 10 s for leaving, on a busy machine too.
	drainTimeout = 8 * time.Second

	// headerBytes is the most a request's head may have. net/http adds 4 KiB of its own
	// to MaxHeaderBytes.
	headerBytes = 32 << 10
	headerSlack = 4 << 10

	// closeTimeout bounds the closing of the database's connections.
	closeTimeout = time.Second
)

// A server is the state that requests share.
type server struct {
	open    atomic.Int64  // accepted connections that are not yet closed
	hashing chan struct{} // a place for each long hash chain that may run at a time

	equalised, stock *database // behind /db and /db/stock
}

// newServer makes a server whose pools are made as config says; nil is no database.
func newServer(config *pgxpool.Config) *server {
	s := &server{
		hashing:   make(chan struct{}, runtime.GOMAXPROCS(0)),
		equalised: &database{},
		stock:     &database{config: config},
	}
	if config != nil {
		s.equalised.config = equalised(config)
	}
	return s
}

// run serves ln until ctx ends. Then it stops accepting, finishes the requests in flight
// and returns nil; what has not finished after drainTimeout is cut off. It closes ln.
func run(ctx context.Context, ln net.Listener, config *pgxpool.Config) error {
	s := newServer(config)
	defer s.closeDatabases()
	srv := &http.Server{
		Handler:                      s.routes(),
		ConnState:                    s.count,
		ReadHeaderTimeout:            idleTimeout,
		IdleTimeout:                  idleTimeout,
		MaxHeaderBytes:               headerBytes - headerSlack,
		DisableGeneralOptionsHandler: true, // OPTIONS * is an unknown path like others
	}
	drained := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() { drained <- drain(srv, drainTimeout) })
	err := srv.Serve(ln)
	if !errors.Is(err, http.ErrServerClosed) {
		stop()
		return errors.Join(fmt.Errorf("serve %s: %w", ln.Addr(), err), srv.Close())
	}
	return <-drained
}

// drain shuts srv down and closes by force what takes longer than timeout.
func drain(srv *http.Server, timeout time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	err := srv.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = srv.Close()
	}
	if err != nil {
		return fmt.Errorf("shut down: %w", err)
	}
	return nil
}

// count keeps the gauge of open connections.
func (s *server) count(_ net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		s.open.Add(1)
	case http.StateClosed, http.StateHijacked:
		s.open.Add(-1)
	}
}

// closeDatabases closes the connections to the database. What takes longer than
// closeTimeout, a query that was cut off or a database that does not answer, is left to
// the end of the process.
func (s *server) closeDatabases() {
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		s.equalised.close()
		s.stock.close()
	}()
	select {
	case <-closed:
	case <-time.After(closeTimeout):
	}
}
