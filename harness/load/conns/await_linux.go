package conns

import (
	"fmt"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// await waits for events, until a request is due at the longest. A closed loop whose first requests have left has nothing to do
// at a time of its own but what may wait for a tick, which is an event.
func (s *shard) await(now, end time.Duration) ([]unix.EpollEvent, error) {
	switch {
	case s.cfg.Awake > 0 && s.cfg.Loop == Closed && s.due == never:
		return s.stayAwake()
	case s.cfg.Loop == Closed && s.due == never:
		return s.ep.Next()
	case s.cfg.Awake > 0 && s.cfg.Loop == Open && s.due != never && s.due-now <= s.cfg.Awake:
		return s.stayAwake()
	case s.cfg.Awake > 0 && s.cfg.Loop == Open && s.due != never:
		return s.ep.Wait(min(s.due-s.cfg.Awake-now, end-now, longestWait))
	}
	return s.ep.Wait(min(s.due-now, end-now, longestWait))
}

// stayAwake asks for events until there are some or the next request is due, and counts the CPU time for which it had nothing
// else to do: that is no work of the load side. What was done before, the first question, and the one that brought events, is work.
func (s *shard) stayAwake() ([]unix.EpollEvent, error) {
	if events, err := s.ep.Wait(0); len(events) > 0 || err != nil {
		return events, err // a loop that is behind does not ask for the time
	}
	from := s.clock()
	began, err := threadCPU()
	if err != nil {
		return nil, err
	}
	for idle := began; ; {
		events, err := s.ep.Wait(0)
		if len(events) == 0 && err == nil && s.clock() < s.due {
			if idle, err = threadCPU(); err == nil {
				continue
			}
		}
		if from >= s.cfg.From && s.seen <= s.cfg.To {
			s.awake.Add(int64(idle - began))
		}
		return events, err
	}
}

// threadCPU is the CPU time that this thread has used. A clock on the wall would count what others took of the CPU as well.
func threadCPU() (time.Duration, error) {
	var t unix.Timespec
	// Like epoll's calls without a word to Go's scheduler: the call is short, and the loop makes it again and again.
	if _, _, errno := unix.RawSyscall(unix.SYS_CLOCK_GETTIME, unix.CLOCK_THREAD_CPUTIME_ID, uintptr(unsafe.Pointer(&t)), 0); errno != 0 {
		return 0, fmt.Errorf("clock_gettime: %w", errno)
	}
	return time.Duration(t.Nano()), nil
}
