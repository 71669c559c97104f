//go:build unix && !linux

package load

import (
	"fmt"
	"runtime"

	"golang.org/x/sys/unix"
)

// maxRSS is the most memory that this process has had resident, in bytes.
func maxRSS() (int64, error) {
	var r unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &r); err != nil {
		return 0, fmt.Errorf("getrusage: %w", err)
	}
	if runtime.GOOS == "darwin" || runtime.GOOS == "ios" {
		return int64(r.Maxrss), nil // bytes there, KiB elsewhere
	}
	return int64(r.Maxrss) << 10, nil
}
