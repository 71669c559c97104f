package conns

import (
	"time"

	"golang.org/x/sys/unix"

	"github.com/assay-bench/assay/harness/epoll"
)

// connect opens and greets every connection of the shard. It opens no faster than the server accepts: only so many may
// wait for their first answer at once, so that the accept queue never fills, which would cost a retransmission of a
// whole second; and no faster than the job's rate.
func (s *shard) connect(deadline time.Time) error {
	s.start = time.Now()
	end := deadline.Sub(s.start)
	rate := s.cfg.ConnectPerSecond / float64(s.of)
	most := max(1, s.cfg.Connecting/s.of)
	s.greet = []byte("GET " + greetingPath + s.cfg.Template.rest())
	for dialled := 0; s.greeted < len(s.conns); {
		now := s.clock()
		switch {
		case s.failed != nil:
			return s.failed
		case now >= end:
			return &ConnectError{Class: Timeout, Open: int(s.open.Load())}
		case s.stop.Load():
			return nil // another shard, or the caller, says why
		}
		wait := longestWait
		for dialled < len(s.conns) && dialled-s.greeted < most && s.failed == nil {
			if early := AtRate(int64(dialled), rate) - now; early > 0 {
				wait = min(wait, early)
				break
			}
			s.dial(int32(dialled))
			dialled++
		}
		events, err := s.ep.Wait(min(wait, end-now))
		if err != nil {
			return err
		}
		for i := range events {
			s.handle(&events[i])
		}
	}
	return nil
}

// dial begins to open connection i.
func (s *shard) dial(i int32) {
	c := &s.conns[i]
	c.began = s.clock()
	c.state = connecting
	c.generation++
	fd, err := s.socket(i)
	if err == nil {
		c.fd = int32(fd)
		err = s.ep.Add(fd, epoll.Tag{Conn: i, Generation: c.generation})
	}
	if err == nil {
		err = unix.Connect(fd, &unix.SockaddrInet4{Addr: s.cfg.Address.Addr().As4(), Port: int(s.cfg.Address.Port())})
	}
	if err != nil && err != unix.EINPROGRESS {
		s.broken(i, err, false)
	}
}

// socket makes a socket that never blocks and sends at once. Beyond what one source address carries it is bound to
// 127.0.0.2, 127.0.0.3, ..., and connect(2), not bind(2), chooses the port: then one port serves several targets, and
// the search does not end in "address already in use" (ip(7), IP_BIND_ADDRESS_NO_PORT).
func (s *shard) socket(i int32) (int, error) {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return -1, err
	}
	err = unix.SetsockoptInt(fd, unix.IPPROTO_TCP, unix.TCP_NODELAY, 1)
	if err == nil {
		// The cheapest one, which every kernel allows everybody: nothing is ever congested within a host, and the choice is
		// the sender's alone, so that the server's stays what it is. Where it is refused, requests cost a little more.
		_ = unix.SetsockoptString(fd, unix.IPPROTO_TCP, unix.TCP_CONGESTION, "reno")
	}
	if n := int(i)*s.of + s.id; err == nil && s.cfg.Connections > MaxPerSource {
		source := n/MaxPerSource + 2
		err = unix.SetsockoptInt(fd, unix.IPPROTO_IP, unix.IP_BIND_ADDRESS_NO_PORT, 1)
		if err == nil {
			err = unix.Bind(fd, &unix.SockaddrInet4{Addr: [4]byte{127, 0, byte(source >> 8), byte(source)}})
		}
	}
	if err != nil {
		_ = unix.Close(fd) // never connected
		return -1, err
	}
	return fd, nil
}

// established ends connect(2): before the barrier with a greeting, later with what waits in line.
func (s *shard) established(i int32) {
	c := &s.conns[i]
	errno, err := unix.GetsockoptInt(int(c.fd), unix.SOL_SOCKET, unix.SO_ERROR)
	if err == nil && errno != 0 {
		err = unix.Errno(errno)
	}
	if err != nil {
		s.broken(i, err, false)
		return
	}
	now := s.clock()
	s.rec.connected(now - c.began)
	s.open.Add(1)
	if s.greeted < len(s.conns) {
		c.state = greeting
		s.put(i, s.greet)
		return
	}
	if s.armed.Load() {
		s.reopened.Add(1)
	}
	c.state = idle
	s.proceed(i, now)
}
