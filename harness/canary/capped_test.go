package canary

import (
	"testing"

	"github.com/assay-bench/assay/harness/trial"
)

// A busy host has slots tried again since requests left late: the slot counts once, by its last usable attempt.
func TestCountIsOfSlots(t *testing.T) {
	record := func(slot int, status trial.Status, connectionsHeld bool) trial.Record {
		return trial.Record{Slot: slot, Target: "a", Status: status, Connections: trial.Connections{Held: connectionsHeld}}
	}
	records := []trial.Record{
		record(0, trial.OK, true), record(0, trial.OK, true), record(0, trial.OK, true),
		record(1, trial.OK, true), record(1, trial.OK, false),
		record(2, trial.OK, true), record(2, trial.Invalid, false),
		record(3, trial.Broken, true),
		{Slot: 4, Target: "b", Status: trial.OK, Connections: trial.Connections{Held: true}},
	}
	if n, usable := count(records, "a", held), count(records, "a", all); n != 2 || usable != 3 {
		t.Errorf("held in %d of %d slots, want 2 of 3", n, usable)
	}
}
