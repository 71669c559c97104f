package conns

import (
	"testing"
	"time"
)

// A shard that has not looked at the clock for longer than it ever waits has stood still.
func TestClockSeesAHalt(t *testing.T) {
	for ago, want := range map[time.Duration]bool{0: false, 500 * ms: true} {
		s := &shard{rec: newRecorder(Closed, 0, time.Hour), start: time.Now().Add(-time.Second)}
		s.seen = time.Since(s.start) - ago
		s.clock()
		if halted := s.rec.Halted > 0; halted != want || want && s.rec.Halted < ago-longestWait {
			t.Errorf("%v since the last look at the clock: halted %v", ago, s.rec.Halted)
		}
	}
}

// What was halted while connections were opened is no part of the window, whose times count from another moment.
func TestHaltsOfConnectingDoNotCount(t *testing.T) {
	s, err := newShard(&Config{Loop: Closed, To: 20 * ms, Drain: ms}, &shared{}, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer s.ep.Close()
	s.rec.Halted = time.Second
	if err := s.drive(time.Now()); err != nil {
		t.Fatal(err)
	}
	if s.rec.Halted >= time.Second {
		t.Errorf("halted %v in a window of 20 ms", s.rec.Halted)
	}
}
