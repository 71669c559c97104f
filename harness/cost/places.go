package cost

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/strict"
)

// CheckPlaces reports every case that names a cell or a ladder that no scenario has. cells are those in whose trials CPU
// time a request is measured, ladders the scenarios of mode hold.
func (m *Model) CheckPlaces(cells, ladders []string) error {
	var errs []error
	for _, c := range m.Cases {
		errs = append(errs,
			c.place("cpu_cell", "cell", c.CPUCell, cells),
			c.place("memory_scenario", "scenario of mode hold called", c.MemoryScenario, ladders))
	}
	return errors.Join(errs...)
}

func (c Case) place(key, kind, name string, known []string) error {
	if slices.Contains(known, name) {
		return nil
	}
	what, fix := "no "+kind+" "+strict.Quote(name), strict.Suggest(name, known, "use one of "+strings.Join(known, ", "))
	if c.table == nil {
		return fmt.Errorf("case %s: %s: %s; %s", c.ID, key, what, fix)
	}
	return c.table.Problem(key, what, fix)
}
