package histogram

import (
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// The histograms' geometry: microseconds, from 1 us to 60 s, 3 significant digits (a value read back is within 0.1 %).
const (
	lowestMicros  = 1
	highestMicros = 60_000_000
	digits        = 3
)

// New is an empty histogram of that geometry.
func New() *hdrhistogram.Histogram {
	return hdrhistogram.New(lowestMicros, highestMicros, digits)
}

// Micros rounds d to the nearest microsecond and keeps it within the histogram's range: a shorter one counts as 1 us, a
// longer one as 60 s.
func Micros(d time.Duration) int64 {
	return min(max(d.Round(time.Microsecond).Microseconds(), lowestMicros), highestMicros)
}

// Add records d; Micros keeps it in range, so that the library has no error to give.
func Add(h *hdrhistogram.Histogram, d time.Duration) {
	if err := h.RecordValue(Micros(d)); err != nil {
		panic(fmt.Sprintf("histogram: a value in range was refused: %v", err))
	}
}

// Encode gives the V2 compressed encoding as plain bytes. The library answers in base64, which JSON would
// wrap in base64 again.
func Encode(h *hdrhistogram.Histogram) ([]byte, error) {
	text, err := h.Encode(hdrhistogram.V2CompressedEncodingCookieBase)
	if err != nil {
		return nil, fmt.Errorf("encode histogram: %w", err)
	}
	raw, err := base64.StdEncoding.DecodeString(string(text))
	if err != nil {
		return nil, fmt.Errorf("encode histogram: %w", err)
	}
	return raw, nil
}

// Decode reads a histogram of a Result: HdrHistogram V2 compressed encoding, microseconds. Values come back
// exactly as they were counted. It fails on anything else, including no bytes at all.
func Decode(encoded []byte) (*hdrhistogram.Histogram, error) {
	if len(encoded) == 0 {
		return nil, errors.New("decode histogram: no bytes; the job ended before it had one")
	}
	h, err := hdrhistogram.Decode([]byte(base64.StdEncoding.EncodeToString(encoded)))
	if err != nil {
		return nil, fmt.Errorf("decode histogram: %w", err)
	}
	if h.LowestTrackableValue() != lowestMicros || h.HighestTrackableValue() != highestMicros || h.SignificantFigures() != digits {
		return nil, fmt.Errorf("decode histogram: it holds %d to %d with %d digits, not %d to %d with %d",
			h.LowestTrackableValue(), h.HighestTrackableValue(), h.SignificantFigures(), lowestMicros, highestMicros, digits)
	}
	return h, nil
}
