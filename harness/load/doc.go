// Package load drives one job against one target and says truthfully what happened.
//
// [Run] is the whole of it: open the connections, verify them, warm up, measure, drain, and return a [Result]. The
// process that hosts it (the load agent) has CPUs of its own.
//
// # What is measured
//
// A [Schedule] says before the window when each request is meant to leave and on which connection. The clock of a
// request starts at that intended send, whether or not the load side or a busy connection lets it leave. A [Recorder]
// keeps, apart from each other:
//
//   - Intended: intended send to done, the headline;
//   - Service: sent to done;
//   - Lateness: intended send to sent.
//
// Two engines drive a job. Native is package conns: event loops over raw sockets, on Linux. Vegeta is vegeta's library,
// which runs everywhere and cross-checks the other. They count alike but for two things:
//
//   - "Sent". Native takes a request up when it is due; if its connection is still busy the request waits in line, which
//     counts in Intended alone, since Service begins when it is written. With vegeta "sent" is its Timestamp, the moment
//     a worker takes the request; the wait in line happens inside the transport and counts in Service as well. In
//     neither does it count as Lateness, which is the load side's own fault. With one exception: once every worker of
//     vegeta waits for the server (see workersFor) the next request has no worker, and its wait for one is lateness
//     too. A warning says when that happened.
//   - InFlight, the mean number of requests under way, is counted by native alone.
//
// "Done" is the moment the answer is there, and with vegeta its body checked: the check takes about a microsecond.
//
// sent = done + failed + pending. Failed requests are in no latency histogram. Pending ones, and those that were
// scheduled but never taken up, are in Intended with their age at the end of the drain: "at least this long".
//
// # Parts
//
//   - conns/: the native engine, the schedule that both engines keep, and native.go, which fits it in.
//   - attack.go, pacer.go, sleep_*.go: one vegeta attack that keeps a schedule.
//   - sender.go: the RoundTripper between vegeta and the transport; finds what a sequence number stands for and checks
//     the answer. failure.go: how failed requests are named.
//   - pool.go, conn.go, dial_*.go: vegeta's connections, who closed which, and how they are opened.
//   - vegeta.go: the engine, made of the above. connect.go: its connecting phase and the barrier.
//   - recorder.go: its counts and distributions. histogram/: the geometry and encoding of all distributions.
//   - census.go, kernel_*.go, procnet.go, rawconn.go: N seen from the client, the kernel and the server.
//   - netcounters.go, usage_*.go, memory_*.go, tune.go: the namespace's counters, own CPU and memory, own runtime settings.
//   - part.go, team.go, merge.go: a job that several agents drive together.
//   - run.go, window.go: the order of it all.
//
// # What it leaves to others
//
// It judges nothing: limits live in package plan, validity in package measure, verdicts in package verdict. It starts no
// process. It loads addresses in 127.0.0.0/8 only. It builds on Linux and other Unix systems; what only Linux can tell
// is -1 elsewhere, with a warning.
package load
