package epoll

import (
	"fmt"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// maxEvents is how many events one call brings at most.
const maxEvents = 256

// A Set is a set of sockets that one thread waits on, edge-triggered. Sockets may be added from any thread. Use New.
type Set struct {
	fd     int
	ticker int // timerfd, -1 for none
	events [maxEvents]unix.EpollEvent
}

// A Tag tells whose an event is: the event has it as Fd and Pad. A socket's number is used again after it is closed; its
// generation is not.
type Tag struct {
	Conn       int32
	Generation int32
}

// New returns an empty set.
func New() (*Set, error) {
	fd, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("epoll_create1: %w", err)
	}
	return &Set{fd: fd, ticker: -1}, nil
}

// Close ends the set, not its sockets.
func (s *Set) Close() {
	if s.ticker >= 0 {
		_ = unix.Close(s.ticker)
	}
	_ = unix.Close(s.fd) // nothing is lost with them
}

// Ticked is the Conn of a tick's event.
const Ticked = -1

// Tick adds an event of Conn Ticked every period, for as long as each is answered with Tock. Next is for a set that ticks.
func (s *Set) Tick(period time.Duration) error {
	fd, err := unix.TimerfdCreate(unix.CLOCK_MONOTONIC, unix.TFD_CLOEXEC|unix.TFD_NONBLOCK)
	if err != nil {
		return fmt.Errorf("timerfd_create: %w", err)
	}
	every := unix.NsecToTimespec(int64(period))
	if err := unix.TimerfdSettime(fd, 0, &unix.ItimerSpec{Interval: every, Value: every}, nil); err != nil {
		_ = unix.Close(fd)
		return fmt.Errorf("timerfd_settime: %w", err)
	}
	s.ticker = fd
	return s.Add(fd, Tag{Conn: Ticked})
}

// Tock takes note of a tick. The kernel starts the timer's next period when it is read, and not before.
func (s *Set) Tock() {
	var expiries [8]byte
	_, _ = unix.Read(s.ticker, expiries[:]) // EAGAIN: a tick that was noted already
}

// Add watches a socket for everything at once, so that it need not be changed again. tag comes back with its events.
// A socket leaves the set when it is closed.
func (s *Set) Add(fd int, tag Tag) error {
	ev := unix.EpollEvent{
		Events: unix.EPOLLIN | unix.EPOLLOUT | unix.EPOLLRDHUP | unix.EPOLLET,
		Fd:     tag.Conn, Pad: tag.Generation,
	}
	if err := unix.EpollCtl(s.fd, unix.EPOLL_CTL_ADD, fd, &ev); err != nil {
		return fmt.Errorf("epoll_ctl: %w", err)
	}
	return nil
}

// Wait returns the events that are there, and waits for the first one for at most d, to the nanosecond
// (epoll_pwait2(2), Linux 5.11). The thread keeps its processor: whoever waits so gives Go more processors than it has
// such threads, and waits for milliseconds at most. The events are valid until the next call.
func (s *Set) Wait(d time.Duration) ([]unix.EpollEvent, error) {
	timeout := unix.NsecToTimespec(int64(max(d, 0)))
	n, _, errno := unix.RawSyscall6(unix.SYS_EPOLL_PWAIT2, uintptr(s.fd), uintptr(unsafe.Pointer(&s.events)), maxEvents,
		uintptr(unsafe.Pointer(&timeout)), 0, 0)
	return s.result(n, errno)
}

// Next is Wait until there is an event, a tick at the latest. A wait without a time of its own is a little cheaper.
func (s *Set) Next() ([]unix.EpollEvent, error) {
	n, _, errno := unix.RawSyscall6(unix.SYS_EPOLL_PWAIT, uintptr(s.fd), uintptr(unsafe.Pointer(&s.events)), maxEvents, forever, 0, 0)
	return s.result(n, errno)
}

// forever is the timeout -1 of epoll_wait(2).
const forever = ^uintptr(0)

// Sleep is Wait without a bound on d; a negative d waits until there is an event. Go's scheduler is told, so that the
// processor is free for others, and a garbage collection need not wait.
func (s *Set) Sleep(d time.Duration) ([]unix.EpollEvent, error) {
	if d < 0 {
		n, _, errno := unix.Syscall6(unix.SYS_EPOLL_PWAIT2, uintptr(s.fd), uintptr(unsafe.Pointer(&s.events)), maxEvents, 0, 0, 0)
		return s.result(n, errno)
	}
	timeout := unix.NsecToTimespec(int64(d))
	n, _, errno := unix.Syscall6(unix.SYS_EPOLL_PWAIT2, uintptr(s.fd), uintptr(unsafe.Pointer(&s.events)), maxEvents,
		uintptr(unsafe.Pointer(&timeout)), 0, 0)
	return s.result(n, errno)
}

func (s *Set) result(n uintptr, errno unix.Errno) ([]unix.EpollEvent, error) {
	switch errno {
	case 0:
		return s.events[:n], nil
	case unix.EINTR:
		return nil, nil
	}
	return nil, fmt.Errorf("epoll_pwait: %w", errno)
}

// Read reads once from a socket, without waiting. recv(2) and send(2) skip what read(2) and write(2) do for files.
func Read(fd int32, buf []byte) (int, unix.Errno) {
	n, _, errno := unix.RawSyscall6(unix.SYS_RECVFROM, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(buf))), uintptr(len(buf)),
		unix.MSG_DONTWAIT, 0, 0)
	if errno != 0 {
		return 0, errno
	}
	return int(n), 0
}

// Write writes once to a socket, without waiting. A peer that is gone is an error, not a signal.
func Write(fd int32, buf []byte) (int, unix.Errno) {
	n, _, errno := unix.RawSyscall6(unix.SYS_SENDTO, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(buf))), uintptr(len(buf)),
		unix.MSG_DONTWAIT|unix.MSG_NOSIGNAL, 0, 0)
	if errno != 0 {
		return 0, errno
	}
	return int(n), 0
}
