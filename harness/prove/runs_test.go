//go:build !race

package prove

// ruleRuns is how many runs of each scenario are judged in the test of the rules.
const ruleRuns = 200
