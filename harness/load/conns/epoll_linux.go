package conns

import (
	"fmt"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// maxEvents is how many events one call brings at most.
const maxEvents = 256

// An epoll is a set of sockets that one thread waits on, edge-triggered.
//
// Its calls that never block, and the wait, which is bounded, go to the kernel without telling Go's scheduler: that
// would cost more than some of them take. The thread keeps its processor meanwhile; the agent therefore gives Go one
// more than it has CPUs, for everything that is not a shard.
type epoll struct {
	fd     int
	events [maxEvents]unix.EpollEvent
}

func newEpoll() (*epoll, error) {
	fd, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("epoll_create1: %w", err)
	}
	return &epoll{fd: fd}, nil
}

func (e *epoll) close() { _ = unix.Close(e.fd) } // nothing is lost with it

// add watches a socket for everything at once, so that it need not be changed again. tag comes back with its events.
func (e *epoll) add(fd int, tag tag) error {
	ev := unix.EpollEvent{
		Events: unix.EPOLLIN | unix.EPOLLOUT | unix.EPOLLRDHUP | unix.EPOLLET,
		Fd:     tag.conn, Pad: tag.generation,
	}
	if err := unix.EpollCtl(e.fd, unix.EPOLL_CTL_ADD, fd, &ev); err != nil {
		return fmt.Errorf("epoll_ctl: %w", err)
	}
	return nil
}

// wait returns the events that are there, and waits for the first one for at most d, to the nanosecond
// (epoll_pwait2(2), Linux 5.11).
func (e *epoll) wait(d time.Duration) ([]unix.EpollEvent, error) {
	timeout := unix.NsecToTimespec(int64(max(d, 0)))
	n, _, errno := unix.RawSyscall6(unix.SYS_EPOLL_PWAIT2, uintptr(e.fd), uintptr(unsafe.Pointer(&e.events)), maxEvents,
		uintptr(unsafe.Pointer(&timeout)), 0, 0)
	switch errno {
	case 0:
		return e.events[:n], nil
	case unix.EINTR:
		return nil, nil
	}
	return nil, fmt.Errorf("epoll_pwait2: %w", errno)
}

// A tag tells whose an event is. A socket's number is used again after it is closed; its generation is not.
type tag struct {
	conn       int32
	generation int32
}

// readFrom reads once from a socket that never blocks.
func readFrom(fd int32, buf []byte) (int, unix.Errno) {
	n, _, errno := unix.RawSyscall(unix.SYS_READ, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(buf))), uintptr(len(buf)))
	if errno != 0 {
		return 0, errno
	}
	return int(n), 0
}

// writeTo writes once to a socket that never blocks. A peer that is gone is an error, not a signal: Go ignores SIGPIPE
// on all descriptors but 1 and 2.
func writeTo(fd int32, buf []byte) (int, unix.Errno) {
	n, _, errno := unix.RawSyscall(unix.SYS_WRITE, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(buf))), uintptr(len(buf)))
	if errno != 0 {
		return 0, errno
	}
	return int(n), 0
}
