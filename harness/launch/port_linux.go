package launch

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// listenerName names the program that listens on a TCP port of this host, as far as this
// user may see it: "nginx (process 123)".
func listenerName(port int) string {
	inodes := listeners("/proc/self/net", port)
	sockets, err := filepath.Glob("/proc/[0-9]*/fd/*")
	if err != nil || len(inodes) == 0 {
		return "another program"
	}
	for _, name := range sockets {
		to, err := os.Readlink(name)
		if err != nil {
			continue // ended meanwhile, or another user's
		}
		inode, found := strings.CutPrefix(to, "socket:[")
		if !found || !inodes[strings.TrimSuffix(inode, "]")] {
			continue
		}
		pid := strings.Split(name, "/")[2]
		comm, err := os.ReadFile("/proc/" + pid + "/comm")
		if err != nil {
			continue
		}
		return fmt.Sprintf("%s (process %s)", strings.TrimSpace(string(comm)), pid)
	}
	return "another user's program"
}

// listeners returns the inodes of the sockets that listen on port, in the network
// namespace whose /proc/<pid>/net is given. Both tables count: a dual-stack socket stands
// in tcp6.
func listeners(procNet string, port int) map[string]bool {
	inodes := map[string]bool{}
	for _, table := range []string{"tcp", "tcp6"} {
		raw, err := os.ReadFile(filepath.Join(procNet, table))
		if err != nil {
			continue // a kernel without IPv6 has no tcp6
		}
		for line := range strings.Lines(string(raw)) {
			if inode, ok := parseListener(line, port); ok {
				inodes[inode] = true
			}
		}
	}
	return inodes
}

// parseListener reads a line of /proc/net/tcp (proc(5)): "sl local_address rem_address st
// ... uid timeout inode". State 0A is LISTEN.
func parseListener(line string, port int) (inode string, ok bool) {
	fields := strings.Fields(line)
	if len(fields) < 10 || fields[3] != "0A" {
		return "", false
	}
	_, hexPort, found := strings.Cut(fields[1], ":")
	got, err := strconv.ParseUint(hexPort, 16, 16)
	if !found || err != nil || int(got) != port {
		return "", false
	}
	return fields[9], true
}
