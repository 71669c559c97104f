package verdict

import (
	"math"
	"testing"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

func TestChoose(t *testing.T) {
	p := plan.Plan{Slots: []plan.Slot{
		{Index: 0, Block: 1, Cell: "c", Target: "a", Replica: 1},
		{Index: 1, Block: 1, Cell: "c", Target: "b", Replica: 1},
		{Index: 2, Block: 2, Cell: "c", Target: "a", Replica: 1},
	}}
	attempt := func(slot, n int, status trial.Status, value float64) trial.Record {
		s := p.Slots[slot]
		r := trial.Record{Slot: slot, Attempt: n, Block: s.Block, Cell: s.Cell, Target: s.Target, Replica: 1, Status: status}
		if status != trial.Broken {
			r.Metrics = map[string]float64{"m": value}
		}
		return r
	}
	foreign := attempt(0, 9, trial.OK, 99)
	foreign.Target = "somebody else"
	records := []trial.Record{ // on purpose out of order
		attempt(0, 3, trial.OK, 3), foreign, attempt(0, 1, trial.Broken, 0), attempt(0, 2, trial.Invalid, 2),
		attempt(1, 1, trial.OK, 10), attempt(1, 2, trial.OK, 20),
		attempt(2, 1, trial.Invalid, 5), {Slot: 77, Status: trial.OK},
	}
	attempts, strangers := bySlot(p, records)
	kept, all, counts := choose(p, attempts)
	warnings := foreignRecords(strangers)

	if want := (Trials{Planned: 3, Usable: 2, Invalid: 2, Broken: 1, Missing: 1}); counts != want {
		t.Errorf("counts %+v, want %+v", counts, want)
	}
	if len(warnings) != 1 || warnings[0].Code != "foreign-record" {
		t.Errorf("warnings %+v, want one about the 2 foreign records", warnings)
	}
	for _, c := range []struct {
		name string
		from selection
		slot int
		want float64 // NaN: no value
	}{
		{"the usable attempt after rejected ones", kept, 0, 3},
		{"the first measured attempt", all, 0, 2},
		{"the last usable attempt", kept, 1, 20},
		{"the first usable attempt", all, 1, 10},
		{"nothing usable", kept, 2, math.NaN()},
		{"only a rejected one", all, 2, 5},
	} {
		got, _, ok := c.from.value(placeOf(p.Slots[c.slot]), "m")
		if ok == math.IsNaN(c.want) || (ok && got != c.want) {
			t.Errorf("%s: %g (%t), want %g", c.name, got, ok, c.want)
		}
	}
	if kept.rejectedAt(placeOf(p.Slots[0])) || !all.rejectedAt(placeOf(p.Slots[0])) || all.rejectedAt(placeOf(p.Slots[1])) {
		t.Error("rejectedAt: want only slot 0 of the selection with rejected trials")
	}
}

func TestValueSkipsWhatIsNoNumber(t *testing.T) {
	at := place{block: 1}
	s := selection{candidates: map[place][]trial.Record{at: {
		{Metrics: map[string]float64{"m": math.NaN(), "inf": math.Inf(1)}},
		{Metrics: map[string]float64{"m": 4}},
	}}}
	if v, _, ok := s.value(at, "m"); !ok || v != 4 {
		t.Errorf("value %g (%t), want 4 from the second candidate", v, ok)
	}
	failed := selection{candidates: map[place][]trial.Record{at: {{Status: trial.ServerFailed, Metrics: map[string]float64{"m": 5}}}}}
	if v, _, ok := failed.value(at, "m"); ok {
		t.Errorf("%g was taken from a trial in which the server failed", v)
	}
	if v, _, ok := s.value(at, "inf"); ok {
		t.Errorf("an infinite metric was taken as %g", v)
	}
}
