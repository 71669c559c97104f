package relay

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5/pgproto3"
)

// Counts are the messages of all connections since the last Take. Those of a connection's start are not among them.
type Counts struct {
	Frontend map[string]int `json:"frontend"` // by the protocol's name: "Bind", "Execute", "Sync", ...
	Backend  map[string]int `json:"backend"`
	// RoundTrips is how often a client sent after it had been answered.
	RoundTrips int `json:"round_trips"`
}

// A Relay passes connections on to a database. Use Listen.
type Relay struct {
	listener net.Listener
	to       string
	serving  sync.WaitGroup

	mu     sync.Mutex
	counts Counts
	open   map[net.Conn]struct{}
	closed bool
	err    error // the first message that could not be decoded or passed on
}

// Listen begins to relay connections from one address to the other.
func Listen(ctx context.Context, at, to string) (*Relay, error) {
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp4", at)
	if err != nil {
		return nil, fmt.Errorf("relay: %w", err)
	}
	r := &Relay{listener: l, to: to, counts: empty(), open: map[net.Conn]struct{}{}}
	r.serving.Go(r.accept)
	return r, nil
}

func empty() Counts { return Counts{Frontend: map[string]int{}, Backend: map[string]int{}} }

// Take returns what was counted since the last call, and begins anew. The error says that something was not understood:
// then the counts are worth nothing.
func (r *Relay) Take() (Counts, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := Counts{Frontend: maps.Clone(r.counts.Frontend), Backend: maps.Clone(r.counts.Backend), RoundTrips: r.counts.RoundTrips}
	r.counts = empty()
	return c, r.err
}

// Close ends all connections and waits for their goroutines.
func (r *Relay) Close() error {
	err := r.listener.Close()
	r.mu.Lock()
	r.closed = true
	for c := range r.open {
		c.Close() // the goroutines that use it see it
	}
	r.mu.Unlock()
	r.serving.Wait()
	return err
}

func (r *Relay) accept() {
	for {
		client, err := r.listener.Accept()
		if err != nil {
			return // closed
		}
		server, err := net.Dial("tcp4", r.to)
		if err != nil {
			client.Close() // as a server that refuses
			continue
		}
		if !r.keep(client, server) {
			return
		}
		r.serving.Go(func() { r.serve(client, server) })
	}
}

// keep notes connections for Close; false when that was called already.
func (r *Relay) keep(conns ...net.Conn) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range conns {
		if r.closed {
			c.Close()
			continue
		}
		r.open[c] = struct{}{}
	}
	return !r.closed
}

// A session is one connection of a client and the one to the server that belongs to it.
type session struct {
	relay          *Relay
	client, server net.Conn
	asks           *pgproto3.Backend  // decodes what the client sends
	answers        *pgproto3.Frontend // decodes what the server sends
	answered       bool               // the last message came from the server; under the relay's lock
}

func (r *Relay) serve(client, server net.Conn) {
	s := &session{relay: r, client: client, server: server, asks: pgproto3.NewBackend(client, nil), answers: pgproto3.NewFrontend(server, nil), answered: true}
	var back sync.WaitGroup
	if err := s.start(); err == nil {
		back.Go(func() {
			r.failed(s.passAnswers())
			client.Close()
		})
		r.failed(s.passAsks())
	} else {
		r.failed(err)
	}
	server.Close()
	back.Wait()
	client.Close()
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.open, client)
	delete(r.open, server)
}

// failed keeps the first error that is not the end of a connection.
func (r *Relay) failed(err error) {
	var network *net.OpError
	if err == nil || errors.Is(err, net.ErrClosed) || errors.As(err, &network) || isEnd(err) {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err == nil {
		r.err = fmt.Errorf("relay: %w", err)
	}
}

// start passes on what both say until the server is ready. TLS is refused, as a server without a certificate does. Here
// they speak by turns: what the client's answer means depends on what it was asked for.
func (s *session) start() error {
	if err := s.greet(); err != nil {
		return err
	}
	for {
		m, err := s.answers.Receive()
		if err != nil {
			return err
		}
		if err := s.asks.SetAuthType(s.answers.GetAuthType()); err != nil {
			return err
		}
		if err := pass(s.client, m); err != nil {
			return err
		}
		switch m.(type) {
		case *pgproto3.ReadyForQuery:
			return nil
		case *pgproto3.ErrorResponse:
			return io.EOF // the server hangs up
		case *pgproto3.AuthenticationSASL, *pgproto3.AuthenticationSASLContinue, *pgproto3.AuthenticationCleartextPassword, *pgproto3.AuthenticationMD5Password:
			answer, err := s.asks.Receive()
			if err != nil {
				return err
			}
			if err := pass(s.server, answer); err != nil {
				return err
			}
		}
	}
}

// greet passes the client's first message on.
func (s *session) greet() error {
	for {
		m, err := s.asks.ReceiveStartupMessage()
		if err != nil {
			return err
		}
		if _, wantsTLS := m.(*pgproto3.SSLRequest); !wantsTLS {
			return pass(s.server, m)
		}
		if _, err := s.client.Write([]byte{'N'}); err != nil {
			return err
		}
	}
}

func (s *session) passAsks() error {
	for {
		m, err := s.asks.Receive()
		if err != nil {
			return err
		}
		s.count(m, false)
		if err := pass(s.server, m); err != nil {
			return err
		}
	}
}

func (s *session) passAnswers() error {
	for {
		m, err := s.answers.Receive()
		if err != nil {
			return err
		}
		s.count(m, true)
		if err := pass(s.client, m); err != nil {
			return err
		}
	}
}

func pass(to net.Conn, m pgproto3.Message) error {
	b, err := m.Encode(nil)
	if err != nil {
		return err
	}
	_, err = to.Write(b)
	return err
}

// count adds a message of a connection whose start is over.
func (s *session) count(m pgproto3.Message, fromServer bool) {
	r := s.relay
	r.mu.Lock()
	defer r.mu.Unlock()
	name := strings.TrimPrefix(fmt.Sprintf("%T", m), "*pgproto3.")
	if fromServer {
		r.counts.Backend[name]++
		s.answered = true
		return
	}
	r.counts.Frontend[name]++
	if _, ends := m.(*pgproto3.Terminate); s.answered && !ends {
		r.counts.RoundTrips++
	}
	s.answered = false
}
