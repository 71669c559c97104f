package null

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"
)

// Options are the faults of a server. The zero value has none.
type Options struct {
	// Delay lies between every request and its answer.
	Delay time.Duration
	// From StallAt after the first request for /null, nothing is answered for StallFor. Connections are accepted and
	// requests read meanwhile.
	StallAt, StallFor time.Duration
	// MaxConnections is how many connections may be open; further ones are accepted and closed at once. 0: no limit.
	MaxConnections int
	// WrongEvery n makes one in n answers to /null wrong, in one byte of the body: see Wrong. 0: none.
	WrongEvery int
	// StatusEvery n answers one in n requests for /null with status 500, and the right body: see Failing. 0: none.
	StatusEvery int
	// Guests is how many connections the server opens to itself with its first answer to /null, and keeps to its end
	// without a request on them. Whoever counts connections from outside, or asks the server, sees them; a client that
	// counts its own does not.
	Guests int
	// CloseEvery n has one connection in n closed by the server, unannounced, behind the CloseAfter-th answer to /null
	// on it: see Closed. 0: none.
	CloseEvery int
	// Seed moves the places of WrongEvery, StatusEvery and CloseEvery: with seed s it is number n-s, 2n-s, ... instead of
	// n, 2n, ...; those of StatusEvery lie n/2 before.
	Seed uint64
}

// CloseAfter is how many answers to /null a connection gets that CloseEvery ends.
const CloseAfter = 3

// Wrong is how many of count answers to /null in a row are wrong, the first of them being number first (from 1) since
// the server's start. What StatusEvery hits as well is no wrong answer, and is not left out here: where both are to be
// counted, StatusEvery has to be even and WrongEvery a multiple of it, which keeps them apart.
func (o Options) Wrong(first, count int64) int64 { return o.hits(o.WrongEvery, first, count) }

// Failing is how many of count answers to /null in a row have status 500, counted as Wrong counts.
func (o Options) Failing(first, count int64) int64 {
	return o.hits(o.StatusEvery, first+int64(o.StatusEvery/2), count)
}

// Closed is how many of count connections accepted in a row CloseEvery ends, the first of them being number first (from
// 1) since the server's start, provided that each is asked often enough.
func (o Options) Closed(first, count int64) int64 { return o.hits(o.CloseEvery, first, count) }

// hits counts the numbers from first on that are multiples of every, moved by the seed.
func (o Options) hits(every int, first, count int64) int64 {
	if every < 1 {
		return 0
	}
	n := int64(every)
	before := first - 1 + o.phase(every)
	return (before+count)/n - before/n
}

func (o Options) phase(every int) int64 { return int64(o.Seed % uint64(every)) }

// Args writes the options as the flags of `assay null-server`, those alone that are not zero.
func (o Options) Args() []string {
	var args []string
	for _, d := range []struct {
		flag  string
		value time.Duration
	}{{"--delay", o.Delay}, {"--stall-at", o.StallAt}, {"--stall-for", o.StallFor}} {
		if d.value != 0 {
			args = append(args, d.flag+"="+d.value.String())
		}
	}
	for _, n := range []struct {
		flag  string
		value int
	}{{"--max-connections", o.MaxConnections}, {"--wrong-every", o.WrongEvery},
		{"--status-every", o.StatusEvery}, {"--guests", o.Guests}, {"--close-every", o.CloseEvery}} {
		if n.value != 0 {
			args = append(args, n.flag+"="+strconv.Itoa(n.value))
		}
	}
	if o.Seed != 0 {
		args = append(args, "--seed="+strconv.FormatUint(o.Seed, 10))
	}
	return args
}

// Check says what is wrong with the options.
func (o Options) Check() error {
	if min(o.Delay, o.StallAt, o.StallFor) < 0 ||
		min(o.MaxConnections, o.WrongEvery, o.StatusEvery, o.Guests, o.CloseEvery) < 0 {
		return errors.New("no option of the null server can be below 0")
	}
	return nil
}

// Listen opens a listener for Serve, over IPv4 alone as the contract wants it.
func Listen(ctx context.Context, address string) (*net.TCPListener, error) {
	var config net.ListenConfig
	config.SetMultipathTCP(false) // plain TCP, as other servers have it
	l, err := config.Listen(ctx, "tcp4", address)
	if err != nil {
		return nil, fmt.Errorf("null server: %w", err)
	}
	return l.(*net.TCPListener), nil
}
