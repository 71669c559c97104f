package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/defect"
	"github.com/assay-bench/assay/harness/mistake"
	"github.com/assay-bench/assay/harness/trial"
)

// studies makes the plan's studies, for env.json.
func (s *session) studies(ctx context.Context, conformance trial.Conformance) (map[string]json.RawMessage, error) {
	out := map[string]json.RawMessage{}
	for _, id := range s.plan.Studies {
		found, err := s.study(ctx, id, conformance)
		if err != nil {
			return nil, fmt.Errorf("study of %s: %w", id, err)
		}
		body, err := json.Marshal(found)
		if err != nil {
			return nil, err
		}
		out[id] = body
	}
	return out, nil
}

func (s *session) study(ctx context.Context, id string, conformance trial.Conformance) (any, error) {
	switch id {
	case claim.Conformance:
		return conformance, nil
	case claim.Defects:
		return s.studyDefects(ctx)
	case claim.Together, claim.AsyncRuntime:
		return s.demonstrate(ctx, id, demoFolder(s.root, id))
	}
	return nil, errors.New("this version does not make it")
}

// studyDefects puts the whole corpus before the tools. Without one of them there is no study, and the rest of the run goes on.
func (s *session) studyDefects(ctx context.Context) (any, error) {
	corpus, err := loadCorpus(corpusFolder(s.root), "")
	if err != nil {
		return nil, err
	}
	tools, err := defect.FindTools(ctx, s.root)
	var missing defect.MissingError
	if errors.As(err, &missing) {
		fmt.Fprintln(s.stderr, "the study of defects is not made:", missing)
		return mistake.Study{Schema: mistake.Schema, Missing: missing.Error()}, nil
	}
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(s.stderr, "studying %d mistakes in both languages ...\n", len(corpus.Defects))
	return defect.Examine(ctx, corpus, tools, defect.Options{Jobs: runtime.NumCPU(), Limits: defect.StandardLimits(), Done: s.examinedSoFar()})
}
