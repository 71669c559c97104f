package audit

import (
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"slices"

	"github.com/assay-bench/assay/harness/measure"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/rundir"
	"github.com/assay-bench/assay/harness/trial"
)

// recompute takes every record again whose raw files are as it says.
func (f *Finding) recompute(dir *rundir.Dir, p plan.Plan, env trial.Environment, lines []rundir.Line) {
	damaged := map[string]bool{}
	for _, d := range f.Differences {
		damaged[d.Trial] = damaged[d.Trial] || d.Line == 0
	}
	var previous trial.Record // by the order of records
	var clock bootClock
	unplacedTrials := 0
	for _, l := range lines {
		if l.Err != nil || damaged[l.Record.ID] {
			continue // named already
		}
		recorded := l.Record
		again, raw, err := Again(dir, p, recorded)
		var unread *unread
		if errors.As(err, &unread) && l.Changed != "" {
			continue // what the line says of its raw files may be what was changed, and the line was named
		}
		if err != nil {
			f.add(l, "cannot be recomputed: "+err.Error())
			continue
		}
		for _, what := range slices.Concat(unplanned(p, recorded, raw), untimely(previous, recorded, raw), []string{otherArtifact(env, recorded, raw), clock.disagrees(recorded, raw)}) {
			if what != "" {
				f.add(l, what)
			}
		}
		if unplaced(env, recorded, raw) {
			unplacedTrials++
		}
		previous = recorded
		if recorded.Chained() && !slices.ContainsFunc(recorded.Raw, func(a trial.Artifact) bool { return path.Base(a.Path) == measure.RawSeen }) {
			f.add(l, "has no "+measure.RawSeen+", which every attempt leaves")
			continue
		}
		if !recorded.Chained() {
			if len(recorded.Raw) == 0 {
				if len(recorded.Metrics) > 0 {
					f.add(l, "has numbers, and no raw data that they follow from")
				}
				continue
			}
			recorded, again = common(recorded, again)
		}
		if recorded.OutOfMemory == nil { // of before there was the field
			again.OutOfMemory = nil
		}
		f.Recomputed++
		differ, err := compareRecords(recorded, again)
		if err != nil {
			differ = []string{"cannot be recomputed: " + err.Error()}
		}
		for _, d := range differ {
			f.add(l, d)
		}
	}
	if unplacedTrials > 0 {
		f.Notes = append(f.Notes, fmt.Sprintf("of %d trials of the modes start and build, raw data does not show whose and of what time it is, as in runs of older versions", unplacedTrials))
	}
}

func (f *Finding) add(l rundir.Line, what string) {
	f.Differences = append(f.Differences, rundir.Difference{File: "trials.jsonl", Line: l.Number, Trial: l.Record.ID, What: what})
}

// unread is the error of a raw file that is not as the record says, or not there.
type unread struct{ error }

func (u *unread) Unwrap() error { return u.error }

// Again takes a record from the plan and its raw files, which it returns decoded. What no raw file holds, times and hashes, is
// the record's.
func Again(dir *rundir.Dir, p plan.Plan, r trial.Record) (trial.Record, measure.Raw, error) {
	if r.Slot < 0 || r.Slot >= len(p.Slots) {
		return r, measure.Raw{}, fmt.Errorf("the plan has no slot %d", r.Slot)
	}
	var files []measure.File
	for _, a := range r.Raw {
		name := path.Base(a.Path)
		body, err := dir.ReadRaw(r, name)
		if err != nil {
			return r, measure.Raw{}, &unread{err}
		}
		files = append(files, measure.File{Name: name, Body: body})
	}
	raw, err := measure.Decode(files)
	if err != nil {
		return r, raw, err
	}
	head := measure.Head(p.Slots[r.Slot], r.Attempt)
	head.Schema, head.StartedAt, head.EndedAt = r.Schema, r.StartedAt, r.EndedAt
	head.Raw, head.Chain, head.SHA256 = r.Raw, r.Chain, r.SHA256
	again, err := measure.Record(head, p, raw)
	return again, raw, err
}

// wordless takes a record's prose away, whose wording may change from version to version;
// codes, limits and values beside it stay.
func wordless(r trial.Record) trial.Record {
	r.Failure, r.Connections.WhyNot = "", ""
	r.Checks, r.Warnings = slices.Clone(r.Checks), slices.Clone(r.Warnings)
	for i := range r.Checks {
		r.Checks[i].Detail = ""
	}
	for i := range r.Warnings {
		r.Warnings[i].Detail = ""
	}
	return r
}

// compareRecords lists the fields that differ. It fails where a number came out that
// trials.jsonl cannot hold, such as a rate over a window without length.
func compareRecords(recorded, again trial.Record) ([]string, error) {
	a, err := json.Marshal(wordless(recorded))
	if err != nil {
		return nil, err
	}
	b, err := json.Marshal(wordless(again))
	if err != nil {
		return nil, err
	}
	return compareJSON(a, b), nil
}
