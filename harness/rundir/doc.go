// Package rundir is the only reader and writer of run directories.
//
//	plan.json env.json   written before trial 1, never again
//	trials.jsonl         one record a line, appended and synced
//	raw/<trial>/         histograms and samples; their SHA-256 is in the record
//	everything else      derived; may be deleted and made again
//
// [Create] makes a directory, [Open] reads one, [Dir.Lock] keeps a second process from
// running the same plan. A record is in trials.jsonl whole or not at all: a write that
// fails half-way (a full disk) is taken back, and a line that a crash cut short is
// ignored by [Dir.Records] and removed by [Dir.Repair]. Each record carries the hashes of
// plan, environment, the record before and itself; [Dir.CheckChain], [Dir.CheckRaw] and
// [Dir.Lost] name what was changed since. What the records mean is left to packages measure, audit and
// verdict.
package rundir
