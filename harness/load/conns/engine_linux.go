package conns

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"
)

// An Engine drives one job over connections of its own. Its methods but Open, Answers, Closed, Reopened, Arm and Disarm
// are for one goroutine.
type Engine struct {
	cfg    Config
	shards []*shard
	shared shared
}

// shared is what the shards of an engine have in common.
type shared struct {
	armed    atomic.Bool // between the barrier and the end of the window
	stop     atomic.Bool // leave everything as it is
	open     atomic.Int64
	answers  atomic.Int64
	closed   atomic.Int64 // while armed, by the peer
	reopened atomic.Int64 // while armed
	awake    atomic.Int64 // ns of CPU time in the window for which shards did not sleep though they had nothing to do
}

// New prepares an engine; it opens no connection yet.
func New(cfg Config) (*Engine, error) {
	e := &Engine{cfg: cfg}
	n, parts := max(1, len(cfg.CPUs)), max(1, cfg.Parts)
	for i := range n {
		s, err := newShard(&e.cfg, &e.shared, cfg.Part+parts*i, parts*n)
		if err != nil {
			e.Close()
			return nil, err
		}
		e.shards = append(e.shards, s)
	}
	return e, nil
}

// Connect opens every connection and greets it with one GET /healthz, so that the server has accepted it and answers on
// it. It fails with a *ConnectError at the first connection that can't be had, or when ctx ends or deadline passes.
func (e *Engine) Connect(ctx context.Context, deadline time.Time) error {
	return e.each(ctx, func(s *shard) error { return s.connect(deadline) })
}

// Drive sends from start on and returns what became of the window's requests, when all have an answer or the drain is
// over. ctx ends it early.
func (e *Engine) Drive(ctx context.Context, start time.Time) (*Tally, error) {
	err := e.each(ctx, func(s *shard) error { return s.drive(start) })
	return e.Tally(), err
}

// Tally adds up what the shards have counted. Not while Connect or Drive runs.
func (e *Engine) Tally() *Tally {
	t := NewTally()
	for _, s := range e.shards {
		t.Merge(s.rec.Tally)
	}
	return t
}

// Open is how many connections are open now.
func (e *Engine) Open() int { return int(e.shared.open.Load()) }

// Answers is the number of right answers so far, those of the warm-up included.
func (e *Engine) Answers() int64 { return e.shared.answers.Load() }

// Arm begins, and Disarm ends, the time in which ends of connections count.
func (e *Engine) Arm()    { e.shared.armed.Store(true) }
func (e *Engine) Disarm() { e.shared.armed.Store(false) }

// Closed is how many connections the peer ended while armed, Reopened how many were opened again while armed, attempts that failed not among them.
func (e *Engine) Closed() int64   { return e.shared.closed.Load() }
func (e *Engine) Reopened() int64 { return e.shared.reopened.Load() }

// Idled is the CPU time in the window that the shards spent awake with nothing to do, as [Config] has it, added up.
func (e *Engine) Idled() time.Duration { return time.Duration(e.shared.awake.Load()) }

// Close ends all connections. They are reset: nothing is owed to the target any more, and thousands of them in TIME_WAIT
// would take the ports that the next trial needs.
func (e *Engine) Close() {
	for _, s := range e.shards {
		s.close()
	}
}

// each runs f for every shard, each on a thread of its own, and joins the errors.
func (e *Engine) each(ctx context.Context, f func(*shard) error) error {
	stop := context.AfterFunc(ctx, func() { e.shared.stop.Store(true) })
	defer stop()
	errs := make([]error, len(e.shards))
	var all sync.WaitGroup
	for i, s := range e.shards {
		all.Go(func() {
			// Never unlocked: the thread, whose settings are changed, ends with the goroutine.
			runtime.LockOSThread()
			if errs[i] = e.settle(i); errs[i] == nil {
				errs[i] = f(s)
			}
			if errs[i] != nil {
				e.shared.stop.Store(true)
			}
		})
	}
	all.Wait()
	return errors.Join(append(errs, context.Cause(ctx))...)
}

// settle fits this thread to its shard: its CPU, and timers that are not rounded up by 50 us.
func (e *Engine) settle(shard int) error {
	if err := unix.Prctl(unix.PR_SET_TIMERSLACK, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("prctl(PR_SET_TIMERSLACK): %w", err)
	}
	if len(e.cfg.CPUs) == 0 {
		return nil
	}
	var set unix.CPUSet
	set.Set(e.cfg.CPUs[shard])
	if err := unix.SchedSetaffinity(0, &set); err != nil {
		return fmt.Errorf("bind a shard to CPU %d: %w", e.cfg.CPUs[shard], err)
	}
	return nil
}
