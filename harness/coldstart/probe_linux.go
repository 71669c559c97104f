package coldstart

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"runtime"
	"time"

	"golang.org/x/sys/unix"
)

// answerWait is how long one question may wait for its answer.
const answerWait = time.Second

// Probe opens the gate and asks until the server answers with 200. A server that does not is no error, but Start.Failure.
func Probe(ctx context.Context, job Job) (Start, error) {
	var s Start
	address, err := netip.ParseAddrPort(job.Address)
	if err != nil || !address.Addr().Is4() {
		return s, fmt.Errorf("address %q: want an IPv4 address and a port", job.Address)
	}
	if job.Interval <= 0 || job.Timeout <= 0 {
		return s, fmt.Errorf("interval %v and timeout %v: both must be above 0", job.Interval, job.Timeout)
	}
	// A thread of its own sleeps and wakes without the scheduler of Go, whose timers are rounded to whole milliseconds.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if s.ExecNano, err = open(ctx, job.Gate); err != nil {
		return s, err
	}
	return s, s.ask(ctx, address, job)
}

// ask puts questions at the interval, counted from the exec. A question that takes longer lets those it covers out.
func (s *Start) ask(ctx context.Context, address netip.AddrPort, job Job) error {
	request := []byte("GET /healthz HTTP/1.1\r\nHost: " + job.Address + "\r\nConnection: close\r\n\r\n")
	interval, deadline := int64(job.Interval), s.ExecNano+int64(job.Timeout)
	refused := int64(0) // when the question before began, if it was refused
	for due := s.ExecNano; ; {
		began, err := sleepUntil(due)
		if err != nil {
			return err
		}
		if refused > 0 {
			s.GapNano = max(s.GapNano, began-refused)
		}
		s.Questions++
		err = question(address, request)
		now, clockErr := Monotonic()
		switch {
		case clockErr != nil:
			return clockErr
		case err == nil:
			s.AnswerNano = now
			return nil
		case now > deadline || ctx.Err() != nil:
			s.Failure = fmt.Sprintf("no answer with status 200 within %v; the last question: %v", job.Timeout, err)
			return nil
		}
		if refused = 0; errors.Is(err, unix.ECONNREFUSED) {
			refused = began
		}
		due += (max(0, now-due)/interval + 1) * interval
	}
}

// sleepUntil returns when it woke.
func sleepUntil(due int64) (now int64, err error) {
	at := unix.NsecToTimespec(due)
	for {
		err := unix.ClockNanosleep(unix.CLOCK_MONOTONIC, unix.TIMER_ABSTIME, &at, nil)
		if err == nil {
			return Monotonic()
		}
		if !errors.Is(err, unix.EINTR) {
			return 0, fmt.Errorf("clock_nanosleep: %w", err)
		}
	}
}

// question asks once, on a connection of its own, and reads the whole answer.
func question(address netip.AddrPort, request []byte) error {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer unix.Close(fd)
	limit := unix.NsecToTimeval(int64(answerWait))
	for _, option := range []int{unix.SO_RCVTIMEO, unix.SO_SNDTIMEO} {
		if err := unix.SetsockoptTimeval(fd, unix.SOL_SOCKET, option, &limit); err != nil {
			return err
		}
	}
	if err := unix.Connect(fd, &unix.SockaddrInet4{Port: int(address.Port()), Addr: address.Addr().As4()}); err != nil {
		return err
	}
	if _, err := unix.Write(fd, request); err != nil {
		return err
	}
	answer, err := http.ReadResponse(bufio.NewReader(blocking(fd)), nil)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d", answer.StatusCode)
	}
	return nil
}

// blocking reads from a socket and keeps the thread.
type blocking int

func (fd blocking) Read(p []byte) (int, error) {
	for {
		n, err := unix.Read(int(fd), p)
		switch {
		case errors.Is(err, unix.EINTR):
			continue
		case err != nil:
			return 0, err
		case n == 0 && len(p) > 0:
			return 0, io.EOF
		}
		return n, nil
	}
}
