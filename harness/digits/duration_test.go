package digits

import (
	"testing"
	"time"
)

func TestDuration(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0s", 400 * time.Millisecond: "400ms", time.Microsecond: "1µs", 10 * time.Second: "10s", 15 * time.Minute: "15m", 61 * time.Second: "1m1s",
		time.Hour: "1h", 2*time.Hour + 3*time.Minute: "2h3m", time.Hour + 5*time.Second: "1h0m5s",
	} {
		if got := Duration(d); got != want {
			t.Errorf("Duration(%v) = %q, want %q", d, got, want)
		}
	}
}

func TestSpelled(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0 ms", 4 * time.Millisecond: "4.00 ms", 100 * time.Millisecond: "100 ms", 1500 * time.Millisecond: "1.50 s", 8 * time.Second: "8 s",
		90 * time.Second: "90 s", 15 * time.Minute: "15 min",
	} {
		if got := Spelled(d); got != want {
			t.Errorf("Spelled(%v) = %q, want %q", d, got, want)
		}
	}
}
