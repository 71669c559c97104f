package load

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

// netCounters are counters of this process's network namespace, since its start.
type netCounters struct {
	listenOverflows, listenDrops, retransmits int64
}

// readNetCounters reads them. Retransmits are all TCP segments sent again, SYNs included.
func readNetCounters() (netCounters, error) {
	ext, err := readNetFile("/proc/net/netstat", "TcpExt")
	if err != nil {
		return netCounters{}, err
	}
	tcp, err := readNetFile("/proc/net/snmp", "Tcp")
	if err != nil {
		return netCounters{}, err
	}
	var c netCounters
	for _, want := range []struct {
		from map[string]int64
		name string
		to   *int64
	}{
		{ext, "ListenOverflows", &c.listenOverflows},
		{ext, "ListenDrops", &c.listenDrops},
		{tcp, "RetransSegs", &c.retransmits},
	} {
		v, ok := want.from[want.name]
		if !ok {
			return netCounters{}, fmt.Errorf("the kernel does not tell %s", want.name)
		}
		*want.to = v
	}
	return c, nil
}

func readNetFile(name, group string) (map[string]int64, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	values, err := parseNetCounters(f, group)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return values, nil
}

// parseNetCounters reads one group of /proc/net/netstat or snmp: a line of names and a line of values, both beginning
// with "group:".
func parseNetCounters(r io.Reader, group string) (map[string]int64, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	var names []string
	for lines.Scan() {
		rest, ok := strings.CutPrefix(lines.Text(), group+": ")
		if !ok {
			continue
		}
		fields := strings.Fields(rest)
		if names == nil {
			names = fields
			continue
		}
		if len(fields) != len(names) {
			return nil, fmt.Errorf("%s has %d names and %d values", group, len(names), len(fields))
		}
		values := make(map[string]int64, len(names))
		for i, name := range names {
			v, err := strconv.ParseInt(fields[i], 10, 64)
			if err != nil {
				return nil, fmt.Errorf("%s of %s: %w", name, group, err)
			}
			values[name] = v
		}
		return values, nil
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	return nil, errors.New("no values of " + group)
}
