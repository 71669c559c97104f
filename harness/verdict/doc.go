// Package verdict turns the records of a run into verdicts: for every reading of every
// claim, what the evidence says, by which rule, with which numbers.
//
// # How the parts fit
//
// Judge, or JudgeWith where the run made studies, is the only way in. It is pure: no clock, no file, no randomness;
// the same plan, studies and records give the same bytes of verdicts.json, in whatever order the records come.
//
//	select.go    records -> slots: which trial stands for which place of the plan
//	sustain.go   did this trial hold N within the objective?
//	ladder.go    a scenario's cells by number of connections; numbers that belong to a whole ladder
//	measure.go   pairs of numbers, block by block
//	threshold.go "sustains at least N"
//	decide.go    the rules of comparisons, on intervals alone
//	better.go    "X beats Y": from pairs to the rule; betterwords.go words it
//	placed.go    ties, and "by a to b %": where the advantage lies; placedwords.go
//	amount.go    "costs a to b USD": one target's own number; amountwords.go words it
//	cost.go      bills, block by block; usage.go what they are made of; costwords.go
//	upto.go      "by up to p %": the best of several cells, chosen on some blocks and
//	             confirmed on the others (split.go); uptodecide.go, uptowords.go
//	percent.go   advantages in per cent
//	documented.go readings that dated sources decide
//	studied.go   readings that a study decides: mistakes, conformance; together.go and asyncruntime.go the demonstrations
//	controls.go  A/A: a target's later trial against its earlier one
//	order.go     do the numbers depend on when they were measured?
//	power.go     what a plan can see, before its first trial; sight.go the intervals of drawn samples behind it
//	stacks.go    stacks of one language beside the difference between two
//	null.go      the null server: headroom, the trend that all servers share, and that more connections can be held
//	withheld.go  what stands in the way of a comparison, and which check it was
//	rejected.go  would the verdict differ if nothing had been rejected?
//	unmeasured.go readings that no trial decides, and readings that combine claims
//	notes.go     what stands beside a verdict
//	rule.go, format.go, interval.go   sentences, figures, intervals
//	json.go      verdicts.json (docs/verdicts-schema.md)
//
// # Decisions that the method leaves open
//
//   - A threshold counts the trials of both replicas; blocks must number MinBlocks.
//   - "Sustained in none" refutes where the null server sustained the same load or more in
//     the same scenario, in each of its trials; else it is inconclusive. In mode in-flight,
//     where the null server has no trial, nothing refutes.
//   - All measured comparative readings are one family, of m: better, tie, range and up-to.
//     A range of one target's own number is one of them: it is wrong as often as any other
//     (docs/decisions/0017-what-machines-cost.md).
//     Each is wrongly supported with a probability of at most 5 %/m, and wrongly refuted with
//     as much; of "better" both together have no more
//     (docs/decisions/0009-ties-belong-to-the-family.md).
//   - The A/A control has to hold for every comparative shape: a design that sees a difference
//     where there is none shifts the ends of a range as well. It fails where a difference is
//     shown, not where noise leaves it open, and so does the check of drift, a trend
//     over the blocks of all servers' trials of a cell (docs/decisions/0014-what-the-controls-withhold.md).
//   - Servers that differ by less than the margin are no tie
//     (docs/decisions/0015-a-tie-contains-equality.md).
//   - "By up to p %" chooses the cell on every third block
//     (docs/decisions/0012-up-to-screens-on-every-third-block.md).
//   - Sources are stale beside the article's date, not beside the day of the run
//     (docs/decisions/0013-evidence-is-cited-by-id.md).
//   - The signed-rank interval has the smallest attainable level that is not below the
//     family's, or the largest there is (93.75 % at five blocks). It can only withhold a
//     verdict, never give one, so a lower level is no weaker proof.
//   - "With rejected trials" means: each slot counts by its first measured attempt.
//   - A ladder that ends before the server gives up makes its number a lower bound; a
//     server that sustains no rung is taken at the lowest one, an upper bound. Only the
//     end of the interval that such bounds leave valid may decide (decide.go).
//   - A reading that combines claims is "combined": it shows the verdicts of others and adds none of its own.
//
// # What it leaves to others
//
// Thresholds come from plan.Limits, the margin from the ledger, the mathematics from
// stats, validity of trials from run, and all presentation from report.
package verdict
