package probe

import "fmt"

const (
	// filesReserve is how many of a process's files are kept for other things than the
	// connections under test: libraries, logs, epoll, probes, dials that are tried again.
	filesReserve = 500

	// manyConnections is what articles mean by many, and the least a host should allow.
	manyConnections = 10_000

	fewConnections = 1_000 // below it nothing about many connections can be tested
)

func filesFinding(h Host) Finding {
	f := Finding{ID: "open-files", Name: "open files"}
	if h.OpenFilesHard < 0 {
		return unknown(f.ID, f.Name, "How many connections a process can hold is not known.")
	}
	connections := max(0, h.OpenFilesHard-filesReserve)
	f.Value = fmt.Sprintf("%d soft, %d hard", h.OpenFilesSoft, h.OpenFilesHard)
	f.Means = fmt.Sprintf("One server process holds at most about %d connections.", connections)
	if connections >= manyConnections {
		return f
	}
	f.Level = Warn
	f.Means += fmt.Sprintf(" Readings at %d cannot be reached.", manyConnections)
	if connections < fewConnections {
		f.Level = Bad
		f.Means = fmt.Sprintf("One server process holds at most about %d connections. No claim about many can be tested.", connections)
	}
	wanted := 2 * manyConnections
	f.Do = fmt.Sprintf("As root: ulimit -Hn %d in the shell that starts assay, or a line \"* hard nofile %d\" in "+
		"/etc/security/limits.conf and a new login.", wanted, wanted)
	return f
}

func portsFinding(h Host) Finding {
	f := Finding{ID: "ports", Name: "source ports", Value: h.PortRange()}
	if h.Ports() < 0 {
		return unknown(f.ID, f.Name, "How many connections one source address can open is not known.")
	}
	f.Means = fmt.Sprintf("One source address opens at most %d connections to a server.", h.Ports())
	if h.Ports() < manyConnections {
		f.Level = Warn
		f.Means += " More need further addresses of 127.0.0.0/8."
		f.Do = "sudo sysctl net.ipv4.ip_local_port_range=\"32768 60999\""
	}
	return f
}

func reuseFinding(h Host) Finding {
	f := Finding{ID: "time-wait", Name: "ports reused (tcp_tw_reuse)"}
	switch h.TWReuse {
	case 0:
		f.Value = "off"
		f.Level = Note
		f.Means = "A closed connection keeps its port for a minute. Trials one after another can run short of ports."
		f.Do = "sudo sysctl net.ipv4.tcp_tw_reuse=2"
	case 1, 2:
		f.Value = map[int64]string{1: "on", 2: "on for loopback"}[h.TWReuse]
		f.Means = "Ports of closed connections are free for the next trial after a second."
	default:
		return unknown(f.ID, f.Name, "How soon the next trial can use a port again is not told.")
	}
	return f
}

// smallBacklog is the accept queue that tokio's listener asks for; a lower limit cuts it.
const smallBacklog = 1024

func backlogFinding(h Host) Finding {
	f := Finding{ID: "backlog", Name: "accept queue (somaxconn)"}
	if h.SomaxConn < 0 {
		return unknown(f.ID, f.Name, "A full accept queue costs a connection a second. How long it may get is not told.")
	}
	f.Value = fmt.Sprint(h.SomaxConn)
	if h.SynBacklog >= 0 {
		f.Value += fmt.Sprintf(", SYN backlog %d", h.SynBacklog)
	}
	f.Means = "A server may ask for a queue of this length. Connections are opened no faster than they are accepted."
	if h.SomaxConn < smallBacklog {
		f.Level = Warn
		f.Means = "Servers get a shorter queue than they ask for. A full one costs a connection a second, and the trial is rejected."
		f.Do = "sudo sysctl net.core.somaxconn=4096"
	}
	return f
}

func conntrackFinding(h Host) Finding {
	f := Finding{ID: "conntrack", Name: "connection tracking"}
	if h.ConntrackMax < 0 {
		f.Value = "not loaded, or not seen from here"
		f.Means = "Connections do not take an entry in a table."
		return f
	}
	f.Value = fmt.Sprintf("on, room for %d", h.ConntrackMax)
	if h.ConntrackCount >= 0 {
		f.Value = fmt.Sprintf("on, %d of %d entries", h.ConntrackCount, h.ConntrackMax)
	}
	f.Level = Note
	f.Means = "Where a firewall rule uses it, each connection takes an entry and each packet costs a look-up. " +
		"Containers on network none are not affected."
	if room := h.ConntrackMax - max(0, h.ConntrackCount); room < 2*manyConnections {
		f.Level = Warn
		f.Means += " The table is too small for many connections."
		f.Do = "sudo sysctl net.netfilter.nf_conntrack_max=262144"
	}
	return f
}
