package claim

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"
)

func good(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile("testdata/good.toml")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// edited returns the good file with one text replaced by another, once.
func edited(t *testing.T, from, to string) []byte {
	t.Helper()
	s := good(t)
	if !strings.Contains(s, from) {
		t.Fatalf("testdata/good.toml does not contain %q", from)
	}
	return []byte(strings.Replace(s, from, to, 1))
}

func TestParse(t *testing.T) {
	l, err := Parse("good.toml", []byte(good(t)))
	if err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2026, 1, 26, 0, 0, 0, 0, time.UTC); l.Article.Date != want || l.Article.Margin != 1.05 {
		t.Errorf("article %+v", l.Article)
	}
	if len(l.Claims) != 5 {
		t.Fatalf("%d claims, want 5", len(l.Claims))
	}
	if h := l.Claims[0].Headline(); h.ID != "hold" || h.Target != "rust-server" || h.AtLeast != 10000 || h.Cell != "hold/10000" {
		t.Errorf("headline of %s: %+v", l.Claims[0].ID, h)
	}
	if r := l.Claims[1].Readings[0]; !r.Headline {
		t.Errorf("the only reading of %s is not its headline", l.Claims[1].ID)
	}
}

// TestJSONKeepsTheLedger writes a ledger as plan.json holds it and reads it back.
func TestJSONKeepsTheLedger(t *testing.T) {
	l, err := Parse("good.toml", []byte(good(t)))
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	var back Ledger
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	for i := range l.Claims { // places in the file are not recorded
		l.Claims[i].table = nil
		for j := range l.Claims[i].Readings {
			l.Claims[i].Readings[j].table = nil
		}
	}
	if !reflect.DeepEqual(l, back) {
		t.Errorf("read back\n%+v\nwant\n%+v", back, l)
	}
}

func TestLoadNamesTheFile(t *testing.T) {
	_, err := Load("testdata/none.toml")
	if err == nil || !strings.Contains(err.Error(), "testdata/none.toml") {
		t.Errorf("error %v", err)
	}
}

func TestCheckReferences(t *testing.T) {
	refs := References{
		Targets: []string{"go-server", "rust-server"},
		Cells:   map[string]int{"hold/10000": 10000, "rate/6000": 64},
		Ladders: []string{"hold"},
		Paced:   []string{"hold/10000", "rate/6000"},
	}
	tests := []struct{ name, from, to, want string }{
		{"all there", "", "", ""},
		{"target", `target = "rust-server"`, `target = "rust-sever"`,
			`f.toml:21: claim.reading.target: no target "rust-sever"; did you mean rust-server?`},
		{"side", `x = "rust-server"`, `x = "zig-server"`,
			`f.toml:29: claim.reading.x: no target "zig-server"; use one of go-server, rust-server`},
		{"cell", `cell = "rate/6000"`, `cell = "rate/60000"`,
			`f.toml:47: claim.reading.cell: no cell "rate/60000"; did you mean rate/6000?`},
		{"ladder", `scenario = "hold"`, `scenario = "rate"`,
			`f.toml:32: claim.reading.scenario: no scenario of mode hold called "rate"; use one of hold`},
		{"a rate that the plan fixed", `metric = "p99_ms"`, `metric = "requests_per_second"`,
			`f.toml:46: claim.reading.metric: requests_per_second is the load's in rate/6000: as many answers come back as were asked for; name a cell of mode saturate`},
		{"cell too small", `at_least = 10000`, `at_least = 10001`,
			`f.toml:22: claim.reading.at_least: is 10001, but hold/10000 has 10000 connections; name a cell with as many, or lower the number`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l, err := Parse("f.toml", edited(t, tt.from, tt.to))
			if err != nil {
				t.Fatal(err)
			}
			if got := message(l.CheckReferences(refs)); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// TestCheckReferencesOfARecordedLedger has no file to point to.
func TestCheckReferencesOfARecordedLedger(t *testing.T) {
	l := Ledger{Claims: []Claim{{ID: "a", Readings: []Reading{{ID: "b", Shape: Threshold, Target: "none"}}}}}
	want := `claim a, reading b: target: no target "none"; use one of go-server`
	if got := message(l.CheckReferences(References{Targets: []string{"go-server"}})); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
