package relay

import (
	"errors"
	"io"
	"maps"
	"net"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"
)

// serveOne is a database that takes one connection: it starts it, and answers each Sync by what a statement without rows brings.
func serveOne(t *testing.T) (address string) {
	t.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		b := pgproto3.NewBackend(c, c)
		if _, err := b.ReceiveStartupMessage(); err != nil {
			return
		}
		b.Send(&pgproto3.AuthenticationOk{})
		b.Send(&pgproto3.ReadyForQuery{TxStatus: 'I'})
		for b.Flush() == nil {
			m, err := b.Receive()
			if err != nil {
				return
			}
			if _, ok := m.(*pgproto3.Sync); ok {
				b.Send(&pgproto3.BindComplete{})
				b.Send(&pgproto3.CommandComplete{CommandTag: []byte("SELECT 0")})
				b.Send(&pgproto3.ReadyForQuery{TxStatus: 'I'})
			}
		}
	}()
	return l.Addr().String()
}

// connected is a relay before such a database, a connection to it on which the start is over, and what speaks the protocol on it.
func connected(t *testing.T) (*Relay, net.Conn, *pgproto3.Frontend) {
	t.Helper()
	r, err := Listen(t.Context(), "127.0.0.1:0", serveOne(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	c, err := net.Dial("tcp4", r.listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	c.SetDeadline(time.Now().Add(10 * time.Second))
	f := pgproto3.NewFrontend(c, c)
	f.Send(&pgproto3.StartupMessage{ProtocolVersion: pgproto3.ProtocolVersionNumber, Parameters: map[string]string{"user": "u"}})
	untilReady(t, f)
	return r, c, f
}

// The start of a connection is not counted; after it every message is, under its name, and a round trip for each question
// that follows an answer, however many messages ask it.
func TestRelayCountsMessages(t *testing.T) {
	t.Parallel()
	r, _, f := connected(t)
	if counts, err := r.Take(); err != nil || len(counts.Frontend) > 0 || counts.RoundTrips != 0 {
		t.Errorf("the start counts: %+v, %v", counts, err)
	}
	for range 3 {
		f.Send(&pgproto3.Bind{})
		f.Send(&pgproto3.Execute{})
		f.Send(&pgproto3.Sync{})
		untilReady(t, f)
	}
	counts, err := r.Take()
	if err != nil {
		t.Fatal(err)
	}
	if want := map[string]int{"Bind": 3, "Execute": 3, "Sync": 3}; !maps.Equal(counts.Frontend, want) {
		t.Errorf("sent %v, want %v", counts.Frontend, want)
	}
	if want := map[string]int{"BindComplete": 3, "CommandComplete": 3, "ReadyForQuery": 3}; !maps.Equal(counts.Backend, want) {
		t.Errorf("answered %v, want %v", counts.Backend, want)
	}
	if counts.RoundTrips != 3 {
		t.Errorf("%d round trips, want 3", counts.RoundTrips)
	}
	if counts, err := r.Take(); err != nil || len(counts.Frontend)+len(counts.Backend)+counts.RoundTrips > 0 {
		t.Errorf("counted twice: %+v, %v", counts, err)
	}
}

// Bytes that are no message of the protocol make the counts worthless, which Take says.
func TestRelaySaysWhatItDoesNotUnderstand(t *testing.T) {
	t.Parallel()
	r, c, _ := connected(t)
	if _, err := c.Write([]byte{0xff, 0, 0, 0, 5, 1}); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(c); err != nil && !errors.Is(err, net.ErrClosed) {
		var network *net.OpError
		if !errors.As(err, &network) {
			t.Fatal(err)
		}
	}
	if _, err := r.Take(); err == nil {
		t.Error("an unknown message was passed over in silence")
	}
}

func untilReady(t *testing.T, f *pgproto3.Frontend) {
	t.Helper()
	if err := f.Flush(); err != nil {
		t.Fatal(err)
	}
	for {
		m, err := f.Receive()
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := m.(*pgproto3.ReadyForQuery); ok {
			return
		}
	}
}
