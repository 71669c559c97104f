// Package probe reads what a target, the load agent and the host use: CPU time,
// memory, throttling, sockets, steal.
//
// A [Source] gives one [Sample] when it is asked. [Open] picks the best one that can be
// had for a process or a container; [NewDockerStats] is for engines whose processes this
// host cannot see. A [Sampler] asks several sources at an interval and keeps the
// answers; [CPUBetween], [MedianResident] and [Changes] turn them into the
// figures of a window; [WriteSamples] and [ReadSamples] store them.
//
// [HostSample] holds the CPU counters of the whole host, from which [Steal] and [Worked]
// follow. [MeasureCost] says what a sample itself costs. [ReadHost] tells what kind of
// host this is, and [Findings] what that means for a run and what to do about it.
//
// The files of the kernel are read in *_linux.go; all that interprets them is pure and
// compiles everywhere. Elsewhere than on Linux only Docker's stats stream and a part of
// [ReadHost] can be had; the rest answers [ErrOutOfReach].
//
// Deciding is left to others: this package knows no limit that makes a trial invalid.
package probe
