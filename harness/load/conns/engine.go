package conns

import (
	"fmt"
	"net/netip"
	"time"
)

// Classes of failed requests, the keys of Tally.Errors. Besides these there is "status N" for every status but the
// demanded one.
const (
	Refused   = "refused"
	Reset     = "reset"
	EOF       = "eof"
	Timeout   = "timeout"
	WrongBody = "wrong body"
	Malformed = "malformed answer"
	NoPort    = "no free port"
	NoFile    = "open-file limit"
	NoMemory  = "no memory for sockets"
	Other     = "other"
)

// LastCall is how long after the window's end a request of it may still be taken up: as long as a busy host keeps a process from
// its CPU now and then, so that a short halt at the end costs no request. How late those are is in Lateness. What the load
// side comes to later is never sent.
const LastCall = 100 * time.Millisecond

// ConnectingAtOnce is how many connections may wait for their first answer at once, Config.Connecting: below 128, the shortest
// listen backlog that servers are likely to ask for (targets/CONTRACT.md wants more). A queue that overflows costs a connection a
// retransmission of a whole second, and the trial its validity.
const ConnectingAtOnce = 100

// MaxPerSource is how many connections one source address carries. connect(2) looks for a port among those of one parity
// first (ip_local_port_range has 14,116 of each by default), and once these are taken every search is long: 19,500
// connections from one address took 8 s where they take 1.3 s from two.
const MaxPerSource = 12_000

// A Loop says what makes a connection send.
type Loop int

const (
	// Open: a schedule, whatever the answers do.
	Open Loop = iota
	// Closed: each connection sends its next request as soon as its answer is in. The first ones are spread over
	// Config.Spread. A request is meant to be sent at the moment it is.
	Closed
)

// A Config is one job for the engine.
type Config struct {
	Address     netip.AddrPort
	Connections int   // of the whole job
	Part, Parts int   // this engine has the connections n of the job with n mod Parts = Part; Parts 0 and 1: all of them
	CPUs        []int // one shard for each, bound to it; empty: one shard, bound to none
	Template    Template
	Loop        Loop
	Schedule    *Schedule     // of an open loop
	Seed        uint64        // of the ids of a closed loop
	Spread      time.Duration // of the first requests of a closed loop
	From, To    time.Duration // the window, since the start
	Drain       time.Duration // how long answers may still come after it
	// Awake is how long before a request of an open loop is meant to leave a shard stops sleeping and asks for events again and
	// again: a CPU that was put to sleep wakes late, by 30 us at best and by milliseconds on a busy virtual host. It takes a CPU
	// of its own. In a closed loop any such time means that a shard never sleeps between answers: a server pays for waking whom
	// it answers. 0: the shard sleeps until there is something to do.
	Awake time.Duration

	RequestTimeout   time.Duration // from the write; then failed as Timeout, and the connection is opened anew
	ConnectPerSecond float64       // at most, over all shards
	Connecting       int           // connections that may wait for their first answer at once, over all shards
}

// A ConnectError says why a connection could not be opened and greeted.
type ConnectError struct {
	Class string
	Err   error // of the system; nil where the answer was at fault, or none came
	Open  int   // connections that were open by then
}

func (e *ConnectError) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s (%v) with %d connections open", e.Class, e.Err, e.Open)
	}
	return fmt.Sprintf("%s with %d connections open", e.Class, e.Open)
}

func (e *ConnectError) Unwrap() error { return e.Err }
