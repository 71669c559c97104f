package run

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/probe"
	"github.com/assay-bench/assay/harness/rundir"
	"github.com/assay-bench/assay/harness/trial"
)

// Names of the raw files of a trial.
const (
	RawLatencies = "latencies.hlog" // HdrHistogram V2 log, tags as in histograms.go
	RawSamples   = "samples.jsonl"
	RawResult    = "result.json" // the load agent's result without its histograms
)

// writeRaw stores what the record's numbers come from.
func writeRaw(dir *rundir.Dir, trialID string, o observation) ([]trial.Artifact, error) {
	if o.err != nil || o.result.EndUnixNano == 0 {
		return nil, nil // no window, no data
	}
	latencies, err := histogramLog(o.result)
	if err != nil {
		return nil, err
	}
	var samples bytes.Buffer
	if err := probe.WriteSamples(&samples, o.usage.samples); err != nil {
		return nil, err
	}
	bare := o.result
	bare.Intended, bare.Service, bare.Lateness, bare.Connect, bare.FirstByte = nil, nil, nil, nil, nil
	result, err := json.Marshal(bare)
	if err != nil {
		return nil, err
	}
	var all []trial.Artifact
	for _, f := range []struct {
		name string
		body []byte
	}{
		{RawLatencies, latencies}, {RawSamples, samples.Bytes()}, {RawResult, append(result, '\n')},
	} {
		a, err := dir.WriteRaw(trialID, f.name, f.body)
		if err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, nil
}

// kinds lists error kinds with their counts, most frequent first.
func kinds(errors map[string]int64) string {
	names := make([]string, 0, len(errors))
	for k := range errors {
		names = append(names, k)
	}
	slices.SortFunc(names, func(a, b string) int {
		if d := errors[b] - errors[a]; d != 0 {
			return int(max(-1, min(1, d)))
		}
		return strings.Compare(a, b)
	})
	for i, k := range names {
		names[i] = fmt.Sprintf("%s: %d", k, errors[k])
	}
	return strings.Join(names, ", ")
}
