package conns

import (
	"strconv"
	"time"
)

// The first exchange on a connection.
const (
	greetingPath   = "/healthz"
	greetingAnswer = "ok\n"
)

// unwelcome says what is wrong with the answer to a greeting, of which got bytes have come; "" for nothing.
func unwelcome(a answer, got int) string {
	switch {
	case a.status != 200:
		return "status " + strconv.Itoa(a.status) + " to the first request"
	case string(a.body) != greetingAnswer:
		return WrongBody + " to the first request"
	case a.close:
		return "Connection: close in answer to the first request"
	case got > a.size:
		return "bytes behind the answer to the first request"
	}
	return ""
}

// welcomed ends the greeting of a connection.
func (s *shard) welcomed(i int32, a answer, got int, now time.Duration) {
	c := &s.conns[i]
	if class := unwelcome(a, got); class != "" {
		s.end(i, class, false)
		return
	}
	if len(c.partial) == 0 { // else its first byte came before, see consume
		s.rec.firstByte(now - c.began)
	}
	c.state = idle
	c.forget()
	s.greeted++
}
