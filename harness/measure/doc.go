// Package measure turns a trial's raw data into its record: counts, metrics, rejected
// metrics, checks, warnings and status.
//
// A run hands its [Observation] to [Encode], reads the files back with [Decode] and takes
// the record from [Record]; `assay verify` reads the same files from the run directory and
// takes the record from the same function. So a record holds nothing that its raw files do
// not give, and none of this can drift apart. Metrics are in metrics.go, validity checks in
// checks.go, what became of the trial in status.go.
//
// Nothing here reads a clock, a file or a live system. Running trials is left to package
// run, comparing records to package audit.
package measure
