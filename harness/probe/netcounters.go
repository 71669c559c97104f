package probe

import (
	"bytes"
	"time"
)

// NetCounters count trouble in one network namespace since it was made. -1: the kernel
// doesn't tell. Source: Linux Documentation/networking/snmp_counter.rst.
type NetCounters struct {
	At              time.Time
	ListenOverflows int64 // connections dropped because an accept queue was full
	ListenDrops     int64 // those, and connections dropped for other reasons while listening
	RetransSegs     int64 // TCP segments sent again, SYNs among them
	SynRetrans      int64 // SYNs and SYN-ACKs sent again: each has cost a second or more
}

// Since returns how far each counter rose since an earlier reading; -1 where one of the
// two is missing or the counter went back (another namespace).
func (n NetCounters) Since(before NetCounters) NetCounters {
	return NetCounters{
		At:              n.At,
		ListenOverflows: risen(before.ListenOverflows, n.ListenOverflows),
		ListenDrops:     risen(before.ListenDrops, n.ListenDrops),
		RetransSegs:     risen(before.RetransSegs, n.RetransSegs),
		SynRetrans:      risen(before.SynRetrans, n.SynRetrans),
	}
}

func risen(before, after int64) int64 {
	if before < 0 || after < before {
		return -1
	}
	return after - before
}

// netCounter finds a counter in /proc/net/netstat or /proc/net/snmp, whose lines come in
// pairs: "Tcp: name name ..." and "Tcp: number number ...". -1 when it isn't there.
func netCounter(text []byte, group, name string) int64 {
	for len(text) > 0 {
		var names, numbers []byte
		names, text, _ = bytes.Cut(text, []byte{'\n'})
		numbers, text, _ = bytes.Cut(text, []byte{'\n'})
		if !bytes.HasPrefix(names, []byte(group+":")) || !bytes.HasPrefix(numbers, []byte(group+":")) {
			continue
		}
		values := bytes.Fields(numbers)
		for i, field := range bytes.Fields(names) {
			if string(field) == name && i > 0 && i < len(values) {
				return number(values[i])
			}
		}
	}
	return -1
}

// netCounters reads both files.
func netCounters(at time.Time, netstat, snmp []byte) NetCounters {
	return NetCounters{
		At:              at.Round(0).UTC(),
		ListenOverflows: netCounter(netstat, "TcpExt", "ListenOverflows"),
		ListenDrops:     netCounter(netstat, "TcpExt", "ListenDrops"),
		RetransSegs:     netCounter(snmp, "Tcp", "RetransSegs"),
		SynRetrans:      netCounter(netstat, "TcpExt", "TCPSynRetrans"),
	}
}
