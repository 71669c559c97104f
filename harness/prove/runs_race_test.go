//go:build race

package prove

// concurrentRuns is lower here, where all takes six times as long and what is looked for is a race.
const concurrentRuns = 10
