package launch

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// hostIdentity names this host and this boot of it. The PID namespace belongs to the
// host's name: a process ID means nothing outside of it.
func hostIdentity() (host, boot string, err error) {
	name, err := os.Hostname()
	if err != nil {
		return "", "", fmt.Errorf("host name: %w", err)
	}
	namespace, err := os.Readlink("/proc/self/ns/pid")
	if err != nil {
		return "", "", fmt.Errorf("PID namespace: %w", err)
	}
	// A minimal image may lack the machine ID; the host name then has to do.
	machine, err := os.ReadFile("/etc/machine-id")
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", "", fmt.Errorf("machine ID: %w", err)
	}
	bootID, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return "", "", fmt.Errorf("boot ID: %w", err)
	}
	return digest(string(machine), name, namespace), digest(string(bootID)), nil
}

// startTime returns when a process was started, in clock ticks since boot (proc(5), field
// 22 of stat). A zombie counts as not alive.
func startTime(pid int) (start uint64, alive bool, err error) {
	path := fmt.Sprintf("/proc/%d/stat", pid)
	raw, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) || errors.Is(err, unix.ESRCH) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, err
	}
	state, start, err := parseStat(raw)
	if err != nil {
		return 0, false, fmt.Errorf("%s: %w", path, err)
	}
	return start, state != "Z" && state != "X", nil
}

// parseStat reads the state and the start time from the text of /proc/<pid>/stat. The
// name in field 2 may hold spaces and parentheses: count from the last parenthesis.
func parseStat(raw []byte) (state string, start uint64, err error) {
	end := bytes.LastIndexByte(raw, ')')
	if end < 0 {
		return "", 0, errors.New("no process name in parentheses")
	}
	fields := strings.Fields(string(raw[end+1:]))
	const stateField, startField = 0, 19 // fields 3 and 22: field 3 comes first behind the name
	if len(fields) <= startField {
		return "", 0, fmt.Errorf("%d fields behind the name, want at least %d", len(fields), startField+1)
	}
	start, err = strconv.ParseUint(fields[startField], 10, 64)
	if err != nil {
		return "", 0, fmt.Errorf("start time: %w", err)
	}
	return fields[stateField], start, nil
}
