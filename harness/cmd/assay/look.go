package main

import (
	"fmt"

	"github.com/assay-bench/assay/harness/digits"
	"github.com/assay-bench/assay/harness/rundir"
	"github.com/assay-bench/assay/harness/verdict"
)

// look judges what was measured up to the plan's first look, and says whether the run ends there.
func (s *session) look(dir *rundir.Dir, watcher *watcher) (bool, error) {
	c, err := derive(dir)
	if err != nil {
		return false, err
	}
	watcher.done()
	undecided, comparisons := verdict.Undecided(s.plan, c.input.Judgement)
	where := fmt.Sprintf("planned look after block %d of %d", s.plan.FirstLook, s.plan.Blocks)
	if verdict.Ended(s.plan, c.input.Records).Blocks == s.plan.Blocks {
		fmt.Fprintf(s.stdout, "%s: %d of %s not decided yet; the run goes on\n", where, undecided, digits.Plural(comparisons, "comparison"))
		return false, nil
	}
	fmt.Fprintf(s.stdout, "%s: %s decided; the run ends here\n", where, digits.Plural(comparisons, "comparison"))
	return true, nil
}
