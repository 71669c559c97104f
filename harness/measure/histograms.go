package measure

import (
	"bytes"
	"fmt"

	"github.com/HdrHistogram/hdrhistogram-go"

	"github.com/assay-bench/assay/harness/load"
)

// Tags of the histograms in latencies.hlog.
const (
	TagIntended = "intended" // intended send to done: the headline latency
	TagService  = "service"  // sent to done
	TagLateness = "lateness" // intended send to sent
	TagConnect  = "connect"  // time to open each connection
	// TagFirstByte is from the dial to the first byte of the first answer on each connection; runs of version 0.1 have none.
	TagFirstByte = "first-byte"
)

// histogramLog writes a result's histograms in the HdrHistogram V2 log format, one tagged
// line each over the whole window, which the usual tools read.
func histogramLog(r load.Result) ([]byte, error) {
	var log bytes.Buffer
	w := hdrhistogram.NewHistogramLogWriter(&log)
	err := w.OutputComment("[values are microseconds, Interval_Max seconds]")
	if err == nil {
		err = w.OutputLogFormatVersion()
	}
	if err == nil {
		err = w.OutputLegend()
	}
	for _, h := range []struct {
		tag     string
		encoded []byte
	}{{TagIntended, r.Intended}, {TagService, r.Service}, {TagLateness, r.Lateness}, {TagConnect, r.Connect}, {TagFirstByte, r.FirstByte}} {
		if err != nil {
			return nil, err
		}
		var histogram *hdrhistogram.Histogram
		if histogram, err = load.DecodeHistogram(h.encoded); err != nil {
			return nil, fmt.Errorf("%s histogram: %w", h.tag, err)
		}
		histogram.SetTag(h.tag)
		histogram.SetStartTimeMs(r.StartUnixNano / 1e6)
		histogram.SetEndTimeMs(r.EndUnixNano / 1e6)
		err = w.OutputIntervalHistogram(histogram)
	}
	return log.Bytes(), err
}

// ReadHistogram returns the histogram of that tag from a trial's latencies.hlog.
func ReadHistogram(log []byte, tag string) (*hdrhistogram.Histogram, error) {
	all, err := readHistograms(log)
	if err != nil {
		return nil, err
	}
	if all[tag] == nil {
		return nil, fmt.Errorf("%s has no histogram %q", RawLatencies, tag)
	}
	return all[tag], nil
}

// readHistograms returns all of a log, by tag.
func readHistograms(log []byte) (map[string]*hdrhistogram.Histogram, error) {
	r := hdrhistogram.NewHistogramLogReader(bytes.NewReader(log))
	all := map[string]*hdrhistogram.Histogram{}
	for {
		h, err := r.NextIntervalHistogram()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", RawLatencies, err)
		}
		if h == nil {
			return all, nil
		}
		if all[h.Tag()] != nil {
			return nil, fmt.Errorf("%s has the histogram %q twice", RawLatencies, h.Tag())
		}
		all[h.Tag()] = h
	}
}
