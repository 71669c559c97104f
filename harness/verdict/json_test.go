package verdict

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// goldenRun holds one reading of each kind that a file can show.
func goldenRun() *synthetic {
	notYet := claim.Reading{Shape: claim.UpTo, NotYet: "no database scenario in this version"}
	s := newSynthetic(5).claims(
		holdsAt(10000, "hold/10000"), holdsAt(1000, "hold/1000"), beatsOn(cpuMetric, "rate/5000"), beatsOver(sustainedMetric),
		beatsOver(memoryPerConnection), beatsOn("p50_ms", "rate/5000"), notYet,
		claim.Reading{Shape: claim.Untestable, Reason: "no data on learners", Needs: "a cohort study"},
		claim.Reading{Shape: claim.Combines, Claims: []string{"c2", "c6"}},
		tiesOn("rate/5000"), rangesOn("rate/5000", 30, 50), reachesIn(30, 0, "rate/5000", "hold/1000"),
		claim.Reading{Shape: claim.Documented, ShownBy: []string{"read"}, OpposedBy: []string{"old"}},
	)
	s.claims(costsIn("small", 100, 200), costsLessIn("large", 20, 30))
	for i := range s.plan.Ledger.Claims {
		s.plan.Ledger.Claims[i].ID = fmt.Sprintf("c%d", i)
	}
	withPrices(s)
	s.plan.Ledger.Article.Date = time.Date(2026, 1, 26, 0, 0, 0, 0, time.UTC)
	s.plan.Ledger.Evidence = invented()
	s.plan.Ledger.Claims[0].Contradicts = []string{"c7"}
	s.run(func(slot plan.Slot, r *trial.Record) {
		caps(map[string]int{rustServer: 1 << 30, goServer: 10000})(slot, r)
		if slot.Block == 2 && slot.Cell == "hold/10000" && slot.Target == goServer {
			fail(r)
		}
		if slot.Block == 1 && slot.Cell == "rate/5000" {
			r.Warnings = []trial.Warning{{Code: "steal", Detail: "1.2 % of CPU time stolen"}}
		}
	})
	return s.reject(func(s plan.Slot) bool { return s.Index == 17 }, func(r *trial.Record) { r.Metrics["p50_ms"] = 3 })
}

func encode(t *testing.T, j Judgement) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := j.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestGoldenJSON(t *testing.T) {
	got := encode(t, goldenRun().judge())
	file := filepath.Join("testdata", "verdicts.json")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("verdicts.json differs from %s; look at it, then run go test -update:\n%s", file, got)
	}
}

func TestJSONRoundTrip(t *testing.T) {
	j := goldenRun().judge()
	first := encode(t, j)
	back, err := ReadJSON(bytes.NewReader(first))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(back, j) {
		t.Errorf("read back\n%+v\nwant\n%+v", back, j)
	}
	if second := encode(t, back); !bytes.Equal(first, second) {
		t.Error("writing what was read gives other bytes")
	}
}

func TestReadJSONRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"no JSON": "verdicts", "empty": "", "another schema": `{"schema": 99}`, "unknown key": `{"schema": 1, "verdict": "yes"}`,
	} {
		if _, err := ReadJSON(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), "assay judge") {
			t.Errorf("%s: error %v, want one that names the way out", name, err)
		}
	}
}

// Every key of the types stands in docs/verdicts-schema.md.
func TestSchemaIsDocumented(t *testing.T) {
	doc, err := os.ReadFile(filepath.Join("..", "..", "docs", "verdicts-schema.md"))
	if err != nil {
		t.Fatal(err)
	}
	sections := map[string]string{}
	for _, part := range strings.Split(string(doc), "\n## ")[1:] {
		title, body, _ := strings.Cut(part, "\n")
		sections[title] = body
	}
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Type)
	walk = func(of reflect.Type) {
		switch of.Kind() {
		case reflect.Pointer, reflect.Slice:
			walk(of.Elem())
		case reflect.Struct:
			if seen[of] {
				return
			}
			seen[of] = true
			for _, field := range reflect.VisibleFields(of) {
				if field.Anonymous { // its own fields are there too
					continue
				}
				key, _, _ := strings.Cut(field.Tag.Get("json"), ",")
				if key == "" {
					t.Errorf("%s.%s has no JSON key", of, field.Name)
				}
				if !strings.Contains(sections[of.Name()], "| `"+key+"` |") {
					t.Errorf("section %q of docs/verdicts-schema.md has no row for `%s`", of.Name(), key)
				}
				walk(field.Type)
			}
		}
	}
	walk(reflect.TypeFor[Judgement]())
	if len(seen) < 10 {
		t.Errorf("only %d types were walked", len(seen))
	}
	for _, v := range []Verdict{Supported, Refuted, Inconclusive, NotTestable, NotMeasured, Combined} {
		if !strings.Contains(string(doc), "`"+string(v)+"`") {
			t.Errorf("docs/verdicts-schema.md does not name the verdict %q", v)
		}
	}
	for _, code := range []string{noteFloor, noteHostLimit, notePlanTop, noteThisHost, noteContra, noteNoVariance, noteRungs, noteSteps, noteInfrastructure, noteStale, noteReplicas, noteExtrapolated, noteProxy} {
		if !strings.Contains(string(doc), "`"+code+"`") {
			t.Errorf("docs/verdicts-schema.md does not name the note %q", code)
		}
	}
}
