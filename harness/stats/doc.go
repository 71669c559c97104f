// Package stats is the mathematics of the verdicts and nothing else: intervals for
// paired differences, means, an exact binomial bound and a least-squares line.
//
// # How the parts fit
//
// A verdict rests on d = ln(X/Y), one number a block. TInterval (or PairedT on the
// logarithms) gives the interval that decides; SignedRank gives the Hodges-Lehmann
// estimate with the exact signed-rank interval, which must not contradict it. LogRatios
// makes d from X and Y. Binomial bounds (ClopperPearsonLower) say how reliable "k of n
// trials" is. FitLine turns memory over a ladder of connections into bytes a connection.
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
