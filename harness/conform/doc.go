// Package conform proves that a target answers as targets/CONTRACT.md says, before
// anything is timed. Two servers that pass do the same work, so that what differs between
// them afterwards is the server.
//
// Check runs the checks one after another, each a kind with a file of its own:
//
//	golden             check_golden.go     the exchanges of targets/contract
//	random             check_random.go     seeded requests, judged by package model
//	constant           check_constant.go   ids that a cache or a narrow integer mixes up
//	hold               check_hold.go       neither early nor late, and many at a time
//	stats              check_stats.go      the gauge follows the connections
//	threads            check_threads.go    as many as the CPUs given
//	collector          check_collector.go  garbage shows in gc_count
//	keep-alive         check_keepalive.go  many requests on one connection; pipelining
//	split-write        check_split.go      requests in several TCP segments
//	pipelined-garbage  check_garbage.go    what is not HTTP
//	oversized-header   check_header.go     8 KiB taken, 64 KiB not
//	oversized-body     check_body.go       the limit of POST /orders
//	aborted-request    check_abort.go      clients that leave or dawdle
//	rules              rules.go            header fields of every answer that the others read
//
// The last kind has no requests of its own: whatever a check reads passes by the rules. What
// a check finds becomes a Difference. A server that hangs becomes one as well, since each
// exchange has a deadline; after a few of them, or when nothing listens any more, the
// rest is skipped, and the Report says so.
//
// The client is raw TCP with a strict reader (client.go, request.go, answer.go), because a
// library would mend or hide what is looked for: framing, a retried request, the bytes of
// the head. expect.go is the model of a whole target: package model knows bodies, it
// adds paths and parameters.
//
// Two checks take a second side, which sees the target's process and ends it. CheckAttended
// (attended.go) is the agent's half of them and tells the other, package run's, what to do:
//
//	resident           attended.go         resident_bytes is what the kernel counts
//	drain              check_drain.go      SIGTERM: what is open is answered, nothing new accepted
//
// That the process then ends by itself, in time and with status 0, is the other half of drain.
// That a request of more than the contract's 10 s is cut off is not checked.
//
// Left to others: starting and stopping the target, its idle timeout, and how fast it is.
package conform
