// Package compare sets two runs of the same claims side by side: which verdicts changed,
// which numbers moved by more than noise, and what differed in the set-up.
//
// # How the parts fit
//
// [Compare] is the only way in. It is pure: plans, environments and records in, a
// [Comparison] out. Both runs are judged anew, by this version, so that a verdict that
// changed changed by its evidence. [Text], [Markdown] and [JSON] write the comparison.
//
//	differences.go  what the two runs differ in, and which class that leaves
//	limits.go       the same for the thresholds of the plan
//	verdicts.go     verdicts that changed
//	unmeasured.go   verdicts that one run's plan leaves out, which are no changes
//	apart.go        which cells and readings are not the same in both
//	ratios.go       X/Y of comparative readings
//	metrics.go      numbers of one target
//	movement.go     the rule: when did a number move?
//	notes.go        doubts about the comparison as a whole
//	page.go, table.go, text.go, markdown.go, json.go, format.go   how it is shown
//
// # Classes
//
// Two runs are as comparable as the worst of their differences leaves them ([Class]):
//
//   - NotComparable: the verdicts do not mean the same. Another article, another margin, or
//     another threshold by which verdicts are given. Only the differences are listed.
//   - VerdictsOnly: a verdict holds for the set-up named beside it, so verdicts may be set
//     side by side; numbers of two set-ups may not. Another runtime, load engine, number of
//     load agents, processor, virtualisation, frequency governor or placement; or another
//     limit by which trials of every mode are found valid, since numbers that passed other
//     checks are not drawn alike. A processor that is not known counts as another one.
//   - Comparable: none of these. Versions, sources, kernel settings, blocks and seeds may
//     differ; they are what a comparison is made to look at, and they are listed.
//
// More is decided one by one. A cell whose load differs (connections, rate, request,
// objective, warm-up, window), or whose mode is checked by another limit, gives no numbers,
// while the other cells do. Other prices, or another case, give no bill. A reading that means
// something else in the two runs gives no ratio. A verdict that changed is shown all the
// same, and says so. A limit that only withholds verdicts is named in a note.
//
// The same name of a processor is not the same processor, and hosts that are shared drift.
// Where the null server, which is the same program in both runs, moved, the host or the load
// side did: a note says so.
//
// # What it leaves to others
//
// Verdicts come from package verdict, intervals from stats, run directories from the command.
package compare
