// Package claim holds the ledger of one article: every checkable sentence, in our words, with the ways in which it
// is made measurable. A ledger is a file, scenarios/claims/<article>.toml.
//
// Load reads a file, Parse the bytes of one; both report every problem of the file, one a line, as
//
//	file:line: key: what is wrong; what to do
//
// CheckReferences then holds the ledger against the targets and scenarios that are there. What a reading means and by
// which rule it is judged is not decided here: docs/method.md and package verdict do that, package plan turns
// readings into trials.
//
// # Keys
//
// The table [article]: id, title, date (a TOML local date) and margin, the equivalence margin as a ratio above 1 and up
// to 1.5, declared before any run.
//
// Each [[claim]]: id, section (a heading of the article), where (row and column, list item or question below it), summary
// (at most 75 characters), optionally contradicts (ids of claims of the same article), and below it one or more
//
// [[claim.reading]]: id, shape, says (one measurable sentence that names targets), headline = true on exactly one (not
// written when there is only one), and by shape:
//
//	threshold   target, at_least (connections), cell
//	better      x, y, metric, and cell, or scenario where the metric belongs to a whole ladder
//	untestable  reason, needs; says is optional
//	combines    claims; says is optional
//
// The shapes up-to, range, tie and documented are not judged by this version. They, and any other reading that it can't
// measure, say why in not_yet. Such a reading may leave its shape's keys out and may name a cell or scenario that
// doesn't exist yet.
package claim
