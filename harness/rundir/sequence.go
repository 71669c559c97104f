package rundir

import "fmt"

// sequence finds gaps that a run does not leave, where the chain itself is whole: a run takes the slots in their order, and
// counts the attempts of each from 1. Who removes a record and makes the chain anew leaves such a gap, unless it was
// the run's last record or the last of several attempts at its slot: without it stands what a run that ended there, or did not try again, has too.
func (c *chainCheck) sequence() {
	attempts := map[int]int{} // by slot
	last := -1
	for i, l := range c.lines {
		r := l.Record
		switch {
		case !c.chained(i) || r.Attempt < 1: // of an older version
			return
		case r.Attempt != attempts[r.Slot]+1:
			c.found = append(c.found, c.at(i, fmt.Sprintf("attempt %d of its slot, and before it stands attempt %d: records were removed or put in", r.Attempt, attempts[r.Slot])))
		case r.Slot > last+1:
			c.found = append(c.found, c.at(i, fmt.Sprintf("no record of slot %d stands before it: records were removed", last+1)))
		}
		attempts[r.Slot] = r.Attempt
		last = max(last, r.Slot)
	}
}
