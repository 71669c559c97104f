package demo

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/trial"
)

const (
	mostWorks = 50
	mostName  = 60 // characters of a work's name
)

// readCalls reads what the programs printed in one round: one JSON object a line, each work once on each side. They come back
// in the order of the works, and for each Go, the border, Rust.
func readCalls(round int, text string) ([]trial.TimedCalls, error) {
	var lines []trial.TimedCalls
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	for {
		var c trial.TimedCalls
		err := d.Decode(&c)
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = checkCalls(c)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d of what the programs printed: %w", len(lines)+1, err)
		}
		c.Round = round
		lines = append(lines, c)
	}
	return inOrder(lines)
}

func checkCalls(c trial.TimedCalls) error {
	switch {
	case c.Work == "" || len([]rune(c.Work)) > mostName || strings.ContainsFunc(c.Work, func(r rune) bool { return r < ' ' }):
		return fmt.Errorf("work %q: give a name of at most %d characters on one line", c.Work, mostName)
	case !slices.Contains(sides(), c.Side):
		return fmt.Errorf("side %q: there are %s", c.Side, strings.Join(sides(), ", "))
	case c.Calls < 1:
		return fmt.Errorf("%d calls of %q", c.Calls, c.Work)
	case !(c.Nanos > 0) || math.IsInf(c.Nanos, 0):
		return fmt.Errorf("%v ns a call of %q", c.Nanos, c.Work)
	case c.Answer == "":
		return fmt.Errorf("no answer of %q, so that nobody can compare it", c.Work)
	}
	return nil
}

func sides() []string { return []string{trial.GoCallsGo, trial.GoCallsRust, trial.RustCallsRust} }

// inOrder holds the lines against each other: every work on every side, with as many calls on each.
func inOrder(lines []trial.TimedCalls) ([]trial.TimedCalls, error) {
	var works []string
	for _, c := range lines {
		if !slices.Contains(works, c.Work) {
			works = append(works, c.Work)
		}
	}
	if len(works) == 0 || len(works) > mostWorks {
		return nil, fmt.Errorf("the programs timed %d works; from 1 to %d can be shown", len(works), mostWorks)
	}
	var out []trial.TimedCalls
	for _, work := range works {
		for _, side := range sides() {
			of := slices.DeleteFunc(slices.Clone(lines), func(c trial.TimedCalls) bool { return c.Work != work || c.Side != side })
			if len(of) != 1 {
				return nil, fmt.Errorf("the programs printed %d lines of %q on side %q; each work takes one line on each side", len(of), work, side)
			}
			if first := lines[slices.IndexFunc(lines, func(c trial.TimedCalls) bool { return c.Work == work })]; of[0].Calls != first.Calls {
				return nil, fmt.Errorf("%q: %d calls on side %q, %d on side %q; answers of unlike numbers of calls cannot be compared", work, of[0].Calls, side, first.Calls, first.Side)
			}
			out = append(out, of[0])
		}
	}
	return out, nil
}

// sameWorks wants two rounds to be of the same works.
func sameWorks(a, b []trial.TimedCalls) error {
	same := func(x, y trial.TimedCalls) bool { return x.Work == y.Work && x.Side == y.Side && x.Calls == y.Calls }
	if !slices.EqualFunc(a, b, same) {
		return errors.New("the programs timed other works in one round than in another")
	}
	return nil
}
