package harness

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

// The Makefile tests some packages without the race detector. It may, while nothing in them, their tests included, begins a
// goroutine.
func TestSequentialPackagesBeginNoGoroutine(t *testing.T) {
	makefile, err := os.ReadFile("../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	list := regexp.MustCompile(`(?m)^SEQUENTIAL := (.+)$`).FindSubmatch(makefile)
	if list == nil {
		t.Fatal("the Makefile has no list SEQUENTIAL")
	}
	for _, dir := range strings.Fields(string(list[1])) {
		for _, at := range goroutines(t, os.DirFS("../"+dir)) {
			t.Errorf("%s/%s begins a goroutine; take the package out of SEQUENTIAL in the Makefile", dir, at)
		}
	}
}

func TestGoroutinesAreFound(t *testing.T) {
	planted := fstest.MapFS{"x.go": {Data: []byte("package x\nfunc f() {\n\tif true {\n\t\tgo f()\n\t}\n}")}, "y.go": {Data: []byte("package x\nfunc g() { f() }")}}
	if got := goroutines(t, planted); len(got) != 1 || got[0] != "x.go:4" {
		t.Errorf("found %v", got)
	}
}

// goroutines are the places, "file:line", of a directory's go statements.
func goroutines(t *testing.T, dir fs.FS) []string {
	t.Helper()
	names, err := fs.Glob(dir, "*.go")
	if err != nil || len(names) == 0 {
		t.Fatalf("%d files: %v", len(names), err)
	}
	var found []string
	for _, name := range names {
		body, err := fs.ReadFile(dir, name)
		if err != nil {
			t.Fatal(err)
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, name, body, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if _, ok := n.(*ast.GoStmt); ok {
				at := files.Position(n.Pos())
				found = append(found, fmt.Sprintf("%s:%d", at.Filename, at.Line))
			}
			return true
		})
	}
	return found
}
