package probe

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"time"
)

// samplesSchema is the version of the stored form.
const samplesSchema = 1

// columns names the numbers of a row, in order. Durations are nanoseconds.
func columns() []string {
	return []string{
		"at_ns", "cpu_ns", "user_ns", "system_ns", "resident_bytes", "cgroup_bytes",
		"throttled_ns", "oom_kills", "pressure_ns",
	}
}

// A samplesHead is the line before the rows of one source; it says how many follow.
type samplesHead struct {
	Schema  int      `json:"schema"`
	Source  string   `json:"source"`
	Start   int64    `json:"start_unix_ns"` // at_ns counts from here
	Rows    int      `json:"rows"`
	Columns []string `json:"columns"`
}

type sampleRow [9]int64

// WriteSamples stores samples as JSON lines: for each source, in the order of names, one
// line that describes it and then one array a sample. The same samples give the same
// bytes. Times keep their nanoseconds and must lie between 1970 and 2262.
func WriteSamples(w io.Writer, samples map[string][]Sample) error {
	out := bufio.NewWriter(w)
	encoder := json.NewEncoder(out)
	for _, name := range slices.Sorted(maps.Keys(samples)) {
		if err := writeSource(encoder, name, samples[name]); err != nil {
			return fmt.Errorf("write samples of %s: %w", name, err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write samples: %w", err)
	}
	return nil
}

func writeSource(encoder *json.Encoder, name string, samples []Sample) error {
	head := samplesHead{Schema: samplesSchema, Source: name, Rows: len(samples), Columns: columns()}
	for i, s := range samples {
		if s.At.Before(time.Unix(0, 0)) || s.At.After(time.Unix(0, math.MaxInt64)) {
			return fmt.Errorf("sample %d has no time that can be stored: %s", i+1, s.At)
		}
	}
	if len(samples) > 0 {
		head.Start = samples[0].At.UnixNano()
	}
	if err := encoder.Encode(head); err != nil {
		return err
	}
	for _, s := range samples {
		row := sampleRow{
			s.At.UnixNano() - head.Start, int64(s.CPU), int64(s.User), int64(s.System), s.ResidentBytes,
			s.CgroupBytes, int64(s.Throttled), s.OOMKills, int64(s.PressureStalled),
		}
		if err := encoder.Encode(row); err != nil {
			return err
		}
	}
	return nil
}

// ReadSamples reads what WriteSamples wrote. Errors name the line.
func ReadSamples(r io.Reader) (map[string][]Sample, error) {
	lines := bufio.NewScanner(r)
	samples := map[string][]Sample{}
	number := 0
	next := func() bool { number++; return lines.Scan() }
	for next() {
		name, list, err := readSource(lines, next)
		if err == nil {
			if _, twice := samples[name]; twice {
				err = fmt.Errorf("source %q comes twice", name)
			}
		}
		if err != nil {
			return nil, fmt.Errorf("samples, line %d: %w", number, err)
		}
		samples[name] = list
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("samples, line %d: %w", number, err)
	}
	return samples, nil
}

// readSource reads the head in the scanner and the rows after it.
func readSource(lines *bufio.Scanner, next func() bool) (string, []Sample, error) {
	var head samplesHead
	if err := json.Unmarshal(lines.Bytes(), &head); err != nil {
		return "", nil, fmt.Errorf("want the head of a source: %w", err)
	}
	switch {
	case head.Schema != samplesSchema:
		return "", nil, fmt.Errorf("schema %d; this version reads %d", head.Schema, samplesSchema)
	case !slices.Equal(head.Columns, columns()):
		return "", nil, fmt.Errorf("columns %q; this version reads %q", head.Columns, columns())
	}
	var list []Sample
	for range head.Rows {
		if !next() {
			return "", nil, errors.Join(lines.Err(), fmt.Errorf("source %q ends after %d of %d rows", head.Source, len(list), head.Rows))
		}
		s, err := readRow(lines.Bytes(), head.Start)
		if err != nil {
			return "", nil, err
		}
		list = append(list, s)
	}
	return head.Source, list, nil
}

func readRow(line []byte, start int64) (Sample, error) {
	var row []int64
	if err := json.Unmarshal(line, &row); err != nil {
		return Sample{}, fmt.Errorf("want a row of numbers: %w", err)
	}
	if len(row) != len(columns()) {
		return Sample{}, fmt.Errorf("want %d numbers, got %d", len(columns()), len(row))
	}
	at := start + row[0]
	if start < 0 || at < 0 { // below 1970, or the sum has overflowed
		return Sample{}, fmt.Errorf("%d after %d is not a time that can be stored", row[0], start)
	}
	return Sample{
		At: time.Unix(0, at).UTC(), CPU: time.Duration(row[1]), User: time.Duration(row[2]),
		System: time.Duration(row[3]), ResidentBytes: row[4], CgroupBytes: row[5],
		Throttled: time.Duration(row[6]), OOMKills: row[7], PressureStalled: time.Duration(row[8]),
	}, nil
}
