package prove

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"sync"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/stats"
	"github.com/assay-bench/assay/harness/trial"
	"github.com/assay-bench/assay/harness/verdict"
)

// DefaultRuns is how many runs are drawn of each scenario: at a rate of 5 % the 95 % interval is then 1.8 points wide.
const DefaultRuns = 2_500

// Closer is how many times as many runs are drawn in all of a scenario in which the first ones leave it open whether a nominal
// value is kept: at a rate of 5 % the interval is then 0.6 points wide. What is wanted is asked of all runs together.
const Closer = 8

// batch is how many runs of a scenario a worker draws at a time.
const batch = 100

// confidence is that of the intervals of the rates that are shown; certainty is that of the intervals which decide whether
// a nominal value is missed. More than two hundred are compared, some of which the rules meet exactly: at 95 % chance
// alone would find misses in most proofs.
const (
	confidence = 0.95
	certainty  = 0.999
)

// Options say how much is simulated. The result depends on Runs, Closer and Seed alone.
type Options struct {
	Runs    int    // of each scenario, at least 1
	Closer  int    // times Runs where those leave a nominal value open; 0 or 1 for no more
	Seed    uint64 // of all random numbers
	Workers int    // goroutines, at least 1
	// Done is told how many batches of runs of how many have been judged, first of all scenarios and then of those that need more;
	// nil for nobody. Calls do not overlap.
	Done func(done, total int)
}

// A Proof is a section with what came of its scenarios, in their order.
type Proof struct {
	Section  Section
	Outcomes []Outcome
}

// An Outcome is a scenario with a result for each of its counts.
type Outcome struct {
	Scenario Scenario
	Results  []Result
}

// A Result is how often something happened in the runs in which it could.
type Result struct {
	Count      Count
	Hits, Runs int            // Runs is 0 where it cannot happen
	Rate       stats.Interval // Hits/Runs with its 95 % Clopper-Pearson interval
	Sure       stats.Interval // the same at 99.9 %
}

// Missed reports whether the rate is outside of what is wanted by more than simulation error: the whole of the wide
// interval is.
func (r Result) Missed() bool {
	return r.Count.Want.asked && r.Runs > 0 && (r.Sure.Low > r.Count.Want.Most || r.Sure.High < r.Count.Want.Least)
}

// open reports whether the narrow interval holds numbers on the wrong side of what is wanted.
func (r Result) open() bool {
	return r.Count.Want.asked && r.Runs > 0 && (r.Rate.High > r.Count.Want.Most || r.Rate.Low < r.Count.Want.Least)
}

// A job is some runs of one scenario.
type job struct {
	world    *world
	from, to int
	tally    []tally // of the scenario; shared by its jobs
}

type tally struct{ hits, of int }

// Prove draws and judges the runs of all scenarios. It fails on a scenario that cannot be planned, and with the cause of
// the context when that ends.
func Prove(ctx context.Context, sections []Section, o Options) ([]Proof, error) {
	if o.Runs < 1 || o.Workers < 1 {
		return nil, fmt.Errorf("%d runs by %d workers: at least one of each", o.Runs, o.Workers)
	}
	all, err := worlds(sections)
	if err != nil {
		return nil, err
	}
	for _, runs := range []struct{ from, to int }{{0, o.Runs}, {o.Runs, o.Closer * o.Runs}} {
		if err := work(ctx, split(all, runs.from, runs.to), o); err != nil {
			return nil, err
		}
		for _, w := range all {
			if err := w.sumUp(); err != nil {
				return nil, err
			}
		}
	}
	proofs := make([]Proof, len(sections))
	for i, s := range sections {
		proofs[i].Section = s
		for range s.Scenarios {
			proofs[i].Outcomes = append(proofs[i].Outcomes, all[0].outcome)
			all = all[1:]
		}
	}
	return proofs, nil
}

// A simulated is a scenario with what was counted of its runs so far.
type simulated struct {
	world   *world
	tally   []tally
	outcome Outcome
}

func worlds(sections []Section) ([]*simulated, error) {
	var all []*simulated
	for _, s := range sections {
		for _, sc := range s.Scenarios {
			w, err := newWorld(sc)
			if err != nil {
				return nil, err
			}
			all = append(all, &simulated{world: w, tally: make([]tally, len(sc.Counts))})
		}
	}
	return all, nil
}

// split makes the jobs of the runs in [from, to) of the scenarios that need them: all at first, then those that are open.
func split(all []*simulated, from, to int) []job {
	var jobs []job
	for _, s := range all {
		if from > 0 && !slices.ContainsFunc(s.outcome.Results, Result.open) {
			continue
		}
		for at := from; at < to; at += batch {
			jobs = append(jobs, job{s.world, at, min(at+batch, to), s.tally})
		}
	}
	return jobs
}

// sumUp makes the outcome from what was counted so far.
func (s *simulated) sumUp() (err error) {
	s.outcome, err = outcome(s.world.scenario, s.tally)
	return err
}

// work does the jobs. Sums of whole numbers are the same in every order, so how many workers there are does not show.
func work(ctx context.Context, jobs []job, o Options) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	queue := make(chan job)
	var workers sync.WaitGroup
	var adding sync.Mutex
	done := 0
	for range o.Workers {
		workers.Go(func() {
			for j := range queue {
				sums, err := j.do(ctx, o.Seed)
				if err != nil {
					cancel(err)
					continue
				}
				adding.Lock()
				for i, s := range sums {
					j.tally[i].hits += s.hits
					j.tally[i].of += s.of
				}
				if done++; o.Done != nil {
					o.Done(done, len(jobs))
				}
				adding.Unlock()
			}
		})
	}
	for _, j := range jobs {
		queue <- j
	}
	close(queue)
	workers.Wait()
	return context.Cause(ctx)
}

// do draws, judges and counts.
func (j job) do(ctx context.Context, seed uint64) ([]tally, error) {
	s := j.world.scenario
	rule, err := ruleOf(s)
	if err != nil {
		return nil, err
	}
	sums := make([]tally, len(s.Counts))
	for run := j.from; run < j.to; run++ {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		p, records, err := j.world.run(stream(seed, s.ID(), run))
		if err != nil {
			return nil, err
		}
		j, early := judgeToTheEnd(p, records)
		judged := newSample(s, rule, j)
		judged.early = early
		for i, c := range s.Counts {
			happened, possible := c.of(judged)
			if possible {
				sums[i].of++
			}
			if happened {
				sums[i].hits++
			}
		}
	}
	return sums, nil
}

// judgeToTheEnd judges a run as one that ends at the plan's first look where all is decided by then, and tells whether it did.
func judgeToTheEnd(p plan.Plan, records []trial.Record) (j verdict.Judgement, early bool) {
	if p.FirstLook > 0 {
		behind := func(r trial.Record) bool { return r.Block > p.FirstLook }
		first := slices.DeleteFunc(slices.Clone(records), behind)
		if verdict.Ended(p, first).Blocks < p.Blocks {
			return verdict.Judge(p, first), true
		}
	}
	return verdict.Judge(p, records), false
}

// stream is the random numbers of one run: a function of seed, scenario and number, so that a run is the same whoever
// draws it and whatever was drawn before.
func stream(seed uint64, scenario string, run int) *rand.Rand {
	h := fnv.New64a()
	_, _ = h.Write([]byte(scenario)) // never fails
	return rand.New(rand.NewPCG(scramble(seed^h.Sum64()), scramble(uint64(run))))
}

// scramble sends neighbouring numbers far apart: the output function of SplitMix64 (Steele, Lea and Flood 2014).
func scramble(z uint64) uint64 {
	z += 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

func outcome(s Scenario, sums []tally) (Outcome, error) {
	out := Outcome{Scenario: s}
	for i, c := range s.Counts {
		r := Result{Count: c, Hits: sums[i].hits, Runs: sums[i].of}
		if r.Runs > 0 {
			var narrow, wide error
			r.Rate, narrow = stats.ClopperPearson(r.Hits, r.Runs, confidence)
			r.Sure, wide = stats.ClopperPearson(r.Hits, r.Runs, certainty)
			if err := errors.Join(narrow, wide); err != nil {
				return out, fmt.Errorf("scenario %s, %s: %w", s.ID(), c.Name, err)
			}
		}
		out.Results = append(out.Results, r)
	}
	return out, nil
}
