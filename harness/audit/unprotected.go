package audit

import (
	"fmt"
	"path/filepath"
	"regexp"

	"github.com/assay-bench/assay/harness/rundir"
	"github.com/assay-bench/assay/harness/trial"
)

// runID is the name that a run directory is made under (rundir.Name). It may be renamed.
var runID = regexp.MustCompile(`^[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}$`)

// unprotected says what no record of hashes protects: of a run without trials, plan and environment. Such a run's name holds the
// beginning of the plan's hash and the time at which the environment was read, as long as the directory has it.
func (f *Finding) unprotected(dir *rundir.Dir, env trial.Environment) error {
	if len(f.Records) > 0 || f.changed("plan.json") || f.changed("env.json") {
		return nil
	}
	plan, err := dir.Hash("plan.json")
	if err != nil {
		return err
	}
	const because = "no record protects plan.json and env.json, since the run has no trials: whoever changes them and has the rest made again is not found by hashes"
	if !runID.MatchString(dir.Name()) {
		f.Notes = append(f.Notes, because+"; the directory's name does not hold the plan's either")
		return nil
	}
	f.Notes = append(f.Notes, because+", but for the first 8 digits of the plan's and the time of the environment in the directory's name")
	if made := rundir.Name(env.StartedAt, plan.SHA256); made != dir.Name() {
		f.Differences = append(f.Differences, rundir.Difference{File: filepath.Base(dir.Path()),
			What: fmt.Sprintf("plan.json and env.json make the name %s: one of them was changed, or the directory was renamed", made)})
	}
	return nil
}
