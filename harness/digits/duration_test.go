package digits

import (
	"testing"
	"time"
)

func TestDuration(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0s", 400 * time.Millisecond: "0s", 10 * time.Second: "10s", 15 * time.Minute: "15m", 61 * time.Second: "1m1s",
		time.Hour: "1h", 2*time.Hour + 3*time.Minute: "2h3m", time.Hour + 5*time.Second: "1h0m5s",
	} {
		if got := Duration(d); got != want {
			t.Errorf("Duration(%v) = %q, want %q", d, got, want)
		}
	}
}
