package launch

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// An Owner identifies a process beyond the reuse of its ID: what it starts is marked with
// it, and may be swept once it is gone.
type Owner struct {
	Host  string // 12 hexadecimal digits: machine, host name and PID namespace, hashed
	Boot  string // 12 hexadecimal digits: this boot of the machine, hashed
	PID   int
	Start uint64 // when it was started; the system's own unit, compared for equality only
}

// self returns the owner that this process is.
func self() (Owner, error) {
	host, boot, err := hostIdentity()
	if err != nil {
		return Owner{}, fmt.Errorf("identify this host: %w", err)
	}
	pid := os.Getpid()
	start, alive, err := startTime(pid)
	if err != nil || !alive {
		return Owner{}, fmt.Errorf("find out when this process (%d) was started: %w", pid, err)
	}
	return Owner{Host: host, Boot: boot, PID: pid, Start: start}, nil
}

// String is the form of labels and file names: host.boot.pid.start.
func (o Owner) String() string {
	return fmt.Sprintf("%s.%s.%d.%d", o.Host, o.Boot, o.PID, o.Start)
}

// ParseOwner reads what String writes.
func ParseOwner(s string) (Owner, error) {
	parts := strings.Split(s, ".")
	if len(parts) != 4 || !isDigest(parts[0]) || !isDigest(parts[1]) {
		return Owner{}, fmt.Errorf("%q is not an owner: want host.boot.pid.start", s)
	}
	pid, err := strconv.ParseInt(parts[2], 10, 32)
	if err != nil || pid < 1 {
		return Owner{}, fmt.Errorf("%q is not an owner: %q is not a process ID", s, parts[2])
	}
	start, err := strconv.ParseUint(parts[3], 10, 64)
	if err != nil {
		return Owner{}, fmt.Errorf("%q is not an owner: %q is not a start time", s, parts[3])
	}
	return Owner{Host: parts[0], Boot: parts[1], PID: int(pid), Start: start}, nil
}

// goneFor reports whether o is known to be gone, judged by me, a living process. Of
// another host's processes nothing is known.
func (o Owner) goneFor(me Owner) bool {
	if o.Host != me.Host {
		return false
	}
	if o.Boot != me.Boot {
		return true
	}
	return !sameProcess(o.PID, o.Start)
}

// sameProcess reports whether the process pid still runs and is the one started at start.
// When that cannot be found out, it says yes: a doubt must not end anybody's process.
func sameProcess(pid int, start uint64) bool {
	got, alive, err := startTime(pid)
	if err != nil {
		return true
	}
	return alive && got == start
}

// digest shortens an identity to 12 hexadecimal digits: unique enough, and it gives
// nothing away where it is shown.
func digest(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:6])
}

func isDigest(s string) bool {
	if len(s) != 12 {
		return false
	}
	for _, c := range s {
		if !strings.ContainsRune("0123456789abcdef", c) {
			return false
		}
	}
	return true
}
