// Package null is the null server: an HTTP/1.1 server that does the least a server can.
//
// Saturated as a target is, it shows what a host and its load side can do at best: the ceiling of throughput, the floor of
// latency. Held open, its connections show how many can be held at all. With faults switched on it is what the harness proves itself on:
// what goes wrong is known beforehand, to the number.
//
//	GET /null?id=N   200 application/json, a constant of 300 bytes (model.NullAnswer), whatever the query
//	GET /healthz     as targets/CONTRACT.md says
//	GET /stats       as targets/CONTRACT.md says
//
// Anything else is answered 404. A request with a body is answered 411, one that is not HTTP 400, a head above 8 KiB 431,
// and the connection closed.
//
// # Parts
//
//   - options.go: what can be asked of it. faults.go: when an answer may leave, which is wrong, which connection ends.
//     guests.go: connections of the server to itself.
//   - request.go: the parser. answer.go: the answers, prebuilt but for the date. stats.go: GET /stats.
//   - server_linux.go, loop_linux.go, conn_linux.go: on Linux, one thread for each CPU that the process was given, bound
//     to it, with an epoll set of its own. The first accepts and deals connections out in turn, so that they are
//     spread evenly. A request takes one read and one write and allocates nothing. An idle thread sleeps.
//   - later_linux.go: answers that wait for their time.
//   - http.go: elsewhere, net/http with the same answers and the same faults.
//
// It judges nothing and measures nothing, and it is no target: its answers are not those of the contract.
package null
