package conform

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"time"
)

// A client talks to one target. It is used by one goroutine, except for the connections
// that a check makes and owns itself.
type client struct {
	address string
	seed    uint64
	limits  limits

	idle       *conn // kept from one exchange to the next; nil if there is none
	checked    int
	unanswered int
	gone       bool // nothing listens any more, or it answers nothing
	rules      map[string]*breach
	notChecked []string
}

// A conn is one TCP connection, closed when the context of its dial ends.
type conn struct {
	*net.TCPConn
	reader *bufio.Reader
	stop   func() bool
}

func (c *conn) close() {
	c.stop()
	c.TCPConn.Close()
}

func (c *client) dial(ctx context.Context) (*conn, error) {
	dialer := net.Dialer{Timeout: c.limits.exchange}
	nc, err := dialer.DialContext(ctx, "tcp4", c.address)
	if err != nil {
		return nil, err
	}
	tcp := nc.(*net.TCPConn)
	stop := context.AfterFunc(ctx, func() { tcp.Close() })
	return &conn{TCPConn: tcp, reader: bufio.NewReader(tcp), stop: stop}, nil
}

// hangUp closes the connection kept between exchanges.
func (c *client) hangUp() {
	if c.idle != nil {
		c.idle.close()
		c.idle = nil
	}
}

// random is a source of numbers for one kind of check, so that a change of one kind
// leaves the requests of the others as they are.
func (c *client) random(stream uint64) *rand.Rand {
	return rand.New(rand.NewPCG(c.seed, stream))
}

// do makes one exchange on the kept connection or a new one. A kept connection that the
// server closed in the meantime is not an error: the request goes out once more, on a
// new one. Whether the server closes too early is the keep-alive check's to say.
func (c *client) do(ctx context.Context, req request) (answer, error) {
	if c.idle != nil {
		got, err := c.on(c.idle, req)
		if !errors.Is(err, errClosedUnanswered) {
			return got, err
		}
	}
	fresh, err := c.dial(ctx)
	if err != nil {
		return answer{}, err
	}
	c.idle = fresh
	return c.on(fresh, req)
}

// on makes one exchange on a connection that do keeps. It forgets a connection on
// which nothing can follow.
func (c *client) on(nc *conn, req request) (answer, error) {
	got, err := c.exchange(nc, req)
	if err != nil || got.closes {
		c.hangUp()
	}
	return got, err
}

// exchange sends a request on a connection and reads the answer.
func (c *client) exchange(nc *conn, req request) (answer, error) {
	nc.SetDeadline(time.Now().Add(c.limits.exchange + req.wait))
	sent := make(chan error, 1)
	go func() {
		_, err := nc.Write(req.wire(c.address))
		sent <- err
	}()
	// The answer to a body that is too large may come before the body is out, and what
	// is left of it may never be read.
	got, err := c.receive(nc, req)
	nc.SetWriteDeadline(time.Now())
	sendErr := <-sent
	switch {
	case sendErr == nil:
		return got, err
	case errors.Is(err, errClosedMidway), err == nil:
		got.closes = true
		return got, err
	case errors.Is(sendErr, os.ErrDeadlineExceeded):
		return got, err
	}
	return got, errClosedUnanswered
}

// receive reads the answer to a request that was sent, under the deadline that was set
// for it, and holds it against the rules.
func (c *client) receive(nc *conn, req request) (answer, error) {
	got, err := readAnswer(nc.reader, req.method)
	if err != nil {
		return answer{}, err
	}
	c.checked++
	c.judge(req, got)
	return got, nil
}

// failed is the difference for an exchange without an answer.
func (c *client) failed(req request, err error) Difference {
	c.checked++
	want := fmt.Sprintf("an answer within %v", c.limits.exchange+req.wait)
	got := err.Error()
	var dialing *net.OpError
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		c.unanswered++
		got = "no complete answer by then"
	case errors.As(err, &dialing) && dialing.Op == "dial":
		c.gone = true
	}
	return Difference{Request: req.String(), What: "connection", Want: want, Got: got}
}

// stopped says whether more requests are of no use.
func (c *client) stopped(ctx context.Context) bool {
	return c.gone || c.unanswered >= c.limits.unanswered || ctx.Err() != nil
}

// lives sees whether the server still answers on a new connection, after something that
// might have ended it.
func (c *client) lives(ctx context.Context, after string) []Difference {
	req := request{method: "GET", target: "/healthz", note: "after " + after}
	c.hangUp()
	_, err := c.do(ctx, req)
	if err == nil {
		return nil
	}
	c.gone = true
	return []Difference{{Request: req.String(), What: "server", Want: "it lives and answers", Got: err.Error()}}
}

// Errors of reading an answer. A deadline that passed is os.ErrDeadlineExceeded.
var (
	errClosedUnanswered = errors.New("connection closed before the first byte of an answer")
	errClosedMidway     = errors.New("connection closed in the middle of an answer")
)

// readError says what an error of the connection means, begun: after the first byte.
func readError(err error, begun bool) error {
	var network *net.OpError
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return os.ErrDeadlineExceeded
	case !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.As(err, &network):
		return err
	case begun:
		return errClosedMidway
	}
	return errClosedUnanswered
}
