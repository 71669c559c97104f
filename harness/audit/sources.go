package audit

import (
	"errors"
	"fmt"
	"io/fs"
	"path"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/rundir"
	"github.com/assay-bench/assay/harness/trial"
)

// A Finding is what an audit of the sources (plan, environment, records, raw data) gives.
type Finding struct {
	Differences []rundir.Difference
	Notes       []string // what could not be checked, and why
	Chained     int      // records that are part of the chain
	Recomputed  int      // records that were taken again from raw data
	RawFiles    int      // named by records
	Records     []trial.Record
	// Sound is false when plan, environment or records cannot be trusted or read: what is
	// derived from them was not compared then.
	Sound bool
	// Lost is true when trials.jsonl holds no record of all that raw/ has: nothing else was checked then.
	Lost bool
}

// Sources audits plan.json, env.json, trials.jsonl and raw/. The error is of the disk;
// damaged files are differences. Of a run whose records are gone it says that alone.
func Sources(dir *rundir.Dir) (Finding, error) {
	var f Finding
	lost, trials, err := dir.Lost()
	if err != nil || trials > 0 {
		return Finding{Differences: []rundir.Difference{lost}, Lost: trials > 0}, err
	}
	lines, cutOff, err := dir.Lines()
	if err != nil {
		return f, err
	}
	if f.Differences, err = dir.CheckChain(); err != nil {
		return f, err
	}
	if cutOff > 0 {
		f.Differences = append(f.Differences, rundir.Difference{File: "trials.jsonl", Line: len(lines) + 1,
			What: fmt.Sprintf("its %d bytes have no end, as after a crash; `assay run --resume` removes them and goes on", cutOff)})
	}
	for _, l := range lines {
		if l.Err == nil {
			f.Records = append(f.Records, l.Record)
		}
	}
	f.links(dir)
	p, env, readable := f.readSources(dir)
	if err := f.unprotected(dir, env); err != nil {
		return f, err
	}
	if readable {
		if err := p.CheckRates(); err != nil {
			f.Differences = append(f.Differences, rundir.Difference{File: "plan.json", What: err.Error()})
		}
		if err := f.planned(p); err != nil {
			return f, err
		}
	}
	f.Sound = len(f.Differences) == 0
	if err := f.raw(dir, lines); err != nil {
		return f, err
	}
	switch {
	case f.changed("raw"):
		f.Notes = append(f.Notes, "raw data was not checked and records were not recomputed, since raw is no directory")
	case readable && !f.changed("plan.json"):
		f.recompute(dir, p, env, lines)
	case len(f.Records) > 0:
		f.Notes = append(f.Notes, "records were not recomputed, since plan.json is not what they were made under")
	}
	f.countChained()
	return f, nil
}

// links names the sources that are symbolic links: what they lead to is no part of the run.
func (f *Finding) links(dir *rundir.Dir) {
	for _, name := range []string{"plan.json", "env.json", "trials.jsonl"} {
		if what := dir.Irregular(name); what != "" {
			f.Differences = append(f.Differences, rundir.Difference{File: name, What: what})
		}
	}
}

// readSources reads plan and environment, and names the one that cannot be read; a missing
// one was named by the chain. readable is said of the plan.
func (f *Finding) readSources(dir *rundir.Dir) (p plan.Plan, env trial.Environment, readable bool) {
	p, planErr := dir.Plan()
	env, envErr := dir.Environment()
	for _, s := range []struct {
		name string
		err  error
	}{{"plan.json", planErr}, {"env.json", envErr}} {
		if s.err != nil && !errors.Is(s.err, fs.ErrNotExist) {
			f.Differences = append(f.Differences, rundir.Difference{File: s.name, What: "cannot be read: " + what(s.err)})
		}
	}
	return p, env, planErr == nil
}

// what is an error without the advice to run the audit that is under way.
func what(err error) string {
	var damage *rundir.Damage
	if errors.As(err, &damage) {
		return damage.What()
	}
	return err.Error()
}

// planned checks what of a plan follows from itself, and notes what of it nothing else shows.
func (f *Finding) planned(p plan.Plan) error {
	if f.changed("plan.json") {
		f.Notes = append(f.Notes, "the slots were not drawn again, since plan.json was changed")
	} else if err := p.CheckSlots(); err != nil && p.Schema >= drawnAlike {
		f.Differences = append(f.Differences, rundir.Difference{File: "plan.json", What: err.Error()})
	} else if err != nil {
		f.Notes = append(f.Notes, "plan.json: "+err.Error()+": another version drew it, or it was changed")
	}
	limits, err := otherLimits(p)
	if limits != "" {
		f.Notes = append(f.Notes, limits)
	}
	return err
}

// drawnAlike is the schema of plans from which on a seed draws the slots that it draws today.
const drawnAlike = 2

// changed reports whether a file was named.
func (f *Finding) changed(file string) bool {
	for _, d := range f.Differences {
		if d.File == file {
			return true
		}
	}
	return false
}

// raw checks the raw files. Those of a changed record are left out: which of the two is
// right cannot be told, and the record was named. So are trials without a record, when a
// changed line may be theirs.
func (f *Finding) raw(dir *rundir.Dir, lines []rundir.Line) error {
	found, err := dir.CheckRaw(f.Records)
	if err != nil {
		return err
	}
	changed := map[string]bool{}
	anyChanged := false
	for _, l := range lines {
		f.RawFiles += len(l.Record.Raw)
		if l.Changed != "" {
			changed[l.Record.ID], anyChanged = true, true
		}
	}
	for _, d := range found {
		of, withoutRecord := d.Trial, d.Trial == "" && path.Dir(d.File) == "raw"
		if of == "" {
			of = path.Base(path.Dir(d.File))
		}
		if changed[of] || withoutRecord && anyChanged {
			continue
		}
		f.Differences = append(f.Differences, d)
	}
	return nil
}

func (f *Finding) countChained() {
	for _, r := range f.Records {
		if r.Chained() {
			f.Chained++
		}
	}
	if old := len(f.Records) - f.Chained; old > 0 {
		f.Notes = append(f.Notes, olderNote(old, len(f.Records)))
	}
}
