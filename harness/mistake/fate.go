package mistake

// A Fate is how a mistake ends in one language: by the first of its steps that notices it.
type Fate string

// The fates, from the earliest to the latest.
const (
	FateRejected Fate = "rejected" // the compiler refuses it
	FateGone     Fate = "gone"     // all runs are right: the language makes it harmless
	FateWarned   Fate = "warned"   // the compiler warns
	FateVetted   Fate = "vetted"   // the linter of the distribution finds it: go vet, clippy
	FateLinted   Fate = "linted"   // a linter apart from the distribution finds it: staticcheck
	FateStopped  Fate = "stopped"  // the ordinary program stops: go run, Rust's release build
	FateTested   Fate = "tested"   // only a build for tests stops: the race detector, Rust's debug build
	FateHung     Fate = "hung"     // the ordinary program does not end, or only at the limit of memory
	FateSilent   Fate = "silent"   // the ordinary program ends well with a wrong output
)

// Fates are all of them, in order.
func Fates() []Fate {
	return []Fate{FateRejected, FateGone, FateWarned, FateVetted, FateLinted, FateStopped, FateTested, FateHung, FateSilent}
}

// Fate is that of a program as it was written.
func (p Program) Fate() Fate {
	ordinary, tested := p.runs()
	switch {
	case p.Step(Build).Outcome == Rejected:
		return FateRejected
	case ordinary == Right && tested == Right:
		return FateGone // before the linters: what they say of a right program is not about the mistake
	case p.Step(Build).Outcome == Warned:
		return FateWarned
	case p.Step(Vet).Outcome == Found || p.Step(Clippy).Outcome == Found:
		return FateVetted
	case p.Step(Staticcheck).Outcome == Found:
		return FateLinted
	}
	return ends(ordinary, tested)
}

// runs are the outcomes of the ordinary program and of the one built for tests.
func (p Program) runs() (ordinary, tested Outcome) {
	if release := p.Step(Release); release.Outcome != Unreached {
		return release.Outcome, p.Step(Debug).Outcome
	}
	return p.Step(Run).Outcome, p.Step(Race).Outcome
}

// EditedFate is that of the program that its compiler accepts: after the cheapest edit where there was one.
func (p Program) EditedFate() Fate {
	if p.Edited != nil {
		return p.Edited.Fate()
	}
	return p.Fate()
}
