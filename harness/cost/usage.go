package cost

import (
	"errors"
	"fmt"
	"math"
)

// Usage is what a server was measured to take.
type Usage struct {
	CPUMicrosPerRequest float64 `json:"cpu_us_per_request"`
	// BaseBytes is the memory of a process without connections: the intercept of the line through the ladder. A line may
	// end below zero there; that is no memory, and counts as none.
	BaseBytes          float64 `json:"base_bytes"`
	BytesPerConnection float64 `json:"bytes_per_connection"` // the slope of that line
}

// Load is what machines are to carry together.
type Load struct {
	Connections       int     `json:"connections"`         // at a time
	RequestsPerSecond float64 `json:"requests_per_second"` // right answers
}

// ErrUsage is wrapped by errors about numbers that no server can have.
var ErrUsage = errors.New("no such usage")

// check finds numbers that say nothing: a server takes some CPU time, and a connection some memory.
func (u Usage) check() error {
	switch {
	case !(u.CPUMicrosPerRequest > 0) || math.IsInf(u.CPUMicrosPerRequest, 0):
		return fmt.Errorf("%w: %v us of CPU time a request", ErrUsage, u.CPUMicrosPerRequest)
	case !(u.BytesPerConnection >= 0) || math.IsInf(u.BytesPerConnection, 0):
		return fmt.Errorf("%w: %v bytes a connection", ErrUsage, u.BytesPerConnection)
	case math.IsNaN(u.BaseBytes) || math.IsInf(u.BaseBytes, 0):
		return fmt.Errorf("%w: a base of %v bytes", ErrUsage, u.BaseBytes)
	}
	return nil
}

// Check finds loads that nobody has.
func (l Load) Check() error {
	switch {
	case l.Connections < 0 || l.Connections > maxConnections:
		return fmt.Errorf("%d connections: give 0 to %d", l.Connections, maxConnections)
	case !(l.RequestsPerSecond >= 0 && l.RequestsPerSecond <= maxRate):
		return fmt.Errorf("%v requests/s: give 0 to %.0f", l.RequestsPerSecond, maxRate)
	}
	return nil
}
