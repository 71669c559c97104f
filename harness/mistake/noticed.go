package mistake

// A Tally is how many of so many mistakes.
type Tally struct{ N, Of int }

// Noticed counts the mistakes of a class that a language's tools notice before they run, up to a bar.
func (s Study) Noticed(class, language string, bar Bar) Tally {
	c := s.CountFates(class, language, false)
	t := Tally{Of: c.Defects}
	for f, n := range c.Fates {
		if bar.Passes(f) {
			t.N += n
		}
	}
	return t
}
