//go:build !race

package prove

// concurrentRuns is how many runs of each scenario are judged in the tests of concurrency.
const concurrentRuns = 120

// ruleRuns is that in the test of the rules.
const ruleRuns = 200
