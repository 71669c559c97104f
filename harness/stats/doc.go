// Package stats is the mathematics of the verdicts and nothing else: intervals and tests
// for paired differences and independent samples, means, exact binomial bounds, families
// of tests, and least-squares lines.
//
// # How the parts fit
//
// A verdict rests on d = ln(X/Y), one number a block. TInterval (or PairedT on the
// logarithms) gives the interval that decides; SignedRank gives the Hodges-Lehmann
// estimate with the exact signed-rank interval, which must not contradict it. LogRatios
// makes d from X and Y. Each interval has the test that inverts it, with p-values:
//
//	question                            interval        test
//	mean of paired differences          TInterval       TTest, PairedTTest
//	their centre, by ranks              SignedRank      SignedRankTest
//	means of independent samples        Welch           WelchTest
//	their ratio                         WelchRatio      WelchTest on Logs
//	equality within a margin            Position        TOST, WelchTOST
//	"k of n trials"                     ClopperPearson  BinomialTest
//	drift over the run, effect of order TestedSlope     TestedSlope
//
// What such an interval can show, before there are numbers: PowerAbove and PowerInside are
// the chances that it lies above a limit or inside margins, DetectableAbove and NoiseInside
// solve them for the effect and for the noise.
//
// Interval.Position places an interval inside, below or above a range: the rules "inside
// the margin" and "disjoint from the range, on this side". Holm adjusts the p-values of a family. Residuals takes blocks and targets out of a
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
