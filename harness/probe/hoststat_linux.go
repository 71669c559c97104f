package probe

import (
	"fmt"
	"os"
	"time"
)

// ReadHostSample reads the CPU counters of the host from /proc/stat.
func ReadHostSample() (HostSample, error) {
	at := time.Now()
	text, err := os.ReadFile("/proc/stat")
	if err != nil {
		return HostSample{}, fmt.Errorf("host CPU counters: %w", err)
	}
	cpus, err := parseHostStat(text)
	if err != nil {
		return HostSample{}, err
	}
	return HostSample{At: at.Round(0).UTC(), CPUs: cpus}, nil
}
