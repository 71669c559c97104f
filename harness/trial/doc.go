// Package trial holds what is recorded: the environment of a run (env.json), one line of trials.jsonl for each trial, and the
// names of the metrics in it. It is data without behaviour that others write and judge, and imports nothing of ours.
//
//	trial.go        a record, its status, checks and metrics
//	environment.go  what the run ran on, and what it found before the first trial
//	conformance.go  the study of whether all targets answer alike
package trial
