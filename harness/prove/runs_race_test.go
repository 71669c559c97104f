//go:build race

package prove

// ruleRuns is lower here, where all takes six times as long and what is looked for is a race: `make test` runs both.
const ruleRuns = 30
