package load

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/assay-bench/assay/harness/load/conns"
)

// pseudoSuffix ends the name of every pseudo-host. ".invalid" can never resolve (RFC 2606): a request that got past the
// pool could not reach another machine.
const pseudoSuffix = ".invalid"

// The transport's buffers per connection. Requests and answers are a few hundred bytes, connections up to twenty thousand.
const (
	readBufferBytes  = 2 << 10
	writeBufferBytes = 1 << 10
)

// A pool holds the connections of a job: slot i is the one connection of pseudo-host i. It counts openings and ends and
// tells ends by the peer from our own.
type pool struct {
	address string
	slots   []slot
	dialled func(took time.Duration)
	connect func(ctx context.Context, slot int) (net.Conn, error)
	ctx     context.Context // ends every dial
	cancel  context.CancelFunc

	opened   atomic.Int64 // dials that succeeded
	open     atomic.Int64 // connections that are open now
	armed    atomic.Bool  // between the barrier and the end of the window
	byPeer   atomic.Int64 // ends while armed, by the peer
	reopened atomic.Int64 // dials while armed

	mu      sync.Mutex
	closing bool
	conns   map[*trackedConn]struct{}
	dials   sync.WaitGroup
}

// A slot is what is known of one pseudo-host beyond its connection.
type slot struct {
	lost      atomic.Pointer[string] // class of a death that left a request without an answer
	closed    atomic.Int32           // ends while armed, by our transport
	explained atomic.Int32           // of them, because we gave a request up
	firstByte atomic.Int64           // ns from the dial of its latest connection to the first byte on it
}

// newPool prepares connections to address; timeout ends a dial. dialled gets the time of each dial that succeeded and
// may be called from several goroutines.
func newPool(address string, connections int, timeout time.Duration, dialled func(time.Duration)) *pool {
	p := &pool{address: address, slots: make([]slot, connections), dialled: dialled, conns: map[*trackedConn]struct{}{}}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	p.connect = dialTo(address, sources(connections), timeout)
	return p
}

// dialTo opens TCP connections to address, each slot from the source address that is its turn.
func dialTo(address string, sources []net.IP, timeout time.Duration) func(context.Context, int) (net.Conn, error) {
	dialers := make([]net.Dialer, len(sources))
	for i, source := range sources {
		dialers[i] = net.Dialer{Timeout: timeout, KeepAlive: -1}
		if source != nil {
			dialers[i].LocalAddr = &net.TCPAddr{IP: source}
			dialers[i].Control = bindAddressNoPort
		}
	}
	return func(ctx context.Context, slot int) (net.Conn, error) {
		return dialers[slot/conns.MaxPerSource].DialContext(ctx, "tcp4", address)
	}
}

// sources are the source addresses for n connections: nil (the kernel chooses, no bind) while one will do, else
// 127.0.0.2, 127.0.0.3, ...
func sources(n int) []net.IP {
	if n <= conns.MaxPerSource {
		return []net.IP{nil}
	}
	all := make([]net.IP, (n+conns.MaxPerSource-1)/conns.MaxPerSource)
	for i := range all {
		all[i] = net.IPv4(127, 0, byte((i+2)>>8), byte(i+2))
	}
	return all
}

// transport makes the transport whose connections this pool opens: one a pseudo-host, kept open, nothing hidden.
func (p *pool) transport() *http.Transport {
	return &http.Transport{
		DialContext:         p.dial,
		MaxConnsPerHost:     1,
		MaxIdleConnsPerHost: 1,
		MaxIdleConns:        0, // no limit
		IdleConnTimeout:     0, // never
		DisableCompression:  true,
		ReadBufferSize:      readBufferBytes,
		WriteBufferSize:     writeBufferBytes,
	}
}

// missing lists the slots without an open connection.
func (p *pool) missing() []int {
	p.mu.Lock()
	defer p.mu.Unlock()
	there := make([]bool, len(p.slots))
	for c := range p.conns {
		there[c.slot] = there[c.slot] || !c.dead.Load()
	}
	var slots []int
	for i, ok := range there {
		if !ok {
			slots = append(slots, i)
		}
	}
	return slots
}

// pseudoHost names slot i for the transport, with the target's port.
func (p *pool) pseudoHost(i int) string {
	_, port, _ := net.SplitHostPort(p.address)
	return fmt.Sprintf("c%05d%s:%s", i, pseudoSuffix, port)
}

// slotOf reads a pseudo-host back.
func (p *pool) slotOf(host string) (int, error) {
	name, _, ok := strings.Cut(host, pseudoSuffix)
	i, err := strconv.Atoi(strings.TrimPrefix(name, "c"))
	if !ok || err != nil || i < 0 || i >= len(p.slots) {
		return 0, fmt.Errorf("load: %q is no pseudo-host of this job", host)
	}
	return i, nil
}

// dial opens the connection of a pseudo-host to the target. The transport's context is not used: it outlives requests,
// and close must be able to end a dial.
func (p *pool) dial(_ context.Context, _, host string) (net.Conn, error) {
	i, err := p.slotOf(host)
	if err != nil {
		return nil, err
	}
	if class := p.slots[i].lost.Swap(nil); class != nil {
		return nil, failure{*class}
	}
	if !p.enter() {
		return nil, net.ErrClosed
	}
	defer p.dials.Done()
	began := time.Now()
	raw, err := p.connect(p.ctx, i)
	if err != nil {
		return nil, err
	}
	p.dialled(time.Since(began))
	return p.adopt(raw, i, began)
}

// enter admits a dial unless the pool is closing.
func (p *pool) enter() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.closing {
		p.dials.Add(1)
	}
	return !p.closing
}

// adopt takes a fresh connection, whose dial began then, into the books.
func (p *pool) adopt(raw net.Conn, slot int, began time.Time) (net.Conn, error) {
	c := &trackedConn{Conn: raw, pool: p, slot: slot, began: began}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closing {
		_ = raw.Close() // nobody has used it
		return nil, net.ErrClosed
	}
	p.conns[c] = struct{}{}
	p.opened.Add(1)
	p.open.Add(1)
	if p.armed.Load() {
		p.reopened.Add(1)
	}
	return c, nil
}

func (p *pool) forget(c *trackedConn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.conns, c)
}

// firstByte is the time from the dial of a slot's latest connection to the first byte on it.
func (p *pool) firstByte(slot int) time.Duration {
	return time.Duration(p.slots[slot].firstByte.Load())
}

func (p *pool) closedByPeer(slot int, lost string) {
	p.open.Add(-1)
	if p.armed.Load() {
		p.byPeer.Add(1)
	}
	if lost != "" {
		p.slots[slot].lost.Store(&lost)
	}
}

func (p *pool) closedByUs(slot int) {
	p.open.Add(-1)
	if p.armed.Load() {
		p.slots[slot].closed.Add(1)
	}
}

// gaveUp notes that we abandoned a request of a slot, which makes the transport close its connection.
func (p *pool) gaveUp(slot int) { p.slots[slot].explained.Add(1) }

// arm begins, and disarm ends, the time in which an end of a connection counts.
func (p *pool) arm()    { p.armed.Store(true) }
func (p *pool) disarm() { p.armed.Store(false) }

// lostConnections is how many connections ended while armed through no doing of ours: by the peer, or by the transport
// because of what the peer sent ("Connection: close", a malformed answer, data that nobody asked for).
func (p *pool) lostConnections() int64 {
	n := p.byPeer.Load()
	for i := range p.slots {
		n += int64(max(0, p.slots[i].closed.Load()-p.slots[i].explained.Load()))
	}
	return n
}

// close ends all connections and dials and waits for them. Connections are reset (linger 0): nothing is owed to the
// target any more, and thousands of them in TIME_WAIT would take the ports that the next trial needs.
func (p *pool) close() {
	p.mu.Lock()
	p.closing = true
	conns := make([]*trackedConn, 0, len(p.conns))
	for c := range p.conns {
		conns = append(conns, c)
	}
	p.mu.Unlock()
	p.cancel()
	for _, c := range conns {
		if tcp, ok := c.Conn.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0) // at worst the connection ends in TIME_WAIT
		}
		_ = c.Close() // it may have ended already
	}
	p.dials.Wait()
}
