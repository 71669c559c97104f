// Package claim holds the ledger of one article: every checkable sentence, in our words, with the ways in which it
// is made measurable. A ledger is a file, scenarios/claims/<article>.toml.
//
// Load reads a file, Parse the bytes of one; both report every problem of the file, one a line, as
//
//	file:line: key: what is wrong; what to do
//
// CheckReferences then holds the ledger against the targets and scenarios that are there. What a reading means and by
// which rule it is judged is not decided here: docs/rules.md and package verdict do that, package plan turns
// readings into trials.
//
// # Keys
//
// The table [article]: id, title, date (a TOML local date) and margin, the equivalence margin as a ratio above 1 and up
// to 1.5, declared before any run.
//
// Each [[claim]]: id, section (a heading of the article), where (row and column, list item or question below it), summary
// (at most 75 characters), optionally contradicts (ids of claims of the same article; a pair is declared at one of its claims and
// shown at both) with contradicts_how (a sentence for each of them: what the two say), proxy (what is measured in place of what the
// claim is about, and so what a verdict leaves open) and every = true (all readings decide, not the headline alone: "both
// servers do"), and below it one or more
//
// [[claim.reading]]: id, shape, says (one measurable sentence that names targets), headline = true on exactly one (not
// written when there is only one), and by shape:
//
//	threshold   target, at_least (connections), cell
//	better      x, y, metric, and cell, or scenario where the metric belongs to a whole ladder, or case (of cost.toml)
//	            where it is a bill
//	tie         as better: x and y are equal within the margin
//	range       as better, with from and to, in per cent; or target, metric, case, from and to, in USD a month
//	up-to       x, y, metric, cells (the candidates), percent; optionally tolerance, in percentage points
//	documented  shown_by and opposed_by (ids of evidence), or without a source needs; optionally at_least, the number
//	            that is claimed
//	untestable  reason, needs; says is optional
//	study       study: "conformance" with x and y (the targets that answer alike), "async-runtime", "together" with part
//	            ("works", "call" or "build"), or "defects" with x and y (languages) and optionally classes (of mistakes)
//	combines    claims; says is optional
//
// Per cent means by how much less x is than y where less is better, by how much more where more is. The measured shapes
// take infrastructure_only = true where what is measured covers machines and the article speaks of all costs. Every shape but
// combines takes context, ids of evidence to be shown beside it.
//
// A reading that this version can't measure says why in not_yet, whatever its shape. It may leave its shape's keys out
// and may name a cell or scenario that doesn't exist yet.
//
// # Evidence
//
// scenarios/evidence/*.toml hold what documented readings cite: LoadEvidence reads them, Ledger.Cite puts the cited ones
// into the ledger and so into a plan. Each [[evidence]]: id, figure, counts (what exactly), source, url, date (of the
// figure), read ("primary": in the source itself, or "secondary": quoted elsewhere), and counted where the figure is a count of
// other entries, which are then shown below it. Which side a figure is on stands in the
// reading, since one figure may show one claim and the opposite of another. One that is on neither side, but that
// a reader wants beside the claim, is its context.
package claim
