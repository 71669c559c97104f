package audit

import (
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/rundir"
	"github.com/assay-bench/assay/harness/trial"
)

// A plan that speaks of another load than was made is named, with a chain that holds.
func TestAForgedLoad(t *testing.T) {
	t.Parallel()
	for want, change := range map[string]func(*plan.Cell){
		"requests meant to be sent in the window, the plan's rate makes": func(c *plan.Cell) { c.RequestsPerSecond *= 2 },
		"raw data is of a window of":                                     func(c *plan.Cell) { c.Window *= 2 },
	} {
		d := copied(t, chained)
		p, err := d.Plan()
		if err != nil {
			t.Fatal(err)
		}
		for i := range p.Cells {
			change(&p.Cells[i])
		}
		writePlan(t, d, p)
		forge(t, d, 1, func(*trial.Record) {})
		if !slices.ContainsFunc(sources(t, d).Differences, func(diff rundir.Difference) bool { return strings.Contains(diff.What, want) }) {
			t.Errorf("nothing says %q", want)
		}
	}
}

// Slots that the seed does not draw are named, with a chain that holds: whose trial was whose cannot be exchanged.
func TestForgedSlots(t *testing.T) {
	t.Parallel()
	d := copied(t, chained)
	p, err := d.Plan()
	if err != nil {
		t.Fatal(err)
	}
	p.Schema = drawnAlike
	writePlan(t, d, p)
	forge(t, d, 1, func(*trial.Record) {})
	wants(t, sources(t, d), "plan.json: slot 0 is second of rate/400 in block 1, which is not what seed 1 draws")
}

// A trial whose raw data was taken away with all that names it is named, though nothing is left to recompute it from.
func TestATrialWithoutRawData(t *testing.T) {
	t.Parallel()
	d := copied(t, chained)
	forge(t, d, 5, func(r *trial.Record) {
		if err := d.ClearRaw(r.ID); err != nil {
			t.Fatal(err)
		}
		r.Raw = nil
	})
	if f := sources(t, d); !slices.ContainsFunc(f.Differences, func(diff rundir.Difference) bool {
		return diff.Line == 5 && strings.Contains(diff.What, "has no seen.json")
	}) {
		t.Errorf("not found: %v", f.Differences)
	}
}

// Raw data that was moved from one trial to another, and a record moved in time, are named, with a chain that holds.
func TestDataOfAnotherTime(t *testing.T) {
	t.Parallel()
	for want, change := range map[string]func(d *rundir.Dir, from trial.Record, to *trial.Record){
		"raw data is of a window that began at": func(d *rundir.Dir, from trial.Record, to *trial.Record) {
			for _, a := range from.Raw {
				body, err := d.ReadRaw(from, path.Base(a.Path))
				if err != nil {
					t.Fatal(err)
				}
				overwrite(t, d, to, path.Base(a.Path), body)
			}
		},
		"before the end of": func(_ *rundir.Dir, from trial.Record, to *trial.Record) { to.StartedAt = from.StartedAt },
	} {
		d := copied(t, chained)
		records, err := d.Records()
		if err != nil {
			t.Fatal(err)
		}
		forge(t, d, 5, func(r *trial.Record) { change(d, records[1], r) })
		f := sources(t, d)
		if !slices.ContainsFunc(f.Differences, func(diff rundir.Difference) bool { return diff.Line == 5 && strings.Contains(diff.What, want) }) {
			t.Errorf("nothing says %q of line 5: %v", want, f.Differences)
		}
	}
}

func writePlan(t *testing.T, d *rundir.Dir, p plan.Plan) {
	t.Helper()
	body, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(d.Path(), "plan.json"), body, 0o644); err != nil {
		t.Fatal(err)
	}
}

// A rate that does not follow from the calibration beside it is named, with a chain that holds; one that does is not.
func TestAForgedRate(t *testing.T) {
	t.Parallel()
	for name, raised := range map[string]float64{"as calibrated": 0, "forged": 100} {
		d := copied(t, chained)
		p, err := d.Plan()
		if err != nil {
			t.Fatal(err)
		}
		cell := &p.Cells[0]
		cell.PercentOfCapacity, cell.RequestsPerSecond = 30, 0
		drives := plan.Drives{Proofs: map[string][]plan.Proof{cell.Scenario: {{PerSecond: 3000, Fit: true}}}}
		for range p.Calibrating().Slots {
			drives.PerSecond = append(drives.PerSecond, 10_000)
		}
		if p, err = p.Calibrate(drives); err != nil {
			t.Fatal(err)
		}
		p.Cells[0].RequestsPerSecond += raised
		writePlan(t, d, p)
		forge(t, d, 1, func(*trial.Record) {})
		want := fmt.Sprintf("plan.json: cell %s has 3100 requests/s, its calibration gives 3000", p.Cells[0].ID)
		found := slices.ContainsFunc(sources(t, d).Differences, func(diff rundir.Difference) bool { return diff.String() == want })
		if found != (raised > 0) {
			t.Errorf("%s: named %t", name, found)
		}
	}
}

// A plan with more blocks than any has is refused in one line, and not drawn; so is one whose cells make more slots than it lists.
func TestAPlanOfTooManyBlocks(t *testing.T) {
	t.Parallel()
	for blocks, want := range map[int]string{
		50_000_000:     "plan.json: cannot be read: ",
		plan.MaxBlocks: "plan.json: there are ",
	} {
		d := copied(t, chained)
		p, err := d.Plan()
		if err != nil {
			t.Fatal(err)
		}
		p.Schema, p.Blocks = drawnAlike, blocks
		writePlan(t, d, p)
		forge(t, d, 1, func(*trial.Record) {})
		named := 0
		for _, diff := range sources(t, d).Differences {
			if diff.File == "plan.json" {
				named++
				if !strings.HasPrefix(diff.String(), want) {
					t.Errorf("%d blocks: %s", blocks, diff)
				}
			}
		}
		if named != 1 {
			t.Errorf("%d blocks: named %d times", blocks, named)
		}
	}
}
