package rundir

import (
	"encoding/json"
	"fmt"
	"path/filepath"

	"github.com/assay-bench/assay/harness/plan"
)

// refuseNewer says which version can read a run directory of a later one: what that added would look like damage here, and
// what it means differently like a wrong number. A plan that cannot be read at all is for [Dir.Plan] to complain of.
func refuseNewer(dir string) error {
	var made struct {
		Schema  int    `json:"schema"`
		Version string `json:"version"`
	}
	body, err := readFile(filepath.Join(dir, planFile))
	if err != nil || json.Unmarshal(body, &made) != nil || made.Schema <= plan.Schema {
		return nil
	}
	by := made.Version
	var env struct {
		Assay string `json:"assay"`
	}
	if body, err := readFile(filepath.Join(dir, envFile)); err == nil && json.Unmarshal(body, &env) == nil && env.Assay != "" {
		by = env.Assay // names the commit as well
	}
	return fmt.Errorf("%s was recorded by a later version (schema %d; this one reads 1 to %d): read it with assay %s or later",
		dir, made.Schema, plan.Schema, by)
}
