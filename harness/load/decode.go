package load

import (
	"github.com/HdrHistogram/hdrhistogram-go"

	"github.com/assay-bench/assay/harness/load/histogram"
)

// DecodeHistogram reads a histogram of a Result: HdrHistogram V2 compressed encoding, microseconds. Values come back
// exactly as they were counted. It fails on anything else, including no bytes at all.
func DecodeHistogram(encoded []byte) (*hdrhistogram.Histogram, error) {
	return histogram.Decode(encoded)
}
