package mistake

// FateUnknown is the end of a program of which the study keeps no run.
const FateUnknown Fate = "unknown"

// Ends are those of programs that are run, whatever the tools said of them, in the order of the fates, FateUnknown last.
func Ends() []Fate {
	return []Fate{FateGone, FateStopped, FateTested, FateHung, FateSilent, FateUnknown}
}

// Ran is how the program ends when it is run, whatever the tools say of it; FateUnknown where it was not.
func (p Program) Ran() Fate {
	ordinary, tested := p.runs()
	switch {
	case ordinary == Unreached || tested == Unreached:
		return FateUnknown
	case ordinary == Right && tested == Right:
		return FateGone
	}
	return ends(ordinary, tested)
}

// ends is the end of a program that no tool noticed, and that is not right in every run.
func ends(ordinary, tested Outcome) Fate {
	switch {
	case ordinary == Stopped:
		return FateStopped
	case tested == Stopped:
		return FateTested
	case ordinary == Hung || ordinary == Outgrown:
		return FateHung
	}
	return FateSilent
}

// A RunCount counts the programs that end alike when they are run after the cheapest edit.
type RunCount struct {
	End     Fate // of Ends
	Refused int  // of those that the compiler refused before the edit
	Warned  int  // of those that the compiler warns of after it, or the linter of the distribution finds
}

// Runs counts how the programs of the classes, all of them for none, end when they are run: the edited ones, and those that are only
// warned about, edited or not. Ends that no program has are left out.
func (s Study) Runs(classes []string, language string) []RunCount {
	at := map[Fate]*RunCount{}
	for _, end := range Ends() {
		at[end] = &RunCount{End: end}
	}
	for _, r := range s.of(classes) {
		p := r.In(language)
		refused := p.Fate() == FateRejected
		if p.Edited != nil {
			p = *p.Edited
		}
		if refused {
			at[p.Ran()].Refused++
		}
		if f := p.Fate(); f == FateWarned || f == FateVetted {
			at[p.Ran()].Warned++
		}
	}
	var runs []RunCount
	for _, end := range Ends() {
		if *at[end] != (RunCount{End: end}) {
			runs = append(runs, *at[end])
		}
	}
	return runs
}
