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
// "Sent" is vegeta's Timestamp: the moment a worker takes the request. If the connection of that request is still busy
// with an earlier answer, the request waits in line inside the transport; that time counts in Service and in Intended,
// not in Lateness. Lateness is therefore the load side's own fault, with one exception: once every worker waits for the
// server (see workersFor) the next request has no worker, and its wait for one counts as lateness too. A warning says
// when that happened. "Done" is the moment vegeta has the answer, its status and body checked: the check itself takes
// about a microsecond and counts.
//
// sent = done + failed + pending. Failed requests are in no latency histogram. Pending ones, and those that were
// scheduled but never got a worker, are in Intended with their age at the end of the drain: "at least this long".
//
// # Parts
//
//   - schedule.go: when, on which connection, with which id; pure.
//   - template.go: the request and the answer that the contract demands for it.
//   - attack.go, pacer.go, sleep_*.go: one vegeta attack that keeps a schedule.
//   - sender.go: the RoundTripper between vegeta and the transport; finds what a sequence number stands for and checks
//     the answer. failure.go: how failed requests are named.
//   - pool.go, conn.go, dial_*.go: the connections, who closed which, and how they are opened.
//   - vegeta.go: the engine, made of the above. connect.go: its connecting phase and the barrier.
//   - recorder.go, histogram.go: counts and distributions.
//   - census.go, kernel_*.go, procnet.go, rawconn.go: N seen from the client, the kernel and the server.
//   - netcounters.go, usage_*.go, memory_*.go, tune.go: the namespace's counters, own CPU and memory, own runtime settings.
//   - run.go, window.go: the order of it all.
//
// # What it leaves to others
//
// It judges nothing: limits live in package plan, validity in package run, verdicts in package verdict. It starts no
// process. It loads addresses in 127.0.0.0/8 only. It builds on Linux and other Unix systems; what only Linux can tell
// is -1 elsewhere, with a warning.
package load
