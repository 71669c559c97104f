package probe

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
)

func stored() map[string][]Sample {
	full := Sample{
		At: time.Date(2026, 3, 1, 12, 0, 0, 123456789, time.UTC), CPU: 1500, User: 1000, System: 500, ResidentBytes: 1 << 30,
		CgroupBytes: 1<<40 + 1, Throttled: 7, OOMKills: 1, PressureStalled: 9,
	}
	return map[string][]Sample{
		"target": {full, unread(full.At.Add(100 * time.Millisecond))}, "agent": {unread(full.At)}, "nobody": nil,
	}
}

func TestStoredSamples(t *testing.T) {
	var text bytes.Buffer
	if err := WriteSamples(&text, stored()); err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/samples.golden", text.Bytes())
	again, err := ReadSamples(&text)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(again, stored()) {
		t.Errorf("read again: %+v", again)
	}
}

func TestReadSamplesSaysWhere(t *testing.T) {
	var good bytes.Buffer
	if err := WriteSamples(&good, stored()); err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(good.String(), "\n")
	head, row := lines[0], lines[1]
	for what, test := range map[string]struct{ text, want string }{
		"cut off":       {head, "line 2: source \"agent\" ends after 0 of 1 rows"},
		"not JSON":      {"x\n", "line 1: want the head of a source"},
		"a row first":   {row, "line 1: want the head of a source"},
		"newer":         {strings.Replace(head, `"schema":1`, `"schema":2`, 1), "line 1: schema 2"},
		"other columns": {strings.Replace(head, "cpu_ns", "cpu_ms", 1), "line 1: columns"},
		"short row":     {head + "[1,2]\n", "line 2: want 9 numbers, got 2"},
		"not a row":     {head + "{}\n", "line 2: want a row of numbers"},
		"twice":         {head + row + head + row, "line 4: source \"agent\" comes twice"},
		"before 1970":   {head + strings.Replace(row, "[0,", "[-9000000000000000000,", 1), "line 2: -9000000000000000000 after"},
	} {
		got, err := ReadSamples(strings.NewReader(test.text))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, %v; want %q", what, got, err, test.want)
		}
	}
}

type fullDisk struct{}

var errFull = errors.New("no space left on device")

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func TestWriteSamplesFails(t *testing.T) {
	if err := WriteSamples(fullDisk{}, stored()); !errors.Is(err, errFull) {
		t.Errorf("full disk: %v", err)
	}
	if err := WriteSamples(&bytes.Buffer{}, map[string][]Sample{"x": {{}}}); err == nil {
		t.Error("a sample without a time was stored")
	}
}

func FuzzReadSamples(f *testing.F) {
	var text bytes.Buffer
	if err := WriteSamples(&text, stored()); err != nil {
		f.Fatal(err)
	}
	f.Add(text.Bytes())
	f.Fuzz(func(t *testing.T, text []byte) {
		samples, err := ReadSamples(bytes.NewReader(text))
		if err != nil {
			return
		}
		var out bytes.Buffer
		if err := WriteSamples(&out, samples); err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		again, err := ReadSamples(&out)
		if err != nil || !reflect.DeepEqual(samples, again) {
			t.Errorf("%+v\nwritten and read again: %+v, %v", samples, again, err)
		}
	})
}
