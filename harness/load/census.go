package load

import (
	"context"
	"fmt"
	"net/netip"
	"sync"
	"time"
)

// statsDeadline ends one GET /stats. It is long, because a target that stalls still tells the truth afterwards.
const statsDeadline = 5 * time.Second

// recounts is how often the kernel is asked again when it disagrees with the client: its list is no snapshot, and
// connections that come and go elsewhere can make it miss one. A true difference stays.
const recounts = 2

// A census counts the connections to the target from three sides. One goroutine at a time.
type census struct {
	address netip.AddrPort
	agents  int // that count like this one; each has a connection of its own for it
	client  func() int
	stats   *rawConn
	warn    func(format string, args ...any)
}

// take counts once. at is kept in the sample as its time in the window. The server's answer comes along; nil when there
// was none.
func (c *census) take(ctx context.Context, at time.Duration) (Sample, *Stats) {
	s := Sample{AtSeconds: at.Seconds(), Client: c.client(), Kernel: c.kernel(), Server: -1}
	for i := 0; i < recounts && s.Kernel >= 0 && c.agents == 1 && s.Kernel != s.Client; i++ {
		s.Client, s.Kernel = c.client(), c.kernel()
	}
	stats, err := c.stats.stats(ctx, statsDeadline)
	if err != nil {
		c.warn("the server could not be asked for connections: %v", err)
		return s, nil
	}
	s.Server = stats.OpenConnections - c.agents // without those that ask
	return s, &stats
}

// kernel is the kernel's count, -1 when it can't be had.
func (c *census) kernel() int {
	n, warning, err := established(c.address, c.stats.local())
	if err != nil {
		c.warn("the kernel could not be asked for connections: %v", err)
		return -1
	}
	if warning != "" {
		c.warn("%s", warning)
	}
	return max(0, n-(c.agents-1))
}

// held tells whether every side that can be asked counts n, of which the client has own. The kernel can't be asked
// everywhere, the server always.
func (s Sample) held(own, n int) bool {
	return s.Client == own && s.Server == n && (s.Kernel == n || s.Kernel == -1)
}

func (s Sample) String() string {
	side := func(n int) string {
		if n < 0 {
			return "not known"
		}
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("client %s, kernel %s, server %s", side(s.Client), side(s.Kernel), side(s.Server))
}

// warnings collects what a reader of the result has to know, each text once.
type warnings struct {
	mu   sync.Mutex
	list []string
}

func (w *warnings) add(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, seen := range w.list {
		if seen == text {
			return
		}
	}
	w.list = append(w.list, text)
}

func (w *warnings) all() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]string(nil), w.list...)
}
