// Package canary has the harness prove itself on this host: it injects a known fault into the null server, measures it
// as a target is measured, and compares the number that comes back with what arithmetic says must come back.
//
// A [Canary] is one fault with its predictions, in a file of its own; [All] lists them and [Prove] runs one. The null
// server is a child process on the targets' CPUs, the load agent another on the load's, both started by the launcher
// that starts them in a run ([Bench]). What a prediction says of a whole trial (were the connections held, what is the
// verdict) comes from a real plan that package run executes and package verdict judges.
//
// A prediction has to be able to fail: the tests run every canary without its fault and see that it does, and doctor the
// measurements of closed loops, answers and census as a harness with a check taken out would give them.
//
// Limits on load-side noise are those of the method. A busy host can shift a measurement where a wrong harness is wrong
// every time, so a canary that fails is tried again, as often as a trial is. Printing is left to the command.
package canary
