// Enginebench compares the native load engine with wrk and with vegeta's library: what a CPU-second of the generator
// buys, how late requests leave, how long opening connections takes and what they cost in memory. `make engine-bench`
// runs it; it writes docs/engine-bench.md.
//
// # How it measures
//
// Each measurement is a process of its own, bound to the generator's CPU, beside servers bound to another. CPU time is
// what the kernel says of that process when it has ended, which is the same clock for all three engines. Engines take
// turns within a round, and the order of servers and engines moves on by one from round to round; a ratio is formed
// within a round, so that what disturbs the host for seconds disturbs both of its sides.
//
// # Parts
//
//   - main.go, command.go, options.go: the program, its commands and what can be asked of it.
//   - plan.go: which cells, how many rounds, in which order.
//   - bench.go, closed.go, scheduled.go: carry that out. servers.go, nginx.go: what is loaded.
//   - child.go, memory.go: one process, bound to its CPU, and what it used. wrk.go: wrk as such a process.
//   - drive.go, drivenative.go, drivevegeta.go, driverate.go: what runs inside our own generator processes.
//   - results.go: what was measured. ratio.go, summary.go, wanted.go: what follows from it, with no clock or process.
//   - document.go, tables.go, text.go, environment.go: how it is told.
//
// # What it leaves to others
//
// Starting servers is package launch's work, the engine's own figures are package load's, intervals are package stats'.
// It judges no article: nothing here ends in a report.
package main
