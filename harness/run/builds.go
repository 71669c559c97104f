package run

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/assay-bench/assay/harness/coldstart"
	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/measure"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/target"
)

// A builder is a launcher that can build a target apart from its checkout.
type builder interface {
	Workshop(t target.Target, cpus []int) (launch.Workshop, error)
}

// observeBuild is one trial of mode build: a clean build of a copy of the source, one edit, a rebuild, and the first answer of
// what came of it. The compiler has the CPUs of target and load: nothing is loaded meanwhile.
func observeBuild(ctx context.Context, cfg Config, slot plan.Slot, t target.Target, obs *observation) (err error) {
	l, ok := cfg.Host.(builder)
	if !ok {
		return errors.New("this run has no launcher that can build a target apart")
	}
	place := cfg.Plan.Placement
	cpus := slices.Concat(place.TargetCPUs, place.LoadCPUs)
	slices.Sort(cpus)
	cpus = slices.Compact(cpus)
	if c, _ := cfg.Plan.CellOf(slot); c.Development {
		t = t.InDevelopment()
	}
	shop, err := l.Workshop(t, cpus)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, shop.Close()) }()
	readHost(place, obs)
	b, rebuilt, err := edited(ctx, shop)
	if err != nil {
		return err
	}
	readHost(place, obs)
	b.CPUs = cpus
	err = heldStart(ctx, cfg.Host, cfg.Plan.Placement, rebuilt, t, fmt.Sprintf("%d built", slot.Index), func(inst launch.Instance, first coldstart.Start) error {
		b.First, obs.Seen.Exit = first, exited(inst)
		return nil
	})
	if err == nil {
		obs.Builds = &b
	}
	return err
}

// edited builds, edits and builds again.
func edited(ctx context.Context, shop launch.Workshop) (b measure.Builds, rebuilt launch.Build, err error) {
	clean, err := shop.Build(ctx)
	if err != nil {
		return b, rebuilt, err
	}
	began := time.Now()
	if err := shop.Edit(); err != nil {
		return b, rebuilt, err
	}
	b.EditNano = time.Since(began).Nanoseconds()
	if rebuilt, err = shop.Build(ctx); err != nil {
		return b, rebuilt, err
	}
	if rebuilt.SHA256 == clean.SHA256 {
		return b, rebuilt, errors.New("the rebuilt program is the one from before the edit: the edit of its target.toml changes nothing")
	}
	b.CleanNano, b.RebuildNano = clean.Took.Nanoseconds(), rebuilt.Took.Nanoseconds()
	b.CleanSHA256, b.AgainSHA256 = clean.SHA256, rebuilt.SHA256
	return b, rebuilt, nil
}
