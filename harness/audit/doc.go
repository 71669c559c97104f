// Package audit checks a run directory against itself: [Sources] finds what was changed
// since it was written, and takes every record again from plan and raw data by the
// function that the run used; [Derived] compares a derived file with what the records give.
//
// Nothing is repaired and nothing is written. What was found is a list of
// [rundir.Difference], each naming file, trial and values; what could not be checked is a
// list of notes. Making the derived files again is left to cmd, which may see package
// report.
package audit
