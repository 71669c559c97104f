package claim

import (
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/strict"
	"github.com/assay-bench/assay/harness/strict/stricttest"
)

// TestErrors holds the message of each mistake: one edit of testdata/good.toml, one line.
func TestErrors(t *testing.T) {
	tests := []struct{ name, from, to, want string }{
		{"syntax", `id = "scale"`, `id = "scale`,
			`f.toml:10: syntax: basic strings cannot have new lines; correct the TOML on this line`},
		{"key twice", `where = "row Scalability"`, `section = "Table"`,
			`f.toml:12: section: key section is already defined; correct the TOML on this line`},
		{"value missing", `at_least = 10000`, `at_least =`,
			`f.toml:22: syntax: unexpected character U+000A at start of value; correct the TOML on this line`},
		{"unknown key near", `summary = "rust-server is`, `sumary = "rust-server is`,
			"f.toml:34: claim.summary: is missing; add summary = \"...\", the claim in our words\nf.toml:38: claim.sumary: unknown key; did you mean summary?"},
		{"unknown key far", `contradicts = ["speed"]`, `colour = "red"`,
			`f.toml:14: claim.colour: unknown key; use one of id, section, where, summary, contradicts, contradicts_how, proxy, every, reading`},
		{"unknown table", `[article]`, "[extra]\n[article]",
			`f.toml:3: extra: unknown key; use one of article, claim`},
		{"key with odd characters", `contradicts = ["speed"]`, `"a\nb" = 1`,
			`f.toml:14: claim."a\nb": unknown key; use one of id, section, where, summary, contradicts, contradicts_how, proxy, every, reading`},
		{"wrong type", `at_least = 10000`, `at_least = "10000"`,
			`f.toml:22: claim.reading.at_least: is a string, not an integer; write at_least = 1`},
		{"table for text", `where = "row Speed"`, `where = { row = "Speed" }`,
			`f.toml:37: claim.where: is a table, not a string; write where = "..."`},
		{"text for date", `date = 2026-01-26`, `date = "2026-01-26"`,
			`f.toml:6: article.date: is a string, not a date; write date = 2026-01-26, without quotes and time`},
		{"integer margin", `margin = 1.05`, `margin = 1`,
			`f.toml:7: article.margin: is the integer 1, not a float; write margin = 1.05`},
		{"margin too wide", `margin = 1.05`, `margin = 1.6`,
			`f.toml:7: article.margin: is 1.6; give a ratio above 1 and up to 1.5, such as 1.05`},
		{"margin nan", `margin = 1.05`, `margin = nan`,
			`f.toml:7: article.margin: is NaN; give a ratio above 1 and up to 1.5, such as 1.05`},
		{"entry type", `contradicts = ["speed"]`, "contradicts = [\n  \"speed\",\n  3,\n]",
			`f.toml:16: claim.contradicts: an entry is the integer 3, not a string; write it in quotes`},
		{"id syntax", `id = "scale"`, `id = "Scale_1"`,
			`f.toml:10: claim.id: "Scale_1" is not an id; use lower-case letters, digits and single hyphens, letters or digits at both ends`},
		{"id twice", `id = "learning"`, `id = "scale"`,
			"f.toml:50: claim.id: \"scale\" is taken by the claim on line 10; choose another\nf.toml:83: claim.reading.claims: no claim \"learning\" in this file; name a claim of this file"},
		{"reading id twice", `id = "most"`, `id = "hold"`,
			`f.toml:26: claim.reading.id: "hold" is taken by the reading on line 17; choose another`},
		{"summary too long", `rust-server is faster`, strings.Repeat("x", 76),
			`f.toml:38: claim.summary: has 76 characters; shorten it to at most 75`},
		{"line break", `rust-server is faster`, `a\nb`,
			`f.toml:38: claim.summary: has a line break or control character; keep it on one line of plain text`},
		{"empty", `where = "row Speed"`, `where = ""`,
			`f.toml:37: claim.where: is empty; fill it in or remove the key`},
		{"no headline", "headline = true\n", "",
			`f.toml:16: claim.reading.headline: no reading of this claim has it; add headline = true to the one that decides`},
		{"two headlines", `id = "most"`, "id = \"most\"\nheadline = true",
			`f.toml:27: claim.reading.headline: is the claim's second headline, after line 18; keep headline = true on one reading`},
		{"headline false", `id = "p99"`, "id = \"p99\"\nheadline = false",
			`f.toml:42: claim.reading.headline: is false on the only reading; remove the key`},
		{"no shape", "shape = \"untestable\"\n", "",
			`f.toml:55: claim.reading.shape: is missing; add shape = "..."`},
		{"unknown shape", `shape = "untestable"`, `shape = "untestabel"`,
			`f.toml:57: claim.reading.shape: no shape "untestabel"; did you mean untestable?`},
		{"shape key missing", "at_least = 10000\n", "",
			`f.toml:16: claim.reading.at_least: is missing; add at_least = ...; the shape threshold takes target, at_least, cell`},
		{"shape key too many", `at_least = 10000`, "at_least = 10000\nmetric = \"p99_ms\"",
			`f.toml:23: claim.reading.metric: does not belong to the shape "threshold"; remove it; the shape takes target, at_least, cell`},
		{"at_least zero", `at_least = 10000`, `at_least = 0`,
			`f.toml:22: claim.reading.at_least: is 0; give 1 to 1000000`},
		{"metric", `metric = "p99_ms"`, `metric = "p95_ms"`,
			`f.toml:46: claim.reading.metric: no metric "p95_ms"; did you mean p99_ms?`},
		{"metric far", `metric = "p99_ms"`, `metric = "goodness"`,
			`f.toml:46: claim.reading.metric: no metric "goodness"; use one of cpu_us_per_request, p50_ms, p99_ms, p999_ms, memory_bytes, requests_per_second, memory_bytes_per_connection, sustained_connections, cost_usd_per_month, first_answer_ms, idle_memory_bytes, binary_bytes, image_bytes, source_lines, modules, build_s, rebuild_s, edit_to_answer_s`},
		{"ladder metric in a cell", `scenario = "hold"`, `cell = "hold/10000"`,
			"f.toml:25: claim.reading.scenario: is missing; add scenario = ...; the shape better takes x, y, metric, scenario\nf.toml:32: claim.reading.cell: does not go with the metric sustained_connections; remove it; the shape takes x, y, metric, scenario"},
		{"cell syntax", `cell = "rate/6000"`, `cell = "rate-6000"`,
			`f.toml:47: claim.reading.cell: "rate-6000" is not a cell; write it as "hold/10000" or "hold/host-limit"`},
		{"one target twice", `y = "go-server"`, `y = "rust-server"`,
			`f.toml:30: claim.reading.y: is the same target as x; name two targets`},
		{"waits no more", "not_yet = \"needs the cost scenario\"\n", "",
			strings.Join([]string{
				`f.toml:67: claim.reading.x: is missing; add x = ...; the shape range takes x, y, metric, scenario, from, to`,
				`f.toml:67: claim.reading.y: is missing; add y = ...; the shape range takes x, y, metric, scenario, from, to`,
				`f.toml:67: claim.reading.metric: is missing; add metric = ...; the shape range takes x, y, metric, scenario, from, to`,
				`f.toml:67: claim.reading.from: is missing; add from = ...; the shape range takes x, y, metric, scenario, from, to`,
				`f.toml:67: claim.reading.to: is missing; add to = ...; the shape range takes x, y, metric, scenario, from, to`,
			}, "\n")},
		{"not_yet empty", `not_yet = "needs the cost scenario"`, `not_yet = " "`,
			`f.toml:72: claim.reading.not_yet: is empty; fill it in or remove the key`},
		{"contradicts itself", `contradicts = ["speed"]`, `contradicts = ["scale"]`,
			`f.toml:14: claim.contradicts: names its own claim; remove "scale"`},
		{"contradicts nobody", `contradicts = ["speed"]`, `contradicts = ["sped"]`,
			`f.toml:14: claim.contradicts: no claim "sped" in this file; did you mean speed?`},
		{"contradicts twice", `contradicts = ["speed"]`, `contradicts = ["speed", "speed"]`,
			`f.toml:14: claim.contradicts: names "speed" twice; remove one`},
		{"combines nobody", `claims = ["speed", "learning"]`, `claims = ["price"]`,
			`f.toml:83: claim.reading.claims: no claim "price" in this file; name a claim of this file`},
		{"combines itself", `claims = ["speed", "learning"]`, `claims = ["bottom-line"]`,
			`f.toml:83: claim.reading.claims: names its own claim; remove "bottom-line"`},
		{"no reason", "reason = \"no server shows it\"\n", "",
			`f.toml:55: claim.reading.reason: is missing; add reason = ...; the shape untestable takes reason, needs`},
		{"reading is a value", "[[claim.reading]]\nid = \"stated\"", "reading = 3\n[other]\nid = \"stated\"",
			"f.toml:55: claim.reading: is the integer 3, not an array of tables; write [[claim.reading]] above each\nf.toml:56: other: unknown key; use one of article, claim"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse("f.toml", edited(t, tt.from, tt.to))
			if got := message(err); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestAllProblemsOfAFileAreShown(t *testing.T) {
	file := "[article]\nid = 3\ntitel = \"x\"\ndate = 2026-01-26\nmargin = 2.0\n"
	_, err := Parse("a\nb.toml", []byte(file))
	want := strings.Join([]string{
		`a b.toml:1: claim: is missing; add [[claim]]`,
		`a b.toml:1: article.title: is missing; add title = "..."`,
		`a b.toml:2: article.id: is the integer 3, not a string; write id = "..."`,
		`a b.toml:3: article.titel: unknown key; did you mean title?`,
		`a b.toml:5: article.margin: is 2; give a ratio above 1 and up to 1.5, such as 1.05`,
	}, "\n")
	if got := message(err); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestHostileFiles are large and hold many claims.
func TestHostileFiles(t *testing.T) {
	for name, table := range map[string]string{
		"empty":     "[[claim]]\n",
		"with id":   "[[claim]]\nid='a'\n",
		"one claim": "[[claim.reading]]\nid='a'\n",
	} {
		t.Run(name, func(t *testing.T) {
			file := "[[claim]]\n" + strings.Repeat(table, (strict.MaxFileBytes-10)/len(table))
			_, err := Parse("f.toml", []byte(file))
			stricttest.CheckForm(t, "f.toml", err)
		})
	}
}
