//go:build !linux

package load

// newSleeper makes the most precise sleeper of this system: kqueue's timeouts are precise where epoll's are not.
func newSleeper() (sleeper, error) { return runtimeSleeper{}, nil }
