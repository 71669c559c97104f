// Package verdict turns the records of a run into verdicts: for every reading of every
// claim, what the evidence says, by which rule, with which numbers.
//
// # How the parts fit
//
// Judge is the only way in. It is pure: no clock, no file, no randomness; the same plan
// and records give the same bytes of verdicts.json, in whatever order the records come.
//
//	select.go    records -> slots: which trial stands for which place of the plan
//	sustain.go   did this trial hold N within the objective?
//	ladder.go    a scenario's cells by number of connections; numbers that belong to a whole ladder
//	measure.go   pairs of numbers, block by block
//	threshold.go "sustains at least N"
//	decide.go    "X beats Y": the rule itself, on intervals alone
//	better.go    "X beats Y": from pairs to the rule; betterwords.go words it
//	controls.go  A/A: a target against itself
//	order.go     do the numbers depend on when they were measured?
//	power.go     what a plan can see, before its first trial
//	rejected.go  would the verdict differ if nothing had been rejected?
//	unmeasured.go readings that no trial decides, and readings that combine claims
//	notes.go     what stands beside a verdict
//	rule.go, format.go, interval.go   sentences, figures, intervals
//	json.go      verdicts.json (docs/verdicts-schema.md)
//
// # Decisions that the method leaves open
//
//   - A threshold counts the trials of both replicas; blocks must number MinBlocks.
//   - "Sustained in none" is inconclusive, since this version has no null server.
//   - The signed-rank interval has the smallest attainable level that is not below the
//     family's, or the largest there is (93.75 % at five blocks). It can only withhold a
//     verdict, never give one, so a lower level is no weaker proof.
//   - "With rejected trials" means: each slot counts by its first measured attempt.
//   - A ladder that ends before the server gives up makes its number a lower bound; a
//     server that sustains no rung is taken at the lowest one, an upper bound. Only the
//     end of the interval that such bounds leave valid may decide (decide.go).
//   - A reading that combines claims is "not measured": it adds no verdict of its own.
//
// # What it leaves to others
//
// Thresholds come from plan.Limits, the margin from the ledger, the mathematics from
// stats, validity of trials from run, and all presentation from report.
package verdict
