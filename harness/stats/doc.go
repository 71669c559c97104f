// Package stats is the mathematics of the verdicts and nothing else: intervals and tests
// for paired differences and independent samples, means, exact binomial bounds, families
// of tests, and least-squares lines.
//
// # How the parts fit
//
// A verdict rests on d = ln(X/Y), one number a block. TInterval (or PairedT on the
// logarithms) gives the interval that decides; SignedRank gives the Hodges-Lehmann
// estimate with the exact signed-rank interval, which must not contradict it. LogRatios
// makes d from X and Y.
//
//	question                            interval
//	mean of paired differences          TInterval, PairedT
//	their centre, by ranks              SignedRank
//	means of independent samples        Welch
//	equality within a margin            Interval.Position
//	"k of n trials"                     ClopperPearson
//	drift over the run, effect of order TestedSlope
//
// Interval.Position places an interval inside, below or above a range: the rules "inside
// the margin" and "disjoint from the range, on this side". Verdicts rest on intervals alone. TOST, BinomialTail and Holm
// are their cross-check: the two one-sided tests show a tie where the interval lies inside the margin, the tails are small
// where the interval leaves a share out, and Holm rejects whatever Bonferroni's intervals, which verdicts use, exclude. Residuals takes blocks and targets out of a
// number before it is looked at over the order of the run. FitLine turns memory over a
// ladder of connections into bytes a connection.
//
// There is no bootstrap: at five to eight blocks a percentile bootstrap covers far less
// than it says.
//
// # Inputs
//
// No function panics. Empty samples, unequal lengths, NaN, infinities and levels outside
// (0, 1) are errors that wrap ErrInput; so is a result that overflows.
//
// # What it leaves to others
//
// Which numbers may be compared, margins, families and every decision: package verdict.
package stats
