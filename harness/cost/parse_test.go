package cost

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/strict/stricttest"
)

func TestParse(t *testing.T) {
	m := model(t)
	if want := (Assumptions{0.5, 2, 700, 0.25, 512}); m.Assumptions != want {
		t.Errorf("assumptions %+v, want %+v", m.Assumptions, want)
	}
	want := Machine{"Dear", "there", "large", 0.5, 8, 16, "an invented list", "https://example.org/prices", time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC), ""}
	if len(m.Machines) != 3 || m.Machines[2] != want {
		t.Errorf("machines %+v, the third should be %+v", m.Machines, want)
	}
	c, ok := m.Case("small-load")
	c.table = nil
	if want := (Case{ID: "small-load", Summary: "a thousand connections", Connections: 1000, RequestsPerSecond: 250, CPUCell: "rate/6000", MemoryScenario: "hold"}); !ok || c != want {
		t.Errorf("case %+v, %t", c, ok)
	}
	if _, ok := m.Case("large-load"); ok {
		t.Error("a case that is not there was found")
	}
	if _, ok := (*Model)(nil).Case("small-load"); ok || (*Model)(nil).CaseIDs() != nil {
		t.Error("no model has a case")
	}
	if got := strings.Join(m.Providers(), ", "); got != "Cheap, Dear" {
		t.Errorf("providers %s", got)
	}
	if !m.Oldest().Equal(m.Machines[2].Date) || !m.Newest().Equal(m.Machines[0].Date) {
		t.Errorf("prices from %s to %s", m.Oldest(), m.Newest())
	}
}

func TestStale(t *testing.T) {
	of := Machine{Date: time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)}
	for _, c := range []struct {
		years    int
		at       string
		expected bool
	}{{2, "2026-03-01", false}, {2, "2026-03-02", true}, {0, "2099-01-01", false}, {2, "2020-01-01", false}} {
		at, err := time.Parse(time.DateOnly, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if of.Stale(c.years, at) != c.expected {
			t.Errorf("%d years at %s: stale %t", c.years, c.at, !c.expected)
		}
	}
}

// Each mistake gives one line, with its place: one edit of testdata/cost.toml.
func TestParseErrors(t *testing.T) {
	data, err := os.ReadFile("testdata/cost.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, from, to, want string }{
		{"unknown key", "replicas = 2", "replica = 2", "f.toml:3: assumptions.replicas: is missing; add replicas = 2\nf.toml:5: assumptions.replica: unknown key; did you mean replicas?"},
		{"unknown table", "[[case]]", "[[cases]]", "f.toml:43: cases: unknown key; did you mean case?"},
		{"no utilisation", "utilisation = 0.5", "utilisation = 0", "f.toml:4: assumptions.utilisation: is 0; give a number above 0, at most 1"},
		{"more than all", "utilisation = 0.5", "utilisation = 1.5", "f.toml:4: assumptions.utilisation: is 1.5; give a number above 0, at most 1"},
		{"no machine left", "replicas = 2", "replicas = 0", "f.toml:5: assumptions.replicas: is 0; give 1 to 1000"},
		{"a month too long", "= 700", "= 745", "f.toml:6: assumptions.hours_per_month: is 745; give a number above 0, at most 744"},
		{"all memory free", "memory_headroom = 0.25", "memory_headroom = 1.0", "f.toml:7: assumptions.memory_headroom: is 1; give a share from 0.0 up to but excluding 1"},
		{"nan", "memory_headroom = 0.25", "memory_headroom = nan", "f.toml:7: assumptions.memory_headroom: is NaN; give a share from 0.0 up to but excluding 1"},
		{"a price as text", "usd_per_hour = 0.1\n", "usd_per_hour = \"0.1\"\n", "f.toml:14: machine.usd_per_hour: is a string, not a number; write usd_per_hour = 1.0"},
		{"a free machine", "usd_per_hour = 0.1\n", "usd_per_hour = 0\n", "f.toml:14: machine.usd_per_hour: is 0; give a number above 0, at most 10000"},
		{"no source", "source = \"an invented list\"\n", "", "f.toml:10: machine.source: is missing; add source = \"...\", where the price stands"},
		{"no address", "https://example.org/prices", "a book", "f.toml:18: machine.url: \"a book\" is not the address of a page; write it as \"https://host/path\""},
		{"no date", "date = 2026-01-01", "date = 2026", "f.toml:19: machine.date: is the integer 2026, not a date; write date = 2026-01-26, without quotes and time"},
		{"the same machine twice", "name = \"roomy\"", "name = \"small\"", "f.toml:24: machine.name: \"Cheap here small\" is taken by the machine on line 13; choose another, or remove one"},
		{"no cell", "rate/6000", "rate", "f.toml:48: case.cpu_cell: \"rate\" is not a cell; write it as \"rate/6000\""},
		{"connections", "connections = 1000", "connections = 0", "f.toml:46: case.connections: is 0; give 1 to 1000000000"},
		{"rate", "requests_per_second = 250", "requests_per_second = inf", "f.toml:47: case.requests_per_second: is +Inf; give a number above 0, at most 1e+09"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !strings.Contains(string(data), c.from) {
				t.Fatalf("testdata/cost.toml does not contain %q", c.from)
			}
			_, err := Parse("f.toml", []byte(strings.Replace(string(data), c.from, c.to, 1)))
			if err == nil || err.Error() != c.want {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
	if _, err := Parse("f.toml", nil); err == nil || !strings.Contains(err.Error(), "add [assumptions]") || !strings.Contains(err.Error(), "add [[machine]]") {
		t.Errorf("an empty file: %v", err)
	}
}

func TestCheckPlaces(t *testing.T) {
	m := model(t)
	if err := m.CheckPlaces([]string{"rate/2000", "rate/6000"}, []string{"hold"}); err != nil {
		t.Error(err)
	}
	want := "cost.toml:48: case.cpu_cell: no cell \"rate/6000\"; did you mean rate/600?\n" +
		"cost.toml:49: case.memory_scenario: no scenario of mode hold called \"hold\"; use one of sit"
	if err := m.CheckPlaces([]string{"rate/600"}, []string{"sit"}); err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	m.Cases[0].table = nil
	if err := m.CheckPlaces(nil, []string{"hold"}); err == nil || !strings.HasPrefix(err.Error(), "case small-load: cpu_cell: no cell") {
		t.Errorf("without a file: %v", err)
	}
}

// FuzzParse holds that no file makes Parse panic, that every error names the file and a line, and that an accepted model
// makes bills, or says that none can be made.
func FuzzParse(f *testing.F) {
	data, err := os.ReadFile("testdata/cost.toml")
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{
		string(data), "", "[assumptions]\nutilisation = nan", "[[machine]]\nvcpus = 1e300", "machine = [{name = \"a\"}, [], {}]", "case = 1\nassumptions = []",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Parse("f.toml", data)
		if err != nil {
			stricttest.CheckForm(t, "f.toml", err)
			return
		}
		if err := m.Assumptions.Check(); err != nil || len(m.Machines) == 0 {
			t.Errorf("accepted %+v: %v", m, err)
		}
		for _, c := range m.Cases {
			b, err := m.Bill(Usage{CPUMicrosPerRequest: 50, BaseBytes: 1e7, BytesPerConnection: 1e4}, c.Load())
			if err == nil && !(b.USDPerMonth > 0 && b.Count >= m.Assumptions.Replicas) {
				t.Errorf("case %+v costs %+v", c, b)
			}
		}
	})
}

// A case may say why it is this load; a model without the reason is read as before.
func TestReasonOfACase(t *testing.T) {
	data, err := os.ReadFile("testdata/cost.toml")
	if err != nil {
		t.Fatal(err)
	}
	with := strings.Replace(string(data), "memory_scenario = \"hold\"", "memory_scenario = \"hold\"\nwhy = \"it is theirs\"", 1)
	m, err := Parse("cost.toml", []byte(with))
	if err != nil || m.Cases[0].Why != "it is theirs" {
		t.Errorf("%+v, %v", m, err)
	}
	if without := model(t); without.Cases[0].Why != "" {
		t.Errorf("a reason that is not there: %q", without.Cases[0].Why)
	}
	if _, err := Parse("cost.toml", []byte(strings.Replace(with, "it is theirs", strings.Repeat("long ", 100), 1))); err == nil {
		t.Error("a reason of 500 characters is taken")
	}
}

// Beside a case stand shares of its load, down to a few connections, and the loads of the other cases.
func TestLoadsBesideACase(t *testing.T) {
	m := &Model{Cases: []Case{{ID: "small", Connections: 1000, RequestsPerSecond: 250}, {ID: "large", Connections: 100_000, RequestsPerSecond: 1e6}}}
	if got, want := m.Besides("large"), []Beside{{Load{10_000, 1e5}, "", 0.1}, {Load{1000, 1e4}, "", 0.01}, {Load{1000, 250}, "small", 0}}; !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got, want := m.Besides("small"), []Beside{{Load{100, 25}, "", 0.1}, {Load{100_000, 1e6}, "large", 0}}; !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	m.Cases[0].CPUCell = "rate/100" // whose bill is made of something else
	if got, want := m.Besides("large"), []Beside{{Load{10_000, 1e5}, "", 0.1}, {Load{1000, 1e4}, "", 0.01}}; !slices.Equal(got, want) {
		t.Errorf("beside a case of another cell: %+v, want %+v", got, want)
	}
	if got := m.Besides("other"); got != nil {
		t.Errorf("beside a case that is not there: %+v", got)
	}
}
