package mistake

// A Tally is how many of so many mistakes.
type Tally struct{ N, Of int }

// Stopped counts the mistakes of a class that a language's tools stop before they run, up to a bar.
func (s Study) Stopped(class, language string, bar Bar) Tally {
	c := s.CountFates(class, language, false)
	t := Tally{Of: c.Defects}
	for f, n := range c.Fates {
		if bar.Passes(f) {
			t.N += n
		}
	}
	return t
}
