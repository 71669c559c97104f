package epoll

import (
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// pair is two sockets that never block and are connected to each other.
func pair(t *testing.T) (a, b int) {
	t.Helper()
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = unix.Close(fds[0]), unix.Close(fds[1]) })
	return fds[0], fds[1]
}

func TestSet(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	a, b := pair(t)
	if err := s.Add(a, Tag{Conn: 7, Generation: 9}); err != nil {
		t.Fatal(err)
	}
	if events, err := s.Wait(0); err != nil || len(events) != 1 || events[0].Events != unix.EPOLLOUT {
		t.Fatalf("a new socket: %+v, %v; it has room", events, err)
	}
	if events, err := s.Wait(time.Microsecond); err != nil || len(events) != 0 {
		t.Fatalf("nothing happened: %+v, %v", events, err)
	}
	if n, errno := Write(int32(b), []byte("hello")); n != 5 || errno != 0 {
		t.Fatalf("write: %d, %v", n, errno)
	}
	for _, wait := range []func(time.Duration) ([]unix.EpollEvent, error){s.Sleep, s.Wait} {
		events, err := wait(-1)
		if err != nil || len(events) != 1 || events[0].Fd != 7 || events[0].Pad != 9 || events[0].Events&unix.EPOLLIN == 0 {
			t.Fatalf("data came: %+v, %v", events, err)
		}
		buf := make([]byte, 2)
		if n, errno := Read(int32(a), buf); n != 2 || errno != 0 {
			t.Fatalf("read: %d, %v", n, errno)
		}
		if _, errno := Write(int32(b), []byte("!")); errno != 0 {
			t.Fatal(errno)
		}
	}
	if events, err := s.Sleep(0); err != nil || len(events) != 1 {
		t.Fatalf("more data came: %+v, %v", events, err)
	}
	if events, err := s.Sleep(time.Microsecond); err != nil || len(events) != 0 {
		t.Fatalf("edges come once: %+v, %v", events, err)
	}
}

func TestErrorsOfTheSystem(t *testing.T) {
	a, b := pair(t)
	if _, errno := Read(int32(a), make([]byte, 1)); errno != unix.EAGAIN {
		t.Errorf("read of nothing: %v", errno)
	}
	if err := unix.Shutdown(b, unix.SHUT_RDWR); err != nil {
		t.Fatal(err)
	}
	if n, errno := Read(int32(a), make([]byte, 1)); n != 0 || errno != 0 {
		t.Errorf("read at the end: %d, %v", n, errno)
	}
	if _, errno := Write(int32(a), []byte("x")); errno != unix.EPIPE {
		t.Errorf("write to nobody: %v", errno)
	}
}

// A set that ticks wakes its thread without any socket.
func TestTick(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Tick(time.Millisecond); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		events, err := s.Next()
		for err == nil && len(events) == 0 { // a signal
			events, err = s.Next()
		}
		if err != nil || len(events) != 1 || events[0].Fd != Ticked {
			t.Fatalf("%v, %v", events, err)
		}
		s.Tock()
	}
}
