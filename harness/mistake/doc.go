// Package mistake holds what a study of mistakes found, and judges it. A study is a list of defects, each a pair of small
// programs that make the same mistake in Go and in Rust, with what each tool said of them. It is pure: package defect runs the
// tools, and anybody can judge again what they said.
//
//	study.go    what was found, as it is stored
//	class.go    the languages and the classes of mistakes
//	fate.go     how a mistake ends in one language, from its steps
//	count.go    totals by class; noticed.go those that are noticed before the program runs
//	ran.go      how a program ends that is run all the same
//	judge.go    the rule: whose tools notice more, in four views of the corpus
package mistake
