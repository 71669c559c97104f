package null

import (
	"context"
	"errors"
	"fmt"
	"net"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"

	"github.com/assay-bench/assay/harness/epoll"
)

// grace is how long a server that shall end waits for answers that are not due yet.
const grace = 5 * time.Second

// A server is one call of Serve.
type server struct {
	faults   *faults
	start    time.Time
	listener int // -1 when closed
	spare    int // a descriptor to give up when there is no other
	loops    []*loop
	table    []atomic.Pointer[conn] // open connections by descriptor
	open     atomic.Int64
	accepted int64 // by the first loop alone
	stopping atomic.Bool
}

// Serve answers on l until ctx ends, then finishes what it has to answer, for 5 s at most, and returns nil. It takes l
// over and closes it. An error means that the system refuses something; no connection is left then either.
func Serve(ctx context.Context, l *net.TCPListener, o Options) error {
	address := l.Addr().String()
	s, err := newServer(l, o)
	if err != nil {
		return fmt.Errorf("null server: %w", err)
	}
	defer s.close()
	stop := context.AfterFunc(ctx, s.stop)
	defer stop()
	dismiss := s.faults.entertain(ctx, address)
	errs := make([]error, len(s.loops))
	var all sync.WaitGroup
	for i, l := range s.loops {
		all.Go(func() {
			// Never unlocked: the thread, whose settings are changed, ends with the goroutine.
			runtime.LockOSThread()
			if errs[i] = l.run(); errs[i] != nil {
				s.stop()
			}
		})
	}
	all.Wait()
	if err := errors.Join(append(errs, dismiss())...); err != nil {
		return fmt.Errorf("null server: %w", err)
	}
	return nil
}

func newServer(l *net.TCPListener, o Options) (*server, error) {
	defer l.Close() // the socket lives on as a descriptor of ours, which Go's own poller does not watch
	if err := o.Check(); err != nil {
		return nil, err
	}
	var files unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &files); err != nil {
		return nil, fmt.Errorf("getrlimit: %w", err)
	}
	var cpus unix.CPUSet
	if err := unix.SchedGetaffinity(0, &cpus); err != nil {
		return nil, fmt.Errorf("sched_getaffinity: %w", err)
	}
	const mostFiles = 1 << 20
	s := &server{
		faults: newFaults(o), start: time.Now(), listener: -1, spare: -1,
		table: make([]atomic.Pointer[conn], min(files.Cur, mostFiles)),
	}
	err := s.takeOver(l)
	for cpu := 0; err == nil && len(s.loops) < cpus.Count(); cpu++ {
		if !cpus.IsSet(cpu) {
			continue
		}
		var l *loop
		if l, err = newLoop(s, cpu); err == nil {
			s.loops = append(s.loops, l)
		}
	}
	if err == nil {
		err = s.loops[0].ep.Add(s.listener, epoll.Tag{Conn: listenerTag})
	}
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// takeOver makes the listening socket a descriptor of ours. What is set on it, its connections inherit.
func (s *server) takeOver(l *net.TCPListener) error {
	raw, err := l.SyscallConn()
	if err != nil {
		return err
	}
	var failed error
	err = raw.Control(func(fd uintptr) {
		if s.listener, failed = unix.FcntlInt(fd, unix.F_DUPFD_CLOEXEC, 0); failed != nil {
			s.listener = -1
			return
		}
		failed = unix.SetsockoptInt(s.listener, unix.IPPROTO_TCP, unix.TCP_NODELAY, 1)
	})
	if err = errors.Join(err, failed); err != nil {
		return err
	}
	s.spare, err = openSpare()
	return err
}

func openSpare() (int, error) {
	return unix.Open("/dev/null", unix.O_RDONLY|unix.O_CLOEXEC, 0)
}

// stop has every loop end. From any goroutine.
func (s *server) stop() {
	s.stopping.Store(true)
	for _, l := range s.loops {
		l.rouse()
	}
}

// close ends what the loops have left; none runs any more.
func (s *server) close() {
	for i := range s.table {
		if c := s.table[i].Load(); c != nil {
			_ = unix.Close(int(c.fd)) // an answer cut short was beyond the grace
		}
	}
	s.closeListener()
	if s.spare >= 0 {
		_ = unix.Close(s.spare)
	}
	for _, l := range s.loops {
		l.close()
	}
}

func (s *server) closeListener() {
	if s.listener >= 0 {
		_ = unix.Close(s.listener)
		s.listener = -1
	}
}

// accept takes every connection that waits and deals them out to the loops in turn. The first loop calls it.
func (s *server) accept() error {
	for s.listener >= 0 {
		fd, _, errno := unix.RawSyscall6(unix.SYS_ACCEPT4, uintptr(s.listener), 0, 0, unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, 0, 0)
		switch errno {
		case 0:
			if err := s.admit(int(fd)); err != nil {
				return err
			}
		case unix.EAGAIN:
			return nil
		case unix.EINTR, unix.ECONNABORTED:
		case unix.EMFILE, unix.ENFILE:
			if !s.refuse() {
				return nil
			}
		default:
			return fmt.Errorf("accept: %w", errno)
		}
	}
	return nil
}

// admit gives a connection to the loop whose turn it is, or closes it when there are too many.
func (s *server) admit(fd int) error {
	most := int64(s.faults.MaxConnections)
	if fd >= len(s.table) || most > 0 && s.open.Load() >= most {
		return unix.Close(fd)
	}
	s.open.Add(1)
	s.accepted++
	tag := epoll.Tag{Conn: int32(fd), Generation: int32(s.accepted)}
	s.table[fd].Store(&conn{fd: tag.Conn, generation: tag.Generation, doomed: s.faults.doomed(s.accepted)})
	return s.loops[s.accepted%int64(len(s.loops))].ep.Add(fd, tag) // from here on it is that loop's
}

// refuse accepts one connection with the spare descriptor and closes it: without a descriptor none can be refused, and
// those that wait would wait for ever. It reports whether there may be more.
func (s *server) refuse() bool {
	if s.spare >= 0 {
		_ = unix.Close(s.spare)
	}
	fd, _, errno := unix.RawSyscall6(unix.SYS_ACCEPT4, uintptr(s.listener), 0, 0, unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, 0, 0)
	if errno == 0 {
		_ = unix.Close(int(fd))
	}
	var err error
	if s.spare, err = openSpare(); err != nil {
		s.spare = -1
	}
	return errno == 0
}
