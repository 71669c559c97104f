package load

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"time"
)

// A team is the agents of one job, who pass certain points together: none sends before all connections are verified, and
// none lets go of its connections while another still counts them. Part 0 leads: it waits for the others and tells them
// the time. They meet at a socket of Linux's abstract namespace (unix(7)), which belongs to the network namespace that the
// agents share with the target. An agent alone is a team of one and never waits.
type team struct {
	leads   bool
	members []net.Conn // the leader's: all others; a member's: the leader
}

// gatherInterval is how often a member looks whether the leader is there.
const gatherInterval = 5 * time.Millisecond

// gather brings the agents of a job together. name is the same for all of them and no other job's. It fails when somebody
// is missing at the deadline.
func gather(ctx context.Context, p Part, name string, deadline time.Time) (*team, error) {
	ctx, cancel := context.WithDeadline(ctx, deadline)
	defer cancel()
	t := &team{leads: p.Index == 0}
	var err error
	switch {
	case p.of() == 1:
	case t.leads:
		err = t.receive(ctx, name, p.of()-1)
	default:
		err = t.join(ctx, name)
	}
	if err != nil {
		t.disband()
		return nil, fmt.Errorf("the others did not come: %w", err)
	}
	return t, nil
}

// receive takes in n members.
func (t *team) receive(ctx context.Context, name string, n int) error {
	l, err := new(net.ListenConfig).Listen(ctx, "unix", name)
	if err != nil {
		return err
	}
	defer l.Close()
	defer context.AfterFunc(ctx, func() { l.Close() })()
	for len(t.members) < n {
		c, err := l.Accept()
		if err != nil {
			return errors.Join(context.Cause(ctx), err)
		}
		t.members = append(t.members, c)
	}
	return nil
}

// join calls the leader until it is there.
func (t *team) join(ctx context.Context, name string) error {
	for {
		c, err := new(net.Dialer).DialContext(ctx, "unix", name)
		if err == nil {
			t.members = []net.Conn{c}
			return nil
		}
		if !sleepUntil(ctx, time.Now().Add(gatherInterval)) {
			return err
		}
	}
}

// meet returns for all of them together what the leader's clock says then, plus lead. ctx ends it early.
func (t *team) meet(ctx context.Context, lead time.Duration) (time.Time, error) {
	defer context.AfterFunc(ctx, t.disband)()
	var word [8]byte
	if !t.leads {
		if _, err := t.members[0].Write(word[:1]); err != nil {
			return time.Time{}, fmt.Errorf("the leading agent is gone: %w", err)
		}
		if _, err := io.ReadFull(t.members[0], word[:]); err != nil {
			return time.Time{}, fmt.Errorf("the leading agent is gone: %w", err)
		}
		now := time.Now()
		return now.Add(time.Duration(int64(binary.LittleEndian.Uint64(word[:])) - now.UnixNano())), nil
	}
	for _, m := range t.members {
		if _, err := io.ReadFull(m, word[:1]); err != nil {
			return time.Time{}, fmt.Errorf("another agent is gone: %w", err)
		}
	}
	at := time.Now().Add(lead)
	binary.LittleEndian.PutUint64(word[:], uint64(at.UnixNano()))
	for _, m := range t.members {
		if _, err := m.Write(word[:]); err != nil {
			return time.Time{}, fmt.Errorf("another agent is gone: %w", err)
		}
	}
	return at, nil
}

// disband ends it; whoever waits in meet fails. A team that never gathered has nothing to end.
func (t *team) disband() {
	if t == nil {
		return
	}
	for _, m := range t.members {
		m.Close()
	}
}
