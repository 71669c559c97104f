package target

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/strict"
)

// Bounds of a manifest.
const (
	maxPhrase  = 200 // characters of a string
	maxEntries = 100 // of an array or table
	maxKey     = 64  // characters of a key
)

// Parse reads the manifest that data holds; file is its name in errors. Dir is left to [Load]. The error joins every
// problem found, in the order of lines, one line each.
func Parse(file string, data []byte) (Target, error) {
	doc, t := strict.Parse(file, data)
	if t == nil {
		return Target{}, doc.Err()
	}
	t.Only("id", "language", "stack", "tier", "same_as", "provides", "env", "build", "source", "disclose")
	t.Need("id", `id = "..."`)
	t.Need("language", `language = "go"`)
	t.Need("stack", `stack = "net/http"`)
	t.Need("tier", `tier = "idiomatic"`)
	if !t.Has("same_as") {
		t.Need("build", "[build] with command and binary, or same_as with the target whose source it is")
	}
	t.Need("disclose", "[disclose] with at least one entry")
	target := Target{
		ID:       t.ID("id"),
		Language: t.ID("language"),
		Stack:    t.Text("stack", maxPhrase),
		Tier:     t.ID("tier"),
		SameAs:   t.ID("same_as"),
		Env:      phrases(t, "env", isVariable),
		Disclose: phrases(t, "disclose", isWord),
	}
	if target.SameAs != "" {
		target.sameAsLine = t.Line("same_as")
	}
	for _, key := range []string{"build", "source", "provides"} {
		if target.SameAs != "" && t.Has(key) {
			t.Bad(key, "does not go with same_as", "leave it to "+target.SameAs)
		}
	}
	for _, name := range []string{"PORT", "DATABASE_URL", "POOL_SIZE"} {
		if _, ok := target.Env[name]; ok {
			t.Sub("env").Bad(name, "is assay's to set", "leave it out")
		}
	}
	if t.Has("provides") {
		target.Provides = parseProvides(t)
	}
	if folder := filepath.Base(filepath.Dir(file)); target.ID != "" && folder != "." && folder != target.ID {
		t.Bad("id", fmt.Sprintf("is %q in the folder %s", target.ID, strict.Quote(folder)), "give both the same name")
	}
	if b := t.Sub("build"); b != nil {
		target.Build = parseBuild(b)
	}
	if s := t.Sub("source"); s != nil {
		target.Source = parseSource(s)
	}
	if err := doc.Err(); err != nil {
		return Target{}, err
	}
	return target, nil
}

// parseProvides reads what a scenario may need of the target.
func parseProvides(t *strict.Table) []string {
	named := t.Texts("provides", maxEntries, maxKey)
	for i, p := range named {
		if !slices.Contains(Abilities(), p) {
			t.BadElement("provides", i, "no ability "+strict.Quote(p), strict.Suggest(p, Abilities(), "use "+strings.Join(Abilities(), ", ")))
		}
	}
	return named
}

func parseBuild(t *strict.Table) Build {
	t.Only("command", "env", "binary", "edit", "development")
	b := Build{Env: phrases(t, "env", isVariable)}
	b.Command, b.Binary = parseCommand(t)
	if d := t.Sub("development"); d != nil {
		b.Development = parseDevelopment(d, b.Binary)
	}
	if e := t.Sub("edit"); e != nil {
		b.Edit = parseEdit(e)
	}
	return b
}

// parseCommand reads what builds, and what comes of it.
func parseCommand(t *strict.Table) (command []string, binary string) {
	t.Need("command", `command = ["go", "build", ...]`)
	t.Need("binary", `binary = "..."`)
	binary = t.Text("binary", maxPhrase)
	if t.Has("command") {
		command = t.Texts("command", maxEntries, maxPhrase)
	}
	if binary != "" && !filepath.IsLocal(binary) {
		t.Bad("binary", strict.Quote(binary)+" is outside of the target's folder", "give a path relative to the folder")
	}
	return command, binary
}

// parseDevelopment reads the build of a developer. Where the shipped build puts what it makes is no source: so must this one.
func parseDevelopment(t *strict.Table, shipped string) *Development {
	t.Only("command", "binary")
	var d Development
	d.Command, d.Binary = parseCommand(t)
	if d.Binary != "" && shipped != "" && top(d.Binary) != top(shipped) {
		t.Bad("binary", strict.Quote(d.Binary)+" is not below "+strict.Quote(top(shipped))+", where build.binary is", "let both commands build into one folder")
	}
	return &d
}

// top is the first element of a path.
func top(name string) string {
	first, _, _ := strings.Cut(filepath.ToSlash(filepath.Clean(name)), "/")
	return first
}

// parseSource reads what is left out of the count of lines. Whether the files are there is for [Load].
func parseSource(t *strict.Table) *Source {
	t.Only("uncounted", "why")
	t.Need("uncounted", `uncounted = ["..."]`)
	t.Need("why", `why = "...", what they serve that the other targets do not`)
	s := Source{Why: t.Text("why", maxPhrase)}
	if t.Has("uncounted") {
		s.Uncounted = t.Texts("uncounted", maxEntries, maxPhrase)
	}
	for i, name := range s.Uncounted {
		switch {
		case name != path.Clean(name) || !filepath.IsLocal(name):
			t.BadElement("uncounted", i, strict.Quote(name)+" is no path in the target's folder", "give one as \"src/extra.rs\"")
		case slices.Contains(s.Uncounted[:i], name):
			t.BadElement("uncounted", i, strict.Quote(name)+" is there twice", "leave one out")
		}
		s.lines = append(s.lines, t.ElementProblem("uncounted", i, "", "").Line)
	}
	return &s
}

func parseEdit(t *strict.Table) *Edit {
	t.Only("file", "from", "to")
	t.Need("file", `file = "main.go"`)
	t.Need("from", `from = "...", a text that stands in the file once`)
	t.Need("to", `to = "...", what takes its place`)
	e := Edit{File: t.Text("file", maxPhrase), From: t.Text("from", maxPhrase), To: t.Text("to", maxPhrase)}
	if e.File != "" && !filepath.IsLocal(e.File) {
		t.Bad("file", strict.Quote(e.File)+" is outside of the target's folder", "give a path relative to the folder")
	}
	if e.From != "" && e.From == e.To {
		t.Bad("to", "is the same as from", "change something")
	}
	return &e
}

// phrases returns a table of strings whose keys satisfy proper; nil where it is missing.
func phrases(t *strict.Table, key string, proper func(string) bool) map[string]string {
	s := t.Sub(key)
	if s == nil {
		return nil
	}
	names := s.Keys()
	if len(names) == 0 || len(names) > maxEntries {
		t.Bad(key, fmt.Sprintf("has %d entries", len(names)), fmt.Sprintf("give 1 to %d", maxEntries))
		return nil
	}
	m := make(map[string]string, len(names))
	for _, name := range names {
		if len(name) > maxKey || !proper(name) {
			s.Bad(name, "is not a name", "use letters, digits and _ (in disclose also -), at most 64, not a digit first")
			continue
		}
		m[name] = s.Text(name, maxPhrase)
	}
	return m
}

// isVariable tells names of environment variables.
func isVariable(s string) bool { return !strings.Contains(s, "-") && isWord(s) }

func isWord(s string) bool {
	for i, r := range s {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_'
		if !letter && (i == 0 || (r < '0' || r > '9') && r != '-') {
			return false
		}
	}
	return s != ""
}
