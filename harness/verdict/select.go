package verdict

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// A place is what a slot measures: the key under which a verdict looks for a trial.
type place struct {
	block   int
	cell    string
	target  string
	replica int
}

func placeOf(s plan.Slot) place { return place{s.Block, s.Cell, s.Target, s.Replica} }

// A selection says which record stands for each place. Kept uses what passed the
// validity checks; withRejected is the same run as if no check had been made.
type selection struct {
	// candidates hold, for each place, the records that may stand for it, best first.
	candidates map[place][]trial.Record
	// rejectedToo: metrics that a check of narrower scope rejected count as well.
	rejectedToo bool
	// turns are the candidates by when they ran: replica 1 is a target's earlier trial of a block and cell, 2 its later one.
	turns map[place][]trial.Record
}

func newSelection(rejectedToo bool) selection {
	return selection{candidates: map[place][]trial.Record{}, rejectedToo: rejectedToo, turns: map[place][]trial.Record{}}
}

func (s selection) put(at, turn place, of []trial.Record) { s.candidates[at], s.turns[turn] = of, of }

// byTurns is the selection with its replicas numbered as they ran, whatever the plan called them.
func (s selection) byTurns() selection {
	s.candidates = s.turns
	return s
}

// choose sorts the records into the plan's slots and returns both selections.
//
// kept: the last usable attempt of the slot. withRejected: the attempts in the order they
// were made, rejected ones with any measured number included, up to the first usable one;
// the first that carries the number asked for counts. That is the run that would have
// been recorded if nothing had been rejected.
func choose(p plan.Plan, attempts map[int][]trial.Record) (kept, withRejected selection, counts Trials) {
	kept, withRejected = newSelection(false), newSelection(true)
	counts.Planned = len(p.Slots)
	ran := map[place]int{} // trials of a target so far in a block and cell; a retry ran at its slot's place
	for _, s := range p.Slots {
		of := attempts[s.Index]
		turn := placeOf(s)
		turn.replica = 0
		ran[turn]++
		turn.replica = ran[turn]
		counts.Invalid += countStatus(of, trial.Invalid)
		counts.Broken += countStatus(of, trial.Broken)
		if last, ok := lastUsable(of); ok {
			counts.Usable++
			kept.put(placeOf(s), turn, []trial.Record{last})
		} else {
			counts.Missing++
		}
		if measured := measuredAttempts(of); len(measured) > 0 {
			withRejected.put(placeOf(s), turn, measured)
		}
	}
	return kept, withRejected, counts
}

// bySlot groups the records by slot index, in the order of their attempts, and counts
// those that do not belong to the plan. The order of the input does not matter.
func bySlot(p plan.Plan, records []trial.Record) (attempts map[int][]trial.Record, foreign int) {
	slots := make(map[int]place, len(p.Slots))
	for _, s := range p.Slots {
		slots[s.Index] = placeOf(s)
	}
	attempts = make(map[int][]trial.Record, len(slots))
	for _, r := range records {
		at, ok := slots[r.Slot]
		if !ok || at != (place{r.Block, r.Cell, r.Target, r.Replica}) {
			foreign++
			continue
		}
		attempts[r.Slot] = append(attempts[r.Slot], r)
	}
	for _, of := range attempts {
		slices.SortFunc(of, func(a, b trial.Record) int {
			return cmp.Or(cmp.Compare(a.Attempt, b.Attempt), a.StartedAt.Compare(b.StartedAt), cmp.Compare(a.ID, b.ID))
		})
	}
	return attempts, foreign
}

// foreignRecords warns of records that belong to no slot.
func foreignRecords(n int) []trial.Warning {
	if n == 0 {
		return nil
	}
	return []trial.Warning{{
		Code: "foreign-record", Detail: fmt.Sprintf("%d records belong to no slot of the plan and were left out", n),
	}}
}

func countStatus(records []trial.Record, status trial.Status) int {
	n := 0
	for _, r := range records {
		if r.Status == status {
			n++
		}
	}
	return n
}

func lastUsable(attempts []trial.Record) (trial.Record, bool) {
	for _, r := range slices.Backward(attempts) {
		if r.Usable() {
			return r, true
		}
	}
	return trial.Record{}, false
}

// measuredAttempts returns the attempts up to the first usable one that hold numbers.
func measuredAttempts(attempts []trial.Record) []trial.Record {
	var measured []trial.Record
	for _, r := range attempts {
		if r.Usable() {
			return append(measured, r)
		}
		if r.Status == trial.Invalid && len(r.Metrics) > 0 {
			measured = append(measured, r)
		}
	}
	return measured
}

// value returns a metric at a place with the record it comes from. A number that is
// missing or not finite is not a value, and neither is one of a trial in which the server failed.
func (s selection) value(at place, metric string) (float64, trial.Record, bool) {
	for _, r := range s.candidates[at] {
		v, ok := r.Metrics[metric]
		if !ok && s.rejectedToo {
			v, ok = r.Rejected[metric]
		}
		if ok && !math.IsNaN(v) && !math.IsInf(v, 0) && r.Status != trial.ServerFailed {
			return v, r, true
		}
	}
	return 0, trial.Record{}, false
}

// record returns the record that says whether the place sustained its cell: a usable one,
// or a rejected one that at least measured the latency. As if no check had been made, any does.
func (s selection) record(at place) (trial.Record, bool) {
	for _, r := range s.candidates[at] {
		if _, measured := r.Metrics[p99]; measured || r.Usable() || s.rejectedToo {
			return r, true
		}
	}
	return trial.Record{}, false
}

// rejectedAt reports whether a rejected trial, or one with rejected latencies, stands at
// the place.
func (s selection) rejectedAt(at place) bool {
	of := s.candidates[at]
	return len(of) > 0 && (of[0].Status == trial.Invalid || len(of[0].Rejected) > 0)
}
