// Package conns is the native load engine: it drives HTTP/1.1 over connections of its own and keeps a schedule to within
// tens of microseconds, with two system calls a request, one that sends and one that reads, and a share of one that brings events.
//
// # The life of a request
//
// A [Schedule] (schedule.go) is laid out before the first request: when each is meant to leave, on which connection,
// with which id. The connections are dealt out to shards, one a CPU; a shard is one thread with an epoll set and
// everything that belongs to its connections (conn.go), so nothing is locked (shard_linux.go, the event loop). An [Engine]
// (engine_linux.go) is the shards of one job.
//
//  1. A little before its time the shard stops sleeping (Config.Awake; await_linux.go), since a sleeping CPU wakes late. When
//     its time has come the shard takes the request up (send_linux.go). What it is late by then is the load side's fault and
//     recorded as such. If its connection still waits for an answer, the request waits in line. What the shard comes to only when
//     the window is over ([LastCall]) is never sent; and a shard that is behind takes up so many at a time, and reads answers in between.
//  2. Its bytes are put together from a prebuilt request and the id (request.go) and written at once. The socket is
//     registered once, edge-triggered, so that neither writing nor reading takes a call to change that.
//  3. When bytes come they are read (receive_linux.go) and parsed (answer.go; field.go and chunks.go are parts of it). A head
//     that was seen before is compared, not parsed (heads.go). An answer that has not come whole waits for the rest.
//  4. Its status and its body are compared with what the contract demands for that id, computed anew, byte for byte:
//     3 to 4 % of the engine's CPU time (docs/engine-bench.md).
//  5. The recorder (recorder.go) counts it, if its intended send lies in the window. What it counts is a [Tally] (tally.go),
//     and those of shards and of agents add up.
//  6. The connection sends what waits in line.
//
// A request fails by a wrong answer, by the end of its connection (ending_linux.go), or by its timeout (timeouts.go keeps the
// order in which they come). A connection that has ended is opened anew when there is something to send on it, and both are
// counted. connect_linux.go opens connections, no faster than the server accepts them; before the first request each has had
// an answer (greeting_linux.go).
//
// # Answers that nobody asked for
//
// HTTP/1.1 answers carry no number: which request one belongs to is known by its order alone. Bytes behind an answer, and bytes
// on a connection without a request, end the connection and count as closed. A second answer that comes while the next request
// is out is taken for that request's: on /item the body then shows another id and is wrong. The answers of /hold and /hash are
// the same for every request, so there the body cannot tell; on /hold such an answer comes before its wait has passed, which
// package measure checks in mode in-flight (early-answers).
//
// # Loops
//
// In an open loop the schedule decides when requests leave. In a closed loop each connection sends its next request when
// it has its answer; intended and actual send are then the same moment. With a CPU of its own such a shard does not sleep until
// an answer comes (Config.Awake): waking it would be the server's work.
//
// There is no timing wheel. A schedule that is fixed beforehand is a sorted list, and a cursor walks it; timeouts are
// the same for all requests, so they end in the order in which they began.
package conns
