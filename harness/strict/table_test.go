package strict

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

// everything has one key for each method that reads.
type everything struct {
	text     string
	texts    []string
	id       string
	flag     bool
	integer  int
	rising   []int
	float    float64
	positive float64
	date     time.Time
	duration time.Duration
	sub      string
	tables   []string
}

func read(top *Table) everything {
	top.Only("text", "texts", "id", "flag", "integer", "rising", "float", "positive", "date", "duration", "sub", "table")
	e := everything{
		text: top.Text("text", 5), texts: top.Texts("texts", 2, 5), id: top.ID("id"), flag: top.Flag("flag"),
		integer: top.Integer("integer", 2, 9), rising: top.Rising("rising", 3, 9), positive: top.Positive("positive", 9),
		date: top.Date("date"), duration: top.Duration("duration", time.Second, time.Minute),
	}
	e.float, _ = top.Float("float", "1.5")
	if sub := top.Sub("sub"); sub != nil {
		sub.Only("id")
		sub.Need("id", `id = "a"`)
		e.sub = sub.ID("id")
	}
	for _, t := range top.Tables("table", 2) {
		t.Only("id")
		e.tables = append(e.tables, t.ID("id"))
	}
	return e
}

// readAll returns what is wrong with a file of everything.
func readAll(file string, data []byte) error {
	doc, top := Parse(file, data)
	if top != nil {
		read(top)
	}
	return doc.Err()
}

const good = `text = "a b"
texts = ["a", "b"]
id = "a-1"
flag = true
integer = 2
rising = [1, 9]
float = 2.5
positive = 9
date = 2026-01-26
duration = "1m"
sub.id = "b"
[[table]]
id = "c"
[[table]]
`

func TestRead(t *testing.T) {
	doc, top := Parse("f.toml", []byte(good))
	if top == nil {
		t.Fatal(doc.Err())
	}
	got := read(top)
	if err := doc.Err(); err != nil {
		t.Fatal(err)
	}
	want := everything{
		text: "a b", texts: []string{"a", "b"}, id: "a-1", flag: true, integer: 2, rising: []int{1, 9}, float: 2.5, positive: 9,
		date: time.Date(2026, 1, 26, 0, 0, 0, 0, time.UTC), duration: time.Minute, sub: "b", tables: []string{"c", ""},
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if keys := top.Keys(); len(keys) != 12 || !slices.IsSorted(keys) {
		t.Errorf("keys %q", keys)
	}
	if !top.IsFlag("flag") || top.IsFlag("text") || top.IsFlag("none") {
		t.Error("IsFlag is wrong about flag, text or none")
	}
}

// TestMissingKeysReadAsZero holds that only Need asks for a key.
func TestMissingKeysReadAsZero(t *testing.T) {
	doc, top := Parse("f.toml", nil)
	if got := fmt.Sprint(read(top)); got != fmt.Sprint(everything{}) {
		t.Errorf("read %s", got)
	}
	if err := doc.Err(); err != nil {
		t.Error(err)
	}
}

// TestWrongValues holds the message of each mistake in one key.
func TestWrongValues(t *testing.T) {
	tests := []struct{ file, want string }{
		{`test = 1`, `test: unknown key; did you mean text?`},
		{`"a\nb" = 1`, `"a\nb": unknown key; use one of text, texts, id, flag, integer, rising, float, positive, date, duration, sub, table`},
		{`text = 7`, `text: is the integer 7, not a string; write text = "..."`},
		{`text = ""`, `text: is empty; fill it in or remove the key`},
		{`text = " a"`, `text: begins or ends with white space; remove the white space`},
		{`text = "a\u202eb"`, `text: has a character that changes the direction of the text around it; write it without; it is invisible, and what is shown reads otherwise than what is written`},
		{`text = "a\u2067b"`, `text: has a character that changes the direction of the text around it; write it without; it is invisible, and what is shown reads otherwise than what is written`},
		{`text = "a\u2028b"`, `text: has a line break or control character; keep it on one line of plain text`},
		{`text = "aäaäaä"`, `text: has 6 characters; shorten it to at most 5`},
		{`texts = "a"`, `texts: is a string, not an array of strings; write texts = ["..."]`},
		{`texts = []`, `texts: has 0 entries; give 1 to 2`},
		{`texts = ["a", 1.5]`, `texts: an entry is a float, not a string; write it in quotes`},
		{`texts = ["a", ""]`, `texts: is empty; fill it in or remove the key`},
		{`id = "a--b"`, `id: "a--b" is not an id; use lower-case letters, digits and single hyphens, letters or digits at both ends`},
		{`flag = 1`, `flag: is the integer 1, not a boolean; write flag = true`},
		{`integer = true`, `integer: is a boolean, not an integer; write integer = 2`},
		{`integer = 10`, `integer: is 10; give 2 to 9`},
		{`rising = 1`, `rising: is the integer 1, not an array of integers; write rising = [1000, 2000]`},
		{`rising = [1, 2, 3, 4]`, `rising: has 4 entries; give 1 to 3`},
		{`rising = [{}]`, `rising: an entry is a table, not an integer; write whole numbers`},
		{`rising = [0]`, `rising: has the entry 0; give 1 to 9`},
		{`rising = [2, 2]`, `rising: has 2 after 2; let the numbers rise`},
		{`float = 1`, `float: is the integer 1, not a float; write float = 1.5`},
		{`positive = "1"`, `positive: is a string, not a number; write positive = 1.0`},
		{`positive = nan`, `positive: is NaN; give a number above 0, at most 9`},
		{`positive = 0`, `positive: is 0; give a number above 0, at most 9`},
		{`date = 2026-01-26T10:00:00`, `date: is a date or time, not a date; write date = 2026-01-26, without quotes and time`},
		{`duration = 5`, `duration: is the integer 5, not a duration in quotes; write duration = "3s"`},
		{`duration = "5"`, `duration: "5" is not a duration; write a number and a unit, such as "100ms", "3s" or "15m"`},
		{`duration = "61s"`, `duration: is 61s; give 1s to 1m`},
		{`sub = []`, `sub: is an array, not a table; write [sub] and its keys below`},
		{`sub = {}`, `sub.id: is missing; add id = "a"`},
		{`sub = {id = "a", "b c" = 1}`, `sub."b c": unknown key; use one of id`},
		{`table = {}`, `table: is a table, not an array of tables; write [[table]] above each`},
		{`table = [{}, 3]`, `table: an entry is the integer 3, not a table; write [[table]] above each`},
		{`table = [{}, {}, {}]`, `table: has 3 entries; give 1 to 2`},
		{`table = [{id = 3}]`, `table.id: is the integer 3, not a string; write id = "..."`},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			if got, want := message(readAll("f.toml", []byte("\n"+tt.file))), "f.toml:2: "+tt.want; got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

// TestLines holds where keys and elements stand in the spellings that TOML has for them.
func TestLines(t *testing.T) {
	_, top := Parse("f.toml", []byte(strings.Join([]string{
		"a.b = 1", "c = [", "  1,", "  [2],", "  {d = 3},", "  [],", "]", "[e]", "f = {g = 1, h = [", "1]}", "[[i]]", "[[i]]", "[i.j]", "k = 1", "[[i.l]]",
	}, "\n")))
	e, i := top.Sub("e"), top.Tables("i", 5)
	lines := []struct {
		what      string
		got, want int
	}{
		{"a", top.Line("a"), 1}, {"a.b", top.Sub("a").Line("b"), 1}, {"c", top.Line("c"), 2}, {"c[0]", top.elementLine("c", 0), 3},
		{"c[1]", top.elementLine("c", 1), 4}, {"c[2]", top.elementLine("c", 2), 5}, {"e", top.Line("e"), 8},
		{"e.missing", e.Line("missing"), 8}, {"e.f.h[0]", e.Sub("f").elementLine("h", 0), 10},
		{"i[0]", i[0].Line("missing"), 11}, {"i[1]", i[1].Line("missing"), 12}, {"i[1].j", i[1].Line("j"), 13},
		{"i[1].j.k", i[1].Sub("j").Line("k"), 14}, {"i[1].l[0]", i[1].Tables("l", 1)[0].Line("missing"), 15},
		{"c[3], which has no place of its own", top.elementLine("c", 3), 2},
	}
	for _, l := range lines {
		if l.got != l.want {
			t.Errorf("%s is on line %d, want %d", l.what, l.got, l.want)
		}
	}
}

func TestFloatMayBeAnyFloat(t *testing.T) {
	_, top := Parse("f.toml", []byte("a = inf\nb = nan"))
	if v, ok := top.Float("a", "1.0"); !ok || !math.IsInf(v, 1) {
		t.Errorf("inf reads as %v, %v", v, ok)
	}
	if v, ok := top.Float("b", "1.0"); !ok || !math.IsNaN(v) {
		t.Errorf("nan reads as %v, %v", v, ok)
	}
}

func TestIsID(t *testing.T) {
	for s, want := range map[string]bool{
		"a": true, "1": true, "a-b-2": true, strings.Repeat("a", MaxID): true,
		"": false, "-": false, "-a": false, "a-": false, "a--b": false, "A": false, "a_b": false, "ä": false, strings.Repeat("a", MaxID+1): false,
	} {
		if IsID(s) != want {
			t.Errorf("IsID(%q) is %v", s, !want)
		}
	}
}

func TestSuggest(t *testing.T) {
	known := []string{"budget", "window", "id"}
	for word, want := range map[string]string{
		"budgte": "did you mean budget?", "windo": "did you mean window?", "window": "did you mean window?", "di": "ask", "ix": "did you mean id?",
		"colour": "ask", "": "ask", strings.Repeat("w", maxGuess+1): "ask",
	} {
		if got := Suggest(word, known, "ask"); got != want {
			t.Errorf("Suggest(%q) is %q, want %q", word, got, want)
		}
	}
}

func TestURL(t *testing.T) {
	for s, want := range map[string]string{
		"https://example.org/prices": "", "http://example.org": "",
		"example.org/prices": "is not the address of a page", "ftp://example.org": "is not the address of a page", "https://": "is not the address of a page",
	} {
		doc, top := Parse("f.toml", []byte("url = \""+s+"\""))
		got := top.URL("url", 100)
		if err := doc.Err(); want == "" && (err != nil || got != s) || want != "" && (err == nil || got != "" || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: %q, %v", s, got, err)
		}
	}
}
