package mistake

import "slices"

// A Bar is how early a mistake must be noticed to count as noticed before it runs.
type Bar string

// The bars, from the strictest. What a language makes harmless counts at each.
const (
	BarCompiler Bar = "compiler" // the compiler refuses it
	BarShipped  Bar = "shipped"  // or warns, or the linter of the distribution (go vet, clippy) finds it
	BarAny      Bar = "any"      // or staticcheck finds it
)

// Headline is the bar whose answer is the verdict: what somebody gets who installs the language and nothing else.
const Headline = BarShipped

// Bars are all of them, in order.
func Bars() []Bar { return []Bar{BarCompiler, BarShipped, BarAny} }

// Passes says whether a fate counts as noticed before the program runs.
func (b Bar) Passes(f Fate) bool {
	switch f {
	case FateRejected, FateGone:
		return true
	case FateWarned, FateVetted:
		return b != BarCompiler
	case FateLinted:
		return b == BarAny
	}
	return false
}

// A Count is how many defects of a class had which fate in a language.
type Count struct {
	Class    string // "" for all
	Language string
	Defects  int
	Fates    map[Fate]int
}

// CountFates counts the defects of a class, or of all with "". edited counts the programs after the cheapest edit.
func (s Study) CountFates(class, language string, edited bool) Count {
	c := Count{Class: class, Language: language, Fates: map[Fate]int{}}
	for _, r := range s.Defects {
		if class != "" && r.Class != class {
			continue
		}
		c.Defects++
		c.Fates[fate(r, language, edited)]++
	}
	return c
}

func fate(r Result, language string, edited bool) Fate {
	if edited {
		return r.In(language).EditedFate()
	}
	return r.In(language).Fate()
}

// of returns the results of the classes, all of them for none.
func (s Study) of(classes []string) []Result {
	if len(classes) == 0 {
		return s.Defects
	}
	var some []Result
	for _, r := range s.Defects {
		if slices.Contains(classes, r.Class) {
			some = append(some, r)
		}
	}
	return some
}
