// Package prove proves by simulation that the rules of package verdict err as rarely as docs/method.md says. It draws
// runs whose truth is known, has verdict.Judge judge them, and counts wrong verdicts, intervals that miss, and verdicts
// that were not given.
//
// # How the parts fit
//
//	noise.go      how numbers scatter: the noises, each named once
//	truth.go      what holds in a scenario, and which verdicts are then wrong, by shape
//	world.go      a run: a plan by plan.New, and a record for each slot
//	scenario.go   a truth, a noise, a number of blocks, and what is counted
//	scenarios.go  all scenarios with their nominal values; shapes.go has those of ties, ranges and "up to"
//	count.go      what is counted of a judged run
//	simulate.go   draws, judges and counts, on all CPUs
//	table.go      the tables; digest.go has the worst case of each promise
//
// A new shape is one more entry in rules, and the scenarios that use it.
//
// # Randomness
//
// Each run has a stream of random numbers of its own, a function of the seed, the name of its scenario and its number.
// So the result does not depend on the number of workers, and a new scenario changes no other one's numbers.
//
// # What it leaves to others
//
// That trials measure what they say is proved by package canary, on real servers. Here the records are taken as true.
package prove
