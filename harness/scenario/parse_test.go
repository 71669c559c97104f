package scenario

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

func read(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// edited returns a file of testdata with one text replaced by another, once.
func edited(t *testing.T, name, from, to string) []byte {
	t.Helper()
	s := read(t, name)
	if !strings.Contains(s, from) {
		t.Fatalf("testdata/%s does not contain %q", name, from)
	}
	return []byte(strings.Replace(s, from, to, 1))
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestParse(t *testing.T) {
	tests := []struct {
		file string
		want Scenario
	}{
		{"hold.toml", Scenario{
			ID: "hold", Summary: "holds N connections", Mode: Hold, Request: "GET /item?id={id}", SLO: SLO{P99: 100 * time.Millisecond},
			Cells: []Cell{
				{ID: "hold/1000", Connections: 1000, RequestsPerSecond: 500, PerConnection: 0.5},
				{ID: "hold/10000", Connections: 10000, RequestsPerSecond: 5000, PerConnection: 0.5},
				{ID: "hold/host-limit", HostLimit: true, PerConnection: 0.5},
			},
		}},
		{"rate.toml", Scenario{
			ID: "rate", Summary: "sends at a fixed rate", Mode: Rate, Request: "GET /healthz", SLO: SLO{P99: 50 * time.Millisecond},
			Cells: []Cell{
				{ID: "rate/2000", Connections: 64, RequestsPerSecond: 2000},
				{ID: "rate/6000", Connections: 64, RequestsPerSecond: 6000},
			},
		}},
		{"in-flight.toml", Scenario{
			ID: "in-flight", Summary: "keeps N requests waiting", Mode: InFlight, Request: "GET /hold?ms=2000",
			SLO: SLO{P99: 2100 * time.Millisecond}, Spread: 2 * time.Second,
			Cells: []Cell{
				{ID: "in-flight/1000", Connections: 1000},
				{ID: "in-flight/10000", Connections: 10000},
				{ID: "in-flight/host-limit", HostLimit: true},
			},
		}},
		{"saturate.toml", Scenario{
			ID: "saturate", Summary: "asks as fast as answers come", Mode: Saturate, Request: "GET /item?id={id}",
			SLO: SLO{P99: 100 * time.Millisecond}, Cells: []Cell{{ID: "saturate/64", Connections: 64}},
		}},
		{"start.toml", Scenario{
			ID: "start", Summary: "starts a fresh server and times its first answer", Mode: Start, Starts: 5, Idle: time.Second,
			Cells: []Cell{{ID: "start/idle"}},
		}},
		{"build.toml", Scenario{
			ID: "build", Summary: "builds a copy of a server's source", Mode: Build, Blocks: 5, Cells: []Cell{{ID: "build/clean"}},
		}},
		{"build-development.toml", Scenario{
			ID: "build-development", Summary: "builds as a developer does", Mode: Build, Development: true, Blocks: 5, Cells: []Cell{{ID: "build-development/clean"}},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			got, err := Parse("some/folder/"+tt.file, []byte(read(t, tt.file)))
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got\n%+v\nwant\n%+v", got, tt.want)
			}
			checkRoundTrip(t, got)
		})
	}
}

func TestParseProfiles(t *testing.T) {
	profiles, err := ParseProfiles("profiles.toml", []byte(read(t, "profiles.toml")))
	if err != nil {
		t.Fatal(err)
	}
	for i := range profiles { // places in the file are not recorded
		profiles[i].table = nil
	}
	want := []Profile{
		{ID: "quick", Summary: "a first look", Blocks: 5, Budget: 3 * time.Minute, WarmUp: time.Second, Window: 3 * time.Second,
			Cells: []string{"rate/6000", "hold/10000"}},
		{ID: "long", Summary: "everything", Blocks: 8, Budget: time.Hour, WarmUp: 2 * time.Second, Window: 8 * time.Second,
			Cells: []string{"hold/10000", "hold/host-limit"}},
	}
	if !reflect.DeepEqual(profiles, want) {
		t.Errorf("got\n%+v\nwant\n%+v", profiles, want)
	}
	checkRoundTrip(t, profiles)
}

// checkRoundTrip writes a value as plan.json holds it and reads it back.
func checkRoundTrip[T any](t *testing.T, v T) {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var back T
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(back, v) {
		t.Errorf("read back\n%+v\nwant\n%+v", back, v)
	}
}

func TestJSONNamesUnits(t *testing.T) {
	data, err := json.Marshal(Profile{Window: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), `"window_ns":1000000000`) {
		t.Errorf("a window of 1 s is not given in ns: %s", data)
	}
}

func TestCheckCells(t *testing.T) {
	scenarios := []Scenario{{Cells: []Cell{{ID: "hold/10000"}, {ID: "hold/host-limit"}}}}
	profiles, err := ParseProfiles("p.toml", edited(t, "profiles.toml", `"hold/10000",`, `"hold/1000",`))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`p.toml:8: profile.cells: no cell "rate/6000"; use one of hold/10000, hold/host-limit`,
		`p.toml:18: profile.cells: no cell "hold/1000"; did you mean hold/10000?`,
	}
	for i, p := range profiles {
		if got := message(p.CheckCells(scenarios)); got != want[i] {
			t.Errorf("got  %s\nwant %s", got, want[i])
		}
	}
	recorded := Profile{ID: "own", Cells: []string{"x/1"}}
	if got, want := message(recorded.CheckCells(scenarios)), `profile own: cells: no cell "x/1"; use one of hold/10000, hold/host-limit`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestLoadDir(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := LoadDir(dir); !strings.Contains(message(err), "no *.toml in "+dir) {
		t.Errorf("an empty folder: %v", err)
	}
	write("rate.toml", read(t, "rate.toml"))
	write("hold.toml", read(t, "hold.toml"))
	write("profiles.toml", read(t, "profiles.toml"))
	write("README.md", "not a scenario")
	if err := os.Mkdir(filepath.Join(dir, "claims.toml"), 0o755); err != nil {
		t.Fatal(err)
	}
	scenarios, err := LoadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(scenarios) != 2 || scenarios[0].ID != "hold" || scenarios[1].ID != "rate" {
		t.Errorf("scenarios %+v", scenarios)
	}
	write("bad.toml", "mode = 1")
	write("worse.toml", "mode = ")
	_, err = LoadDir(dir)
	for _, want := range []string{"bad.toml:1: mode: ", "worse.toml:1: syntax: "} {
		if !strings.Contains(message(err), filepath.Join(dir, want)) {
			t.Errorf("%v\ndoes not contain %s", err, want)
		}
	}
}
