package launch

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// hostIdentity names this host and this boot of it.
func hostIdentity() (host, boot string, err error) {
	name, err := os.Hostname()
	if err != nil {
		return "", "", fmt.Errorf("host name: %w", err)
	}
	machine, err := unix.Sysctl("kern.uuid")
	if err != nil {
		return "", "", fmt.Errorf("kern.uuid: %w", err)
	}
	session, err := unix.Sysctl("kern.bootsessionuuid")
	if err != nil {
		return "", "", fmt.Errorf("kern.bootsessionuuid: %w", err)
	}
	return digest(machine, name), digest(session), nil
}

const zombie = 5 // SZOMB of <sys/proc.h>

// startTime returns when a process was started, in microseconds since 1970. A zombie
// counts as not alive.
func startTime(pid int) (start uint64, alive bool, err error) {
	info, err := unix.SysctlKinfoProc("kern.proc.pid", pid)
	if errors.Is(err, unix.EIO) || errors.Is(err, unix.ESRCH) {
		return 0, false, nil // an answer of no bytes: there is no such process
	}
	if err != nil {
		return 0, false, fmt.Errorf("kern.proc.pid %d: %w", pid, err)
	}
	at := info.Proc.P_starttime
	return uint64(at.Sec)*1e6 + uint64(at.Usec), info.Proc.P_stat != zombie, nil
}
