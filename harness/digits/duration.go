package digits

import (
	"strings"
	"time"
)

// Duration writes a time as flags and files take it, without the units that are zero: "15m", not "15m0s". It has whole seconds, or below
// one whole microseconds.
func Duration(d time.Duration) string {
	unit := time.Second
	if d.Abs() < time.Second {
		unit = time.Microsecond
	}
	s := d.Round(unit).String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

// Spelled writes a time in a sentence, in one unit: "100 ms", "2 s", "15 min".
func Spelled(d time.Duration) string {
	switch {
	case d >= time.Minute && d%time.Minute == 0:
		return Count(int64(d/time.Minute)) + " min"
	case d >= time.Second && d%time.Second == 0:
		return Count(int64(d/time.Second)) + " s"
	case d >= time.Minute:
		return Number(d.Minutes()) + " min"
	case d >= time.Second:
		return Number(d.Seconds()) + " s"
	}
	return Number(float64(d)/float64(time.Millisecond)) + " ms"
}
