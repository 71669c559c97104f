package load

import (
	"fmt"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// A timerSleeper sleeps to within some tens of microseconds. time.Sleep cannot: an idle Go process waits in epoll, whose
// timeout is rounded to whole milliseconds. A timer descriptor in the same epoll set wakes it on time, without spinning.
type timerSleeper struct {
	timer *os.File
	fd    int // timer's, which os.File.Fd would make blocking
}

// newSleeper makes the most precise sleeper of this system.
func newSleeper() (sleeper, error) {
	fd, err := unix.TimerfdCreate(unix.CLOCK_MONOTONIC, unix.TFD_NONBLOCK|unix.TFD_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("timerfd_create: %w", err)
	}
	return &timerSleeper{timer: os.NewFile(uintptr(fd), "timerfd"), fd: fd}, nil
}

func (s *timerSleeper) sleep(d time.Duration) error {
	if d <= 0 {
		return nil
	}
	in := unix.ItimerSpec{Value: unix.NsecToTimespec(int64(d))}
	if err := unix.TimerfdSettime(s.fd, 0, &in, nil); err != nil {
		return fmt.Errorf("timerfd_settime: %w", err)
	}
	var expirations [8]byte
	if _, err := s.timer.Read(expirations[:]); err != nil {
		return fmt.Errorf("timerfd: %w", err)
	}
	return nil
}

func (s *timerSleeper) close() error { return s.timer.Close() }
