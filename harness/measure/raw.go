package measure

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/HdrHistogram/hdrhistogram-go"

	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/probe"
)

// Names of the raw files of a trial.
const (
	RawLatencies = "latencies.hlog" // HdrHistogram V2 log, tags as in histograms.go; of trials that had a window
	RawSamples   = "samples.jsonl"  // of trials that had a window, or an idle server
	RawResult    = "result.json"    // the load agent's result without its histograms; of trials that brought one
	RawStarts    = "starts.json"    // of trials of mode start, as far as they came
	RawBuilds    = "builds.json"    // of trials of mode build that came to their end
	RawSeen      = "seen.json"      // what the harness saw; of every trial, but not in runs before records of schema 2
)

// An Observation is all that was seen of one trial while it ran.
type Observation struct {
	Result  *load.Result // nil: the agent brought none
	Samples map[string][]probe.Sample
	Starts  *Starts // mode start
	Builds  *Builds // mode build
	Seen    Seen
}

// A File is one raw file.
type File struct {
	Name string
	Body []byte
}

// Raw is an observation as it is read back from its files. Numbers come from this form alone, in the run too: what a
// file does not hold cannot enter a record.
type Raw struct {
	Result     load.Result // its histograms are in Histograms
	Histograms map[string]*hdrhistogram.Histogram
	Samples    map[string][]probe.Sample
	Starts     *Starts
	Builds     *Builds
	Seen       Seen
}

// Encode gives the raw files of an observation.
func Encode(o Observation) ([]File, error) {
	seen, err := json.Marshal(o.Seen)
	if err != nil {
		return nil, err
	}
	files := []File{{RawSeen, append(seen, '\n')}}
	if files, err = encodeLifecycle(files, o); err != nil {
		return nil, err
	}
	if o.Result == nil {
		return files, nil
	}
	bare := *o.Result
	bare.Intended, bare.Service, bare.Lateness, bare.Connect, bare.FirstByte = nil, nil, nil, nil, nil
	result, err := json.Marshal(bare)
	if err != nil {
		return nil, err
	}
	files = append(files, File{RawResult, append(result, '\n')})
	if o.Result.EndUnixNano == 0 {
		return files, nil // there was no window
	}
	latencies, err := histogramLog(*o.Result)
	if err != nil {
		return nil, err
	}
	return withSamples(append(files, File{RawLatencies, latencies}), o)
}

// encodeLifecycle adds what a trial without load leaves.
func encodeLifecycle(files []File, o Observation) ([]File, error) {
	if o.Builds != nil {
		body, err := json.Marshal(o.Builds)
		if err != nil {
			return nil, err
		}
		files = append(files, File{RawBuilds, append(body, '\n')})
	}
	if o.Starts == nil {
		return files, nil
	}
	body, err := json.Marshal(o.Starts)
	if err != nil {
		return nil, err
	}
	files = append(files, File{RawStarts, append(body, '\n')})
	if o.Starts.IdleToUnixNano == 0 {
		return files, nil
	}
	return withSamples(files, o)
}

func withSamples(files []File, o Observation) ([]File, error) {
	var samples bytes.Buffer
	if err := probe.WriteSamples(&samples, o.Samples); err != nil {
		return nil, err
	}
	return append(files, File{RawSamples, samples.Bytes()}), nil
}

// Decode reads raw files back. A file that is not among them leaves its part empty.
func Decode(files []File) (Raw, error) {
	var raw Raw
	for _, f := range files {
		var err error
		switch f.Name {
		case RawLatencies:
			raw.Histograms, err = readHistograms(f.Body)
		case RawSamples:
			raw.Samples, err = probe.ReadSamples(bytes.NewReader(f.Body))
		case RawResult:
			err = json.Unmarshal(f.Body, &raw.Result)
		case RawStarts:
			err = json.Unmarshal(f.Body, &raw.Starts)
		case RawBuilds:
			err = json.Unmarshal(f.Body, &raw.Builds)
		case RawSeen:
			err = json.Unmarshal(f.Body, &raw.Seen)
		default:
			err = fmt.Errorf("no raw file has this name")
		}
		if err != nil {
			return Raw{}, fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	return raw, nil
}
