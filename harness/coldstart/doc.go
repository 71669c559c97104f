// Package coldstart times a server from its exec to its first answer.
//
// Two programs take part, on the two sides of a gate. The shim, which is about to become the server, waits at the gate
// ([Pass]); the load agent, on the load's CPU and in the server's network namespace, opens it ([Probe]). When the gate
// opens, the shim reads the clock, sends what it read, and execs the server; the agent asks GET /healthz on a new
// connection every so often until the whole answer has come with status 200, and reads the clock again.
//
// Both read CLOCK_MONOTONIC, which is one clock for all processes of a host, containers included. The gate is a Unix
// socket in the abstract namespace, which belongs to the network namespace: so it is the same thing between two processes
// and between two containers that share their network, and leaves no file behind.
//
// So the time holds: exec itself, the loader, the runtime's start, listening, one connection, one request and its answer,
// and the wait from the moment the server was ready to the next question, at most an interval. It does not hold the making of
// a process or a container. The program is in the page cache by then, since it was started before.
//
// It needs Linux. How instances are started is left to package launch, how often to package run.
package coldstart
