// Package histogram holds the distributions of a job: HdrHistogram with the one geometry that all of them share, so that
// they can be merged, and its encoding in a result.
package histogram
