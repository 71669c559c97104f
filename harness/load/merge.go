package load

import (
	"errors"
	"fmt"
	"slices"

	"github.com/HdrHistogram/hdrhistogram-go"

	"github.com/assay-bench/assay/harness/load/histogram"
)

// Merge makes one result of those of all parts of a job, in the order of their index. Counts add up and histograms are
// merged, so that the result is the one that a single agent would have given on the same schedule. It fails on
// histograms that can't be read.
func Merge(parts []Result) (Result, error) {
	if len(parts) == 0 {
		return Result{}, errors.New("load: no result to merge")
	}
	if len(parts) == 1 {
		return parts[0], nil
	}
	sum := parts[0]
	sum.Errors, sum.Warnings = nil, nil
	sum.Samples = mergeSamples(parts)
	sum.Failure, sum.FailureSide = mergeFailure(parts)
	sum.FailureFollows = false
	addCounts(&sum, parts)
	var errs [5]error
	sum.Intended, errs[0] = mergeHistograms(parts, func(r Result) []byte { return r.Intended })
	sum.Service, errs[1] = mergeHistograms(parts, func(r Result) []byte { return r.Service })
	sum.Lateness, errs[2] = mergeHistograms(parts, func(r Result) []byte { return r.Lateness })
	sum.Connect, errs[3] = mergeHistograms(parts, func(r Result) []byte { return r.Connect })
	sum.FirstByte, errs[4] = mergeHistograms(parts, func(r Result) []byte { return r.FirstByte })
	return sum, errors.Join(errs[:]...)
}

// mergeFailure is the first failure, one that did not come of another's where there is such a one; or that the parts did not
// begin together.
func mergeFailure(parts []Result) (text, side string) {
	i := slices.IndexFunc(parts, func(r Result) bool { return r.Failure != "" && !r.FailureFollows })
	if i < 0 {
		i = slices.IndexFunc(parts, func(r Result) bool { return r.Failure != "" })
	}
	if i >= 0 {
		return fmt.Sprintf("agent %d of %d: %s", i+1, len(parts), parts[i].Failure), parts[i].FailureSide
	}
	for i, r := range parts {
		if r.StartUnixNano != parts[0].StartUnixNano {
			return fmt.Sprintf("agent %d of %d began %.3f s after the first", i+1, len(parts),
				float64(r.StartUnixNano-parts[0].StartUnixNano)/1e9), sideLoad
		}
	}
	return "", ""
}

// addCounts adds what each part counted of its own, and takes the largest of what each counted of the whole.
func addCounts(sum *Result, parts []Result) {
	var head, all float64
	for i, r := range parts {
		for class, n := range r.Errors {
			if sum.Errors == nil {
				sum.Errors = map[string]int64{}
			}
			sum.Errors[class] += n
		}
		for _, w := range r.Warnings {
			if !slices.Contains(sum.Warnings, w) {
				sum.Warnings = append(sum.Warnings, w)
			}
		}
		head += r.HeaderBytes * float64(r.Done)
		all += r.BytesPerAnswer * float64(r.Done)
		if i == 0 {
			continue
		}
		sum.Scheduled += r.Scheduled
		sum.Sent += r.Sent
		sum.Done += r.Done
		sum.Failed += r.Failed
		sum.Pending += r.Pending
		sum.Closed += r.Closed
		sum.Reopened += r.Reopened
		sum.AgentMaxRSSBytes = addKnown(sum.AgentMaxRSSBytes, r.AgentMaxRSSBytes)
		sum.InFlight = addKnown(sum.InFlight, r.InFlight)
		sum.InFlightEdges += r.InFlightEdges
		sum.HaltedSeconds = maxKnown(sum.HaltedSeconds, r.HaltedSeconds)
		sum.AgentCPUSeconds = addKnown(sum.AgentCPUSeconds, r.AgentCPUSeconds)
		sum.AgentAwakeSeconds += r.AgentAwakeSeconds
		sum.AgentUserSeconds = addKnown(sum.AgentUserSeconds, r.AgentUserSeconds)
		sum.ConnectSeconds = max(sum.ConnectSeconds, r.ConnectSeconds)
		sum.ListenOverflows = max(sum.ListenOverflows, r.ListenOverflows)
		sum.ListenDrops = max(sum.ListenDrops, r.ListenDrops)
		sum.RetransmitSegments = max(sum.RetransmitSegments, r.RetransmitSegments)
	}
	if sum.Done > 0 && sum.HeaderBytes > 0 {
		sum.HeaderBytes, sum.BytesPerAnswer = head/float64(sum.Done), all/float64(sum.Done)
	}
}

// addKnown adds two numbers of which -1 means not known.
func addKnown[T int64 | float64](a, b T) T {
	if a < 0 || b < 0 {
		return -1
	}
	return a + b
}

// maxKnown is the larger of two numbers of which -1 means not known.
func maxKnown(a, b float64) float64 {
	if a < 0 || b < 0 {
		return -1
	}
	return max(a, b)
}

// mergeSamples adds up the clients' own connections. Kernel and server were asked for all of them by each part; where
// they were told different numbers, the one that is farther from the clients' counts, be it more or less.
func mergeSamples(parts []Result) []Sample {
	n := len(parts[0].Samples)
	for _, r := range parts {
		n = min(n, len(r.Samples))
	}
	out := slices.Clone(parts[0].Samples[:n])
	for i := range out {
		for _, r := range parts[1:] {
			out[i].Client = addClients(out[i].Client, r.Samples[i].Client)
		}
		for _, r := range parts[1:] {
			out[i].Kernel = farther(out[i].Client, out[i].Kernel, r.Samples[i].Kernel)
			out[i].Server = farther(out[i].Client, out[i].Server, r.Samples[i].Server)
		}
	}
	return out
}

// farther is the one of two counts that is farther from n, the smaller one where n is not known or both are as far. -1 means that
// a part could not ask; the other one did.
func farther(n, a, b int) int {
	switch {
	case a < 0 || b < 0:
		return max(a, b)
	case n >= 0 && max(a, b)-n > n-min(a, b):
		return max(a, b)
	}
	return min(a, b)
}

func addClients(a, b int) int { return int(addKnown(int64(a), int64(b))) }

// mergeHistograms merges one histogram of each part; none where a part has none, because it ended before.
func mergeHistograms(parts []Result, of func(Result) []byte) ([]byte, error) {
	var sum *hdrhistogram.Histogram
	for _, r := range parts {
		if len(of(r)) == 0 {
			return nil, nil
		}
		h, err := histogram.Decode(of(r))
		if err != nil {
			return nil, err
		}
		if sum == nil {
			sum = h
		} else {
			sum.Merge(h)
		}
	}
	return histogram.Encode(sum)
}
