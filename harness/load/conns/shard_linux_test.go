package conns

import (
	"testing"
	"time"
)

// A shard that has not looked at the clock for longer than it ever waits has stood still.
func TestClockSeesAHalt(t *testing.T) {
	for ago, want := range map[time.Duration]bool{5 * ms: false, 500 * ms: true} {
		s := &shard{rec: newRecorder(Closed, 0, time.Hour), start: time.Now().Add(-time.Second)}
		s.seen = time.Second - ago
		s.clock()
		if halted := s.rec.Halted > 0; halted != want || want && s.rec.Halted < ago-longestWait {
			t.Errorf("%v since the last look at the clock: halted %v", ago, s.rec.Halted)
		}
	}
}
