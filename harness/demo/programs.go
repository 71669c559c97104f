package demo

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/strict"
	"github.com/assay-bench/assay/harness/trial"
)

const (
	mostPrograms = 20
	mostText     = 120
)

// A program is one entry of programs.toml.
type program struct {
	id, file, about, executor string
	refused                   string // the compiler's code where it has to refuse the program, "" where it has to build
}

func (p program) language() string {
	if strings.HasSuffix(p.file, ".go") {
		return "go"
	}
	return "rust"
}

// loadPrograms reads programs.toml of a folder and looks for the files that it names.
func loadPrograms(folder string) ([]program, error) {
	file := filepath.Join(folder, "programs.toml")
	data, err := strict.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return parsePrograms(file, data, func(name string) bool {
		info, err := os.Stat(filepath.Join(folder, name))
		return err == nil && info.Mode().IsRegular()
	})
}

// parsePrograms reads a list. It takes a program without an executor, since without one nothing is asked, and a control that
// has one, since else nobody would see that work can run.
func parsePrograms(file string, data []byte, exists func(name string) bool) ([]program, error) {
	doc, top := strict.Parse(file, data)
	if top == nil {
		return nil, doc.Err()
	}
	top.Only("program")
	top.Need("program", "[[program]]")
	var all []program
	for _, t := range top.Tables("program", mostPrograms) {
		p := parseProgram(t, exists)
		if slices.ContainsFunc(all, func(o program) bool { return o.id == p.id && p.id != "" }) {
			t.Bad("id", strict.Quote(p.id)+" is there twice", "rename one")
		}
		all = append(all, p)
	}
	if without := func(p program) bool { return p.executor == trial.NoExecutor }; len(all) > 0 {
		if !slices.ContainsFunc(all, without) {
			top.Bad("program", "none has executor = \"none\"", "add one: it is what the demonstration asks about")
		}
		if !slices.ContainsFunc(all, func(p program) bool { return !without(p) }) {
			top.Bad("program", "none has an executor", "add a control, whose work runs")
		}
	}
	return all, doc.Err()
}

func parseProgram(t *strict.Table, exists func(string) bool) program {
	t.Only("id", "file", "about", "executor", "refused")
	for key, example := range map[string]string{
		"id": `id = "future"`, "file": `file = "rust/future/main.rs"`, "about": `about = "what the program is"`, "executor": `executor = "none"`,
	} {
		t.Need(key, example)
	}
	p := program{
		id: t.ID("id"), file: t.Text("file", mostText), about: t.Text("about", mostText), executor: t.Text("executor", strict.MaxID), refused: t.Text("refused", strict.MaxID),
	}
	known := []string{trial.NoExecutor, trial.OwnExecutor, trial.LanguageExecutor}
	if p.executor != "" && !slices.Contains(known, p.executor) {
		t.Bad("executor", "no executor "+strict.Quote(p.executor), strict.Suggest(p.executor, known, "use one of "+strings.Join(known, ", ")))
	}
	if p.file != "" {
		base := filepath.Base(p.file)
		switch {
		case !filepath.IsLocal(p.file) || base != "main.go" && base != "main.rs":
			t.Bad("file", strict.Quote(p.file)+" is no program of this folder", "name a main.rs or main.go below it")
		case !exists(p.file):
			t.Bad("file", fmt.Sprintf("%s is not there", strict.Quote(p.file)), "name a main.rs or main.go below this folder")
		}
	}
	if p.refused != "" && p.language() == "go" {
		t.Bad("refused", "Go's compiler has no codes", "remove it")
	}
	return p
}
