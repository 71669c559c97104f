// Package limited runs compilers and small programs under limits of time and memory, for the studies of a run. It leaves
// nothing running, and says which limit ended a program.
//
//	run.go   one process in a group of its own; resident_linux.go says how much memory the group uses
//	env.go   the environment of tools and of programs: no network, nothing that changes their answers
//	need.go  the tools that have to be there, and what to do where one is not
package limited
