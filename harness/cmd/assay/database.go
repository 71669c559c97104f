package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/conform"
	"github.com/assay-bench/assay/harness/digits"
	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/roundtrips"
	"github.com/assay-bench/assay/harness/run"
	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/trial"
)

// imageVariable names an image of PostgreSQL instead of the scenarios'.
const imageVariable = "ASSAY_POSTGRES_IMAGE"

// overrideImage gives the scenarios the image that the environment names.
func overrideImage(all []scenario.Scenario) {
	image := os.Getenv(imageVariable)
	for i := range all {
		if db := all[i].Database; db != nil && image != "" {
			db.Image = image
		}
	}
}

// findDatabase says why no database can run beside the targets, "" where one can or none is wanted.
func findDatabase(ctx context.Context, l launch.Launcher, all []scenario.Scenario) string {
	i := slices.IndexFunc(all, func(s scenario.Scenario) bool { return s.Database != nil })
	if i < 0 {
		return ""
	}
	if err := l.FindDatabase(ctx, all[i].Database.Image); err != nil {
		return err.Error()
	}
	return ""
}

// variantsOf are the further contestants that scenarios make of a target.
func variantsOf(t target.Target, all []scenario.Scenario) []target.Target {
	var variants []target.Target
	for _, s := range all {
		for _, v := range s.Variants {
			known := slices.ContainsFunc(variants, func(o target.Target) bool { return o.ID == t.Variant(v.ID).ID }) // several scenarios may have it
			if t.Does(v.Needs) && !known {
				variants = append(variants, t.Variant(v.ID))
			}
		}
	}
	return variants
}

// takersOf are the targets, and variants of them, that have trials in a scenario's cells.
func takersOf(s scenario.Scenario, targets []target.Target) []string {
	var ids []string
	for _, t := range targets {
		if s.Database == nil || t.Does(target.HasDatabase) {
			ids = append(ids, t.ID)
		}
		for _, v := range variantsOf(t, []scenario.Scenario{s}) {
			ids = append(ids, v.ID)
		}
	}
	return ids
}

// databaseCPUs are taken from those of the load: half of them, four at most, and at least one is left. A single one is
// shared, which plan and report say.
func databaseCPUs(load []int) []int {
	if len(load) < 2 {
		return load
	}
	return load[len(load)-max(1, min(4, len(load)/2)):]
}

// loadGolden reads the contract's golden requests.
func loadGolden(root string) (run.Golden, error) {
	dir := filepath.Join(root, "targets", "contract")
	contract, err := conform.LoadGolden(dir)
	if err != nil {
		return run.Golden{}, err
	}
	database, err := conform.LoadGolden(filepath.Join(dir, "database"))
	if errors.Is(err, fs.ErrNotExist) { // a contract without a database
		err = nil
	}
	return run.Golden{Contract: contract, Database: database}, err
}

// startDatabase starts the plan's database, where it has one. stopDatabase ends it.
func (s *session) startDatabase(ctx context.Context) error {
	if s.plan.Database == nil {
		return nil
	}
	fmt.Fprintf(s.stderr, "starting PostgreSQL ... ")
	db, err := run.StartDatabase(ctx, s.launcher, s.plan)
	if err != nil {
		fmt.Fprintln(s.stderr, "failed")
		return err
	}
	s.database = db
	fmt.Fprintf(s.stderr, "version %s\n", db.Facts.Version)
	return nil
}

func (s *session) stopDatabase(ctx context.Context) {
	if s.database == nil {
		return
	}
	if err := s.database.Stop(ctx); err != nil {
		fmt.Fprintln(s.stderr, "warning: the database was not stopped:", err)
	}
	s.database = nil
}

// verifyBeside starts a database for a check of one target, where it provides one and the host has one. What is left
// unchecked is said.
func (s *session) verifyBeside(ctx context.Context, t target.Target, place target.Placement) error {
	if !t.Does(target.HasDatabase) {
		return nil
	}
	scenarios, err := scenario.LoadDir(filepath.Join(s.root, "scenarios"))
	if err != nil {
		return misuse{err}
	}
	overrideImage(scenarios)
	i := slices.IndexFunc(scenarios, func(s scenario.Scenario) bool { return s.Database != nil })
	if i < 0 {
		return nil
	}
	if why := findDatabase(ctx, s.launcher, scenarios); why != "" {
		fmt.Fprintf(s.stderr, "not checked: the paths below /db: %s\n", why)
		return nil
	}
	s.plan = plan.Plan{Placement: place, Database: scenarios[i].Database}
	return s.startDatabase(ctx)
}

// proveRoundTrips counts what each target sends to the database for one request, and ends the run before it begins where
// paths that are to be equal are not.
func (s *session) proveRoundTrips(ctx context.Context) (*trial.Database, error) {
	if s.database == nil {
		return nil, nil
	}
	found := &trial.Database{Version: s.database.Facts.Version, Settings: s.database.Facts.Settings}
	if s.launcher.Name() == "docker" {
		found.Image = s.plan.Database.Image
	}
	var all []roundtrips.Of
	for _, t := range s.plan.Targets {
		if t.Of != "" || !t.Does(target.HasDatabase) {
			continue
		}
		fmt.Fprintf(s.stderr, "counting what %s sends to the database ... ", t.ID)
		of, err := s.database.CountRoundTrips(ctx, s.launcher, s.builds[t.ID], t, s.plan.Placement)
		if err != nil {
			fmt.Fprintln(s.stderr, "failed")
			return nil, err
		}
		fmt.Fprintf(s.stderr, "%s\n", digits.Plural(len(of.Paths), "path"))
		all = append(all, of)
		for _, p := range of.Paths {
			found.Paths = append(found.Paths, trial.DatabasePath{
				Target: t.ID, Request: p.Request, Statements: p.Statements, RoundTrips: p.RoundTrips,
				Frontend: p.Frontend, Backend: p.Backend, Requests: p.Requests,
			})
		}
	}
	if unequal := roundtrips.Judge(all); len(unequal) > 0 {
		return nil, fmt.Errorf("paths that are to ask the database alike do not; nothing was measured:\n  %s", strings.Join(unequal, "\n  "))
	}
	return found, nil
}

// sameDatabase refuses to mix trials beside two versions of PostgreSQL in one run.
func (s *session) sameDatabase(env trial.Environment) error {
	if s.database == nil || env.Database == nil || s.database.Facts.Version == env.Database.Version {
		return nil
	}
	return fmt.Errorf("PostgreSQL is another version than when this run began (%s, now %s); a run cannot mix them: start a new run",
		env.Database.Version, s.database.Facts.Version)
}
