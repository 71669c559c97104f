package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"runtime"
	"time"

	"github.com/valyala/fasthttp"
)

const (
	// idleTimeout bounds the wait for a request, the first of a connection as well as the
	// next. The contract asks for 120 s or more.
	idleTimeout = 150 * time.Second

	// drainTimeout leaves two of the contract's 10 s for leaving, on a busy machine too.
	drainTimeout = 8 * time.Second

	// headerBytes is the most a request's head may have. Each connection has a buffer of
	// that size; fasthttp's own, 4 KiB, is less than the contract asks for.
	headerBytes = 16 << 10

	// discardBytes is the most of a body that is read, so that the connection can be kept
	// although the body is too large. net/http reads as much.
	discardBytes = 256 << 10

	tooLarge = "body exceeds 65536 bytes"
)

// A server is the state that requests share.
type server struct {
	http    *fasthttp.Server
	hashing chan struct{} // a place for each long hash chain that may run at a time
}

func newServer() *server {
	s := &server{hashing: make(chan struct{}, runtime.GOMAXPROCS(0))}
	s.http = &fasthttp.Server{
		Handler:               s.routes(),
		ErrorHandler:          refuse,
		NoDefaultServerHeader: true,
		ReadTimeout:           idleTimeout, // also of the first byte, for which IdleTimeout does not count
		IdleTimeout:           idleTimeout,
		ReadBufferSize:        headerBytes,
		MaxRequestBodySize:    discardBytes,
		Logger:                log.New(io.Discard, "", 0), // it has a line for each request that cannot be read
	}
	return s
}

// run serves ln until ctx ends. Then it stops accepting, finishes the requests in flight
// and returns nil; what has not finished after drainTimeout is left to the end of the
// program. It closes ln.
func run(ctx context.Context, ln net.Listener) error {
	s := newServer()
	drained := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() { drained <- drain(s.http, drainTimeout) })
	err := s.http.Serve(ln)
	if stop() { // it ended by itself
		return fmt.Errorf("serve %s: %w", ln.Addr(), errors.Join(err, ln.Close()))
	}
	return <-drained
}

// drain shuts srv down, and gives up on what takes longer than timeout.
func drain(srv *fasthttp.Server, timeout time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	if err := srv.ShutdownWithContext(ctx); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("shut down: %w", err)
	}
	return nil
}

// refuse answers what could not be read as a request. fasthttp closes the connection after
// it.
func refuse(ctx *fasthttp.RequestCtx, err error) {
	var long *fasthttp.ErrSmallBuffer
	var network net.Error
	switch {
	case errors.Is(err, fasthttp.ErrBodyTooLarge):
		reject(ctx, fasthttp.StatusRequestEntityTooLarge, tooLarge)
	case errors.As(err, &long):
		reject(ctx, fasthttp.StatusRequestHeaderFieldsTooLarge, "head exceeds 16384 bytes")
	case errors.As(err, &network) && network.Timeout():
		reject(ctx, fasthttp.StatusRequestTimeout, "the request did not arrive in time")
	default:
		reject(ctx, fasthttp.StatusBadRequest, "not a valid HTTP request")
	}
}
