//go:build !linux

package probe

// ReadHostSample returns ErrOutOfReach.
func ReadHostSample() (HostSample, error) { return HostSample{}, unseen("CPU counters of the host") }

// A NetReader cannot be had here.
type NetReader struct{}

// OpenNet returns ErrOutOfReach.
func OpenNet(int) (*NetReader, error) { return nil, unseen("counters of a network namespace") }

// Read returns ErrOutOfReach.
func (*NetReader) Read() (NetCounters, error) {
	return NetCounters{}, unseen("counters of a network namespace")
}

// Close does nothing.
func (*NetReader) Close() error { return nil }
