package plan

import (
	"slices"

	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/target"
)

// Contestants have one trial each in every block of a cell: its targets, then the further stacks where it has them.
func (p Plan) Contestants(c Cell) []target.Target {
	return slices.Concat(p.TargetsIn(c), p.StacksIn(c))
}

// TargetsIn are the plan's targets that take part in a cell: those that it names, else all but the variants. Claims are about
// them, and the A/A arm is one of them.
func (p Plan) TargetsIn(c Cell) []target.Target {
	return slices.DeleteFunc(slices.Clone(p.Targets), func(t target.Target) bool {
		if len(c.Targets) > 0 {
			return !slices.Contains(c.Targets, t.ID)
		}
		return t.Of != ""
	})
}

// StacksIn are the further stacks that run in a cell: beside a database those that have one, in mode build those that have what it builds.
func (p Plan) StacksIn(c Cell) []target.Target {
	if !c.Stacks {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(p.Stacks), func(t target.Target) bool {
		return c.PoolSize > 0 && !t.Does(target.HasDatabase) || c.Mode == scenario.Build && !builds(t, c)
	})
}
