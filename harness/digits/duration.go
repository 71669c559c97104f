package digits

import (
	"strings"
	"time"
)

// Duration writes a time in whole seconds, without the units that are zero: "15m", not "15m0s".
func Duration(d time.Duration) string {
	s := d.Round(time.Second).String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}
