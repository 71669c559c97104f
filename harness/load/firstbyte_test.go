package load

import (
	"bytes"
	"net"
	"testing"
	"time"
)

// bodyDelay is how long after its head the body of a greeting's answer leaves.
const bodyDelay = 100 * time.Millisecond

// A lateBodies is a listener on whose connections the body of a greeting's answer leaves bodyDelay after the head.
type lateBodies struct{ net.Listener }

func (l lateBodies) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	return lateBody{c}, err
}

type lateBody struct{ net.Conn }

func (c lateBody) Write(b []byte) (int, error) {
	head, ok := bytes.CutSuffix(b, []byte("ok\n"))
	if !ok {
		return c.Conn.Write(b)
	}
	n, err := c.Conn.Write(head)
	if err != nil {
		return n, err
	}
	time.Sleep(bodyDelay)
	rest, err := c.Conn.Write(b[n:])
	return n + rest, err
}

// The first byte is that of the head, whenever the body comes; and each connection has one.
func TestFirstByteIsTheHeads(t *testing.T) { perEngine(t, testFirstByteIsTheHeads) }

func testFirstByteIsTheHeads(t *testing.T, engine string) {
	f := newFakeTarget(t, nil, func(l net.Listener) net.Listener { return lateBodies{l} })
	job := engineJob(f, engine)
	job.Connections, job.RequestsPerSecond = 20, 60
	res := drive(t, job)
	if res.Failure != "" || counts(t, res.FirstByte) != 20 {
		t.Fatalf("failure %q, %d of 20 connections have a first byte", res.Failure, counts(t, res.FirstByte))
	}
	if opening := time.Duration(res.ConnectSeconds * 1e9); opening < bodyDelay {
		t.Errorf("opened and verified within %v: the bodies were not late", opening)
	}
	if first, dial := quantile(t, res.FirstByte, 0.5), quantile(t, res.Connect, 0.5); first >= bodyDelay || first < dial {
		t.Errorf("the first byte came %v after the dial, which took %v; the body came %v after the head", first, dial, bodyDelay)
	}
}
