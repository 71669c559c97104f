// Package plan turns a ledger of claims, scenarios and targets into the seeded list of
// trials that a run executes: randomised complete blocks with an A/A arm, fitted to a
// time budget.
//
// A plan is made once, before the first trial, by [New]; plan.json holds it, and nothing
// after that changes it. Everything the judge and the report need to know about intent is
// in it: the claims, the cells, the order, the placement and the [Limits]. New is a pure
// function of its input, so the same seed gives the same plan.
//
// The package does not run anything and knows no launcher: package run executes plans.
package plan
