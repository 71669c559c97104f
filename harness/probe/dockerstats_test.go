package probe

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"
)

// drain reads a whole stream and returns the last sample and the error at its end.
func drain(t *testing.T, stream string) (last Sample, err error) {
	t.Helper()
	d := NewDockerStats(strings.NewReader(stream))
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	last, err = d.Sample()
	if err == nil {
		_, err = d.Sample()
	}
	return last, err
}

func TestDockerStats(t *testing.T) {
	for file, want := range map[string]Sample{
		"testdata/dockerstats-v1.json": {
			At: time.Date(2026, 3, 1, 12, 0, 1, 5_000_000, time.UTC), CPU: 31_250_000, User: 10_000_000, System: 20_000_000,
			ResidentBytes: 9_000_000, CgroupBytes: 12_000_000, Throttled: 4_000, OOMKills: -1, PressureStalled: -1,
		},
		"testdata/dockerstats-v2.json": {
			At: time.Date(2026, 3, 1, 12, 0, 2, 0, time.UTC), CPU: 31_250_000, User: 11_250_000, System: 20_000_000,
			ResidentBytes: 8_000_000, CgroupBytes: 13_000_000, Throttled: 0, OOMKills: -1, PressureStalled: -1,
		},
	} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		got, err := drain(t, string(text))
		if got != want || !errors.Is(err, ErrGone) {
			t.Errorf("%s: %+v, then %v; want %+v, then gone", file, got, err, want)
		}
	}
}

func TestDockerStatsGivesEachMessageOnce(t *testing.T) {
	text, err := os.ReadFile("testdata/dockerstats-v2.json")
	if err != nil {
		t.Fatal(err)
	}
	read, write := io.Pipe()
	d := NewDockerStats(read)
	if _, err := d.Sample(); !errors.Is(err, ErrNoNews) {
		t.Errorf("before the first message: %v", err)
	}
	// The second write is taken only when the first message has been decoded and stored.
	for _, part := range []string{string(text), "\n "} {
		if _, err := write.Write([]byte(part)); err != nil {
			t.Fatal(err)
		}
	}
	if s, err := d.Sample(); err != nil || s.CPU != 31_250_000 {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := d.Sample(); !errors.Is(err, ErrNoNews) {
		t.Errorf("the same message again: %v", err)
	}
	if err := write.CloseWithError(errors.New("engine stopped")); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Sample(); err == nil || !strings.Contains(err.Error(), "engine stopped") {
		t.Errorf("after the stream broke: %v", err)
	}
}

func TestDockerStatsOfAStoppedContainer(t *testing.T) {
	_, err := drain(t, `{"read":"0001-01-01T00:00:00Z","cpu_stats":{"cpu_usage":{"total_usage":0}},"memory_stats":{}}`)
	if !errors.Is(err, ErrGone) {
		t.Errorf("%v", err)
	}
	if _, err := drain(t, `{"read":7}`); err == nil || errors.Is(err, ErrGone) {
		t.Errorf("a message that is none: %v", err)
	}
}

func FuzzDockerStats(f *testing.F) {
	for _, file := range []string{"testdata/dockerstats-v1.json", "testdata/dockerstats-v2.json"} {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, stream string) {
		s, err := drain(t, stream)
		if err == nil {
			t.Error("a stream that has ended goes on")
		}
		if !s.At.IsZero() && (s.CPU < -1 || s.Throttled < -1) {
			t.Errorf("negative figures: %+v", s)
		}
	})
}
