//go:build !linux

package probe

// ReadHostSample returns ErrOutOfReach.
func ReadHostSample() (HostSample, error) { return HostSample{}, unseen("CPU counters of the host") }
