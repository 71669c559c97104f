package probe

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
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

// A NetReader reads the counters of the network namespace that a process is in. It keeps
// the namespace, and goes on reading when the process is gone.
type NetReader struct{ netstat, snmp *keptFile }

// OpenNet opens the counters of a process's network namespace. Close it after use. The
// error is ErrGone when there is no such process.
func OpenNet(pid int) (*NetReader, error) {
	dir := filepath.Join("/proc", strconv.Itoa(pid), "net")
	netstat, err := keep(filepath.Join(dir, "netstat"))
	if errors.Is(err, fs.ErrNotExist) {
		err = ErrGone
	}
	if err != nil {
		return nil, fmt.Errorf("network counters of process %d: %w", pid, err)
	}
	snmp, err := keep(filepath.Join(dir, "snmp"))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("network counters of process %d: %w", pid, err), netstat.close())
	}
	return &NetReader{netstat: netstat, snmp: snmp}, nil
}

// Read returns the counters now. Not for several goroutines at once.
func (n *NetReader) Read() (NetCounters, error) {
	at := time.Now()
	netstat, err := n.netstat.read()
	if err != nil {
		return NetCounters{}, fmt.Errorf("network counters: %w", err)
	}
	snmp, err := n.snmp.read()
	if err != nil {
		return NetCounters{}, fmt.Errorf("network counters: %w", err)
	}
	return netCounters(at, netstat, snmp), nil
}

// Close lets go of the namespace.
func (n *NetReader) Close() error { return errors.Join(n.netstat.close(), n.snmp.close()) }
