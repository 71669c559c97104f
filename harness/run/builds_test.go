package run

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/target"
)

// A lister notes what it is to build, and builds nothing.
type lister struct {
	launch.Launcher
	asked []target.Target
}

func (l *lister) Workshop(t target.Target, _ []int) (launch.Workshop, error) {
	l.asked = append(l.asked, t)
	return nil, errors.New("not built")
}

// A cell of development builds makes the manifest's development build, another one the shipped build.
func TestWhichBuildATrialMakes(t *testing.T) {
	server := target.Target{ID: "a", Build: target.Build{Command: []string{"ship"}, Binary: "out/ship", Development: &target.Development{Command: []string{"develop"}, Binary: "out/develop"}}}
	for _, c := range []struct {
		cell plan.Cell
		want string
	}{{plan.Cell{ID: "one", Mode: "build"}, "ship"}, {plan.Cell{ID: "two", Mode: "build", Development: true}, "develop"}} {
		host := &lister{}
		cfg := Config{Plan: plan.Plan{Targets: []target.Target{server}, Cells: []plan.Cell{c.cell}}, Host: host}
		slot := plan.Slot{Cell: c.cell.ID, Target: "a", Block: 1, Replica: 1}
		if err := observeBuild(context.Background(), cfg, slot, server, &observation{}); err == nil || len(host.asked) != 1 {
			t.Fatalf("%s: %v, asked %d times", c.cell.ID, err, len(host.asked))
		}
		if got := host.asked[0].Build; !slices.Equal(got.Command, []string{c.want}) || got.Binary != "out/"+c.want {
			t.Errorf("%s: %+v", c.cell.ID, got)
		}
	}
}
