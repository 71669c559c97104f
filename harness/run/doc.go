// Package run executes a plan: one fresh instance of a target for each slot, a load agent
// beside it, samplers around both, and a record for every attempt.
//
// [Preflight] proves conformance, the end on SIGTERM included (attended.go), and measures the
// probes' own cost before the plan is written; [Execute] walks the slots, skips those that a resumed directory already has,
// retries invalid trials in their slot, and stops with an error that says how to go on.
// One trial is in trial.go, what is sampled meanwhile in watch.go. [ServeAgent] is the
// other end: the process that hosts an engine beside the target.
//
// What raw data means is left to package measure; launchers, judging and printing to
// packages launch, verdict and cmd.
package run
