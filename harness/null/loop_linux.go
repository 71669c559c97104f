package null

import (
	"fmt"
	"time"

	"golang.org/x/sys/unix"

	"github.com/assay-bench/assay/harness/epoll"
)

// Tags of what is in a loop's set beside its connections, whose tags are descriptors.
const (
	listenerTag = -1
	rouseTag    = -2
)

// readBytes is the room for one read: two heads of the longest kind, so that a read that fills it is rare.
const readBytes = 2 * maxHead

// A loop is one thread with the connections that were dealt to it. Nothing of it is touched by another thread, but for
// ep and rousing.
type loop struct {
	*server
	cpu     int
	ep      *epoll.Set
	rousing int // an eventfd(2)
	pages   *pages
	later   queue
	in, out []byte
	now     time.Duration // since the server's start, when it was last read
	ending  time.Duration // since when it shall end; 0: it goes on
}

func newLoop(s *server, cpu int) (*loop, error) {
	l := &loop{server: s, cpu: cpu, rousing: -1, in: make([]byte, readBytes), out: make([]byte, 0, readBytes)}
	l.pages = newPages(int(s.faults.Seed % 1024))
	var err error
	if l.ep, err = epoll.New(); err != nil {
		return nil, err
	}
	if l.rousing, err = unix.Eventfd(0, unix.EFD_NONBLOCK|unix.EFD_CLOEXEC); err != nil {
		l.rousing = -1
		err = fmt.Errorf("eventfd: %w", err)
	} else {
		err = l.ep.Add(l.rousing, epoll.Tag{Conn: rouseTag})
	}
	if err != nil {
		l.close()
		return nil, err
	}
	return l, nil
}

func (l *loop) close() {
	l.ep.Close()
	if l.rousing >= 0 {
		_ = unix.Close(l.rousing)
	}
}

// rouse makes a sleeping loop look around. It is never read back: with edges, each write is an event.
func (l *loop) rouse() {
	_, _ = unix.Write(l.rousing, []byte{1, 0, 0, 0, 0, 0, 0, 0}) // it can only fail when roused 2^64 times
}

// settle fits this thread to its loop: its CPU, and timers that are not rounded up by 50 us.
func (l *loop) settle() error {
	if err := unix.Prctl(unix.PR_SET_TIMERSLACK, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("prctl(PR_SET_TIMERSLACK): %w", err)
	}
	var set unix.CPUSet
	set.Set(l.cpu)
	if err := unix.SchedSetaffinity(0, &set); err != nil {
		return fmt.Errorf("bind a thread to CPU %d: %w", l.cpu, err)
	}
	return nil
}

// run is the event loop: release what is due, sleep until something comes, answer it.
func (l *loop) run() error {
	if err := l.settle(); err != nil {
		return err
	}
	for !l.ended() {
		events, err := l.ep.Sleep(l.longest())
		if err != nil {
			return err
		}
		l.pages.stamp(l.start.Add(l.clock()))
		for i := range events {
			if err := l.handle(&events[i]); err != nil {
				return err
			}
		}
		l.release()
	}
	return nil
}

func (l *loop) clock() time.Duration {
	l.now = time.Since(l.start)
	return l.now
}

// longest is how long the loop may sleep; below 0: until something comes.
func (l *loop) longest() time.Duration {
	if l.ending > 0 {
		return max(0, min(l.later.next(l.now), l.ending+grace-l.now))
	}
	return l.later.next(l.now)
}

func (l *loop) handle(ev *unix.EpollEvent) error {
	switch ev.Fd {
	case listenerTag:
		return l.accept()
	case rouseTag:
		return nil // the loop looks around by itself
	}
	c := l.table[ev.Fd].Load()
	if c == nil || c.generation != ev.Pad {
		return nil // of a socket that was closed in the same batch
	}
	if ev.Events&unix.EPOLLOUT != 0 && len(c.unsent) > 0 {
		l.flush(c)
	}
	if ev.Events&^unix.EPOLLOUT != 0 && c.fd >= 0 && l.ending == 0 {
		l.receive(c, ev.Events&(unix.EPOLLRDHUP|unix.EPOLLHUP|unix.EPOLLERR) != 0)
	}
	return nil
}

// release sends the answers whose time has come.
func (l *loop) release() {
	if l.later.count == 0 {
		return
	}
	for l.clock(); ; {
		w, ok := l.later.pop(l.now)
		if !ok {
			return
		}
		c := w.conn
		if c.fd < 0 {
			continue // it ended meanwhile
		}
		c.waiting--
		l.out = l.out[:0]
		l.answer(c, w.request)
		l.send(c)
	}
}

// ended reports whether the server shall end and this loop owes no answer. From the first time on that it shall, nothing
// more is accepted or read.
func (l *loop) ended() bool {
	if !l.stopping.Load() {
		return false
	}
	if l.ending == 0 {
		l.ending = l.now
		if l == l.loops[0] {
			l.closeListener()
		}
	}
	return l.later.count == 0 || l.now-l.ending >= grace
}
