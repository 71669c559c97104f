package defect

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/assay-bench/assay/harness/mistake"
)

// Options of a run.
type Options struct {
	Jobs   int // defects at a time, at least 1
	Limits mistake.Limits
	Done   func(id string, done, total int) // after each defect, one call at a time; may be nil
}

type runner struct {
	corpus Corpus
	tools  Toolbox
	limits mistake.Limits
	temp   string
}

// Examine puts every defect of the corpus before the tools. Its temporary directory is gone when it returns, and no process
// of it runs. The study is complete or there is an error.
func Examine(ctx context.Context, c Corpus, t Toolbox, o Options) (_ mistake.Study, err error) {
	temp, err := os.MkdirTemp("", "assay-defects-")
	if err != nil {
		return mistake.Study{}, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	r := &runner{corpus: c, tools: t, limits: o.Limits, temp: temp}
	s := mistake.Study{Schema: mistake.Schema, Tools: t.versions, Limits: o.Limits, Defects: make([]mistake.Result, len(c.Defects))}
	err = r.all(ctx, o, s.Defects)
	return s, err
}

// all fills the results, several at a time. The first error ends the others.
func (r *runner) all(ctx context.Context, o Options, results []mistake.Result) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var workers sync.WaitGroup
	var mu sync.Mutex // of done and o.Done
	done := 0
	next := make(chan int)
	for range max(1, o.Jobs) {
		workers.Go(func() {
			for i := range next {
				var err error
				if results[i], err = r.examine(ctx, r.corpus.Defects[i]); err != nil {
					cancel(err)
					continue
				}
				mu.Lock()
				if done++; o.Done != nil {
					o.Done(results[i].ID, done, len(results))
				}
				mu.Unlock()
			}
		})
	}
	for i := range results {
		select {
		case next <- i:
		case <-ctx.Done():
		}
	}
	close(next)
	workers.Wait()
	return context.Cause(ctx)
}

func (r *runner) examine(ctx context.Context, d Defect) (mistake.Result, error) {
	sources, err := r.corpus.sources(d)
	if err != nil {
		return mistake.Result{}, fmt.Errorf("%s: %w", d.ID, err)
	}
	result := mistake.Result{ID: d.ID, CWE: d.CWE, Name: d.Name, Class: d.Class, Related: d.Related, Sources: sources}
	for language, into := range map[string]*mistake.Program{mistake.Go: &result.Go, mistake.Rust: &result.Rust} {
		if *into, err = r.both(ctx, d, language); err != nil {
			return result, err // which names the program
		}
	}
	return result, nil
}

// both examines the program of a language and, where its compiler rejects it, the edited one.
func (r *runner) both(ctx context.Context, d Defect, language string) (mistake.Program, error) {
	look := r.lookGo
	if language == mistake.Rust {
		look = r.lookRust
	}
	program := r.corpus.program(d.ID, language)
	p, err := look(ctx, program, d.Want, filepath.Join(r.temp, d.ID, language))
	if err != nil {
		return p, fmt.Errorf("%s: %w", program, err)
	}
	source := r.corpus.editedProgram(d.ID, language)
	switch {
	case p.Fate() != mistake.FateRejected && exists(source):
		return p, fmt.Errorf("%s is there, but the compiler accepts the program as it is; remove it", source)
	case p.Fate() != mistake.FateRejected:
		return p, nil
	case !exists(source):
		return p, fmt.Errorf("the compiler says %q; add %s with the cheapest edit that it accepts", p.Steps[0].Says, source)
	}
	edited, err := look(ctx, source, d.Want, filepath.Join(r.temp, d.ID, "edited-"+language))
	if err != nil {
		return p, fmt.Errorf("%s: %w", source, err)
	}
	if edited.Fate() == mistake.FateRejected {
		return p, fmt.Errorf("%s: the compiler still says %q", source, edited.Steps[0].Says)
	}
	p.Edited = &edited
	return p, nil
}
