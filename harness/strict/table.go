package strict

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
)

// A Table is one TOML table with the lines of its keys.
type Table struct {
	doc    *Document
	path   string // "claim.reading"; empty at the top
	at     *node
	values map[string]any
}

// Has says whether a key is there.
func (t *Table) Has(key string) bool { _, ok := t.values[key]; return ok }

// Keys returns the keys that are there, sorted.
func (t *Table) Keys() []string { return slices.Sorted(maps.Keys(t.values)) }

// Line returns the line of a key, or of the table's start where the key is missing.
func (t *Table) Line(key string) int {
	if k, ok := t.at.kids[key]; ok {
		return k.line
	}
	return t.at.line
}

// elementLine returns the line of the i-th element of an array.
func (t *Table) elementLine(key string, i int) int {
	if k, ok := t.at.kids[key]; ok && i < len(k.elems) {
		return k.elems[i].line
	}
	return t.Line(key)
}

// Problem returns a problem of a key without reporting it: for checks made after
// Document.Err, against what other files hold.
func (t *Table) Problem(key, what, fix string) *Problem {
	return &Problem{t.doc.file, t.Line(key), joinKey(t.path, key), what, fix}
}

// ElementProblem is Problem for the i-th element of the array at key.
func (t *Table) ElementProblem(key string, i int, what, fix string) *Problem {
	return &Problem{t.doc.file, t.elementLine(key, i), joinKey(t.path, key), what, fix}
}

// Bad reports a key as wrong, be it there or missing.
func (t *Table) Bad(key, what, fix string) { t.doc.add(t.Problem(key, what, fix)) }

// BadElement reports the i-th element of the array at key as wrong.
func (t *Table) BadElement(key string, i int, what, fix string) {
	t.doc.add(t.ElementProblem(key, i, what, fix))
}

// Only reports every key that is not among the known ones.
func (t *Table) Only(known ...string) {
	for _, key := range t.Keys() {
		if !slices.Contains(known, key) {
			t.Bad(key, "unknown key", Suggest(key, known, "use one of "+strings.Join(known, ", ")))
		}
	}
}

// Need reports a key that is missing; example is how it could read.
func (t *Table) Need(key, example string) {
	if !t.Has(key) {
		t.Bad(key, "is missing", "add "+example)
	}
}

// Sub returns the table at key, nil if there is none.
func (t *Table) Sub(key string) *Table {
	v, ok := value[map[string]any](t, key, "a table", "["+joinKey(t.path, key)+"] and its keys below")
	if !ok {
		return nil
	}
	return &Table{doc: t.doc, path: joinKey(t.path, key), at: t.at.child(key, t.at.line), values: v}
}

// Tables returns an array of 1 to most tables, nil if there is none.
func (t *Table) Tables(key string, most int) []*Table {
	path := joinKey(t.path, key)
	example := "[[" + path + "]] above each"
	list, ok := t.list(key, "an array of tables", example, most)
	if !ok {
		return nil
	}
	array := t.at.child(key, t.at.line)
	tables := make([]*Table, 0, len(list))
	for i, raw := range list {
		values, ok := raw.(map[string]any)
		if !ok || i >= len(array.elems) {
			t.BadElement(key, i, "an entry is "+kind(raw)+", not a table", "write "+example)
			return nil
		}
		tables = append(tables, &Table{doc: t.doc, path: path, at: array.elems[i], values: values})
	}
	return tables
}

// list returns an array of 1 to most elements.
func (t *Table) list(key, want, example string, most int) ([]any, bool) {
	list, ok := value[[]any](t, key, want, example)
	if ok && (len(list) == 0 || len(list) > most) {
		t.Bad(key, fmt.Sprintf("has %d entries", len(list)), fmt.Sprintf("give 1 to %d", most))
		return nil, false
	}
	return list, ok
}

// value returns the value at key if it has type T.
func value[T any](t *Table, key, want, example string) (v T, ok bool) {
	raw, there := t.values[key]
	if !there {
		return v, false
	}
	if v, ok = raw.(T); !ok {
		t.Bad(key, fmt.Sprintf("is %s, not %s", kind(raw), want), "write "+example)
	}
	return v, ok
}

// kind names the type of a decoded value in a message.
func kind(v any) string {
	switch v := v.(type) {
	case string:
		return "a string"
	case int64:
		return fmt.Sprintf("the integer %d", v)
	case float64:
		return "a float"
	case bool:
		return "a boolean"
	case []any:
		return "an array"
	case map[string]any:
		return "a table"
	default:
		return "a date or time"
	}
}

// joinKey writes a dotted key, shortened; parts that TOML would quote are quoted.
func joinKey(path, key string) string {
	if key == "" || strings.ContainsFunc(key, func(r rune) bool {
		return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '-'
	}) {
		key = Quote(key)
	}
	if path != "" {
		key = path + "." + key
	}
	return shorten(key, 3*MaxID)
}
