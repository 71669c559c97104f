package harness

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

const module = "github.com/assay-bench/assay/harness/"

// mayImport is the table: each package of ours with those of ours that it may import. A
// sub-package (report/chart) counts as part of its parent.
var mayImport = map[string][]string{
	"strict":     {"digits"},
	"marks":      {},
	"digits":     {},
	"model":      {},
	"cost":       {"strict"},
	"claim":      {"strict"},
	"scenario":   {"strict", "model"},
	"target":     {"strict"},
	"trial":      {},
	"stats":      {},
	"probe":      {"priority"},
	"plan":       {"claim", "scenario", "target", "cost", "digits"},
	"launch":     {"target", "source", "coldstart"},
	"postgres":   {"model"},
	"relay":      {},
	"roundtrips": {"model", "postgres", "relay"},
	"epoll":      {},
	"priority":   {},
	"source":     {}, // lines and modules of a server's source
	// exec to first answer: both sides of a gate
	"coldstart": {},
	"load":      {"scenario", "model", "epoll", "priority"},
	"null":      {"model", "epoll"},
	"conform":   {"scenario", "model"},
	"rundir":    {"plan", "trial"},
	"measure":   {"plan", "trial", "load", "probe", "target", "coldstart"},
	"audit":     {"rundir", "measure", "plan", "trial"},
	"run":       {"plan", "trial", "rundir", "launch", "load", "measure", "probe", "conform", "target", "coldstart", "model", "postgres", "roundtrips"},
	"verdict":   {"claim", "plan", "trial", "stats", "target", "mistake", "cost", "digits"},
	"report":    {"verdict", "plan", "trial", "cost", "digits", "target"},
	"compare":   {"claim", "cost", "plan", "scenario", "target", "trial", "verdict", "stats", "digits"},
	"canary":    {"null", "launch", "load", "run", "rundir", "plan", "trial", "claim", "verdict", "scenario", "target"},
	"prove":     {"claim", "plan", "cost", "trial", "verdict", "stats", "scenario", "target", "digits", "marks"},
	"mistake":   {},
	"limited":   {},
	"defect":    {"strict", "marks", "mistake", "limited"},
	"demo":      {"strict", "limited", "trial"},
	"cmd":       {"*"},
}

// onlyIn lists modules of others and the packages that alone may import them.
var onlyIn = map[string][]string{
	"gonum.org/v1/plot":                           {"report/chart"},
	"golang.org/x/perf":                           {"report"}, // the format alone; benchstat is a tool
	"github.com/testcontainers/testcontainers-go": {"launch"},
	"github.com/jackc/pgx/v5":                     {"postgres", "relay"},
	"github.com/moby":                             {"launch"}, // the engine's own client
	"github.com/docker":                           {"launch"},
	"github.com/tsenart/vegeta/v12":               {"load", "cmd/enginebench"}, // which compares it as it comes
}

// pure are the packages that compute and touch nothing: no file, no network, no process, no clock of their own. They may
// import these standard packages and no others.
var pure = map[string][]string{
	"digits":  {"math", "strconv", "strings", "time"},
	"stats":   {"cmp", "errors", "fmt", "math", "slices", "sort"},
	"verdict": {"cmp", "encoding/json", "errors", "fmt", "io", "math", "slices", "strconv", "strings", "time"},
	"trial":   {"encoding/json", "path", "slices", "time"},
	"mistake": {"bytes", "encoding/json", "fmt", "slices", "strings"},
	"cost":    {"errors", "fmt", "math", "slices", "strings", "time"},
	"measure": {"bytes", "encoding/json", "fmt", "math", "slices", "strings", "time"},
	"model":   {"bytes", "crypto/sha256", "encoding/hex", "encoding/json", "errors", "fmt", "math", "math/bits", "slices", "strconv", "strings", "unicode", "unicode/utf16", "unicode/utf8"},
}

func TestImportTable(t *testing.T) {
	for _, v := range violations(t, os.DirFS(".")) {
		t.Error(v)
	}
}

// A check that cannot fail is none: planted violations are found.
func TestImportTableFindsViolations(t *testing.T) {
	for name, file := range map[string]string{
		"verdict/x.go":      `import _ "github.com/assay-bench/assay/harness/launch"`,
		"stats/x.go":        `import _ "github.com/assay-bench/assay/harness/trial"`,
		"report/x.go":       `import _ "gonum.org/v1/plot/plotter"`,
		"verdict/y.go":      `import _ "golang.org/x/perf/benchmath"`,
		"run/x.go":          `import _ "github.com/testcontainers/testcontainers-go/wait"`,
		"measure/x.go":      `import _ "github.com/assay-bench/assay/harness/launch"`,
		"verdict/z.go":      `import _ "github.com/moby/moby/client"`,
		"verdict/os.go":     `import _ "os"`,
		"measure/os.go":     `import _ "os"`,
		"cost/os.go":        `import _ "os"`,
		"cost/x.go":         `import _ "github.com/assay-bench/assay/harness/trial"`,
		"stats/os.go":       `import _ "os/exec"`,
		"trial/net.go":      `import _ "net"`,
		"unlisted/x.go":     ``,
		"cmd/assay/x.go":    `import _ "github.com/tsenart/vegeta/v12/lib"`,
		"report/chart/x.go": `import _ "github.com/assay-bench/assay/harness/rundir"`,
	} {
		planted := fstest.MapFS{name: {Data: []byte("package x\n" + file)}}
		if len(violations(t, planted)) == 0 {
			t.Errorf("a violation planted in %s was not found", name)
		}
	}
	fine := fstest.MapFS{"report/chart/x.go": {Data: []byte("package x\nimport _ \"gonum.org/v1/plot\"\nimport _ \"fmt\"")}}
	if v := violations(t, fine); len(v) != 0 {
		t.Errorf("an allowed import was refused: %v", v)
	}
}

func violations(t *testing.T, tree fs.FS) []string {
	t.Helper()
	var found []string
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && d.Name() == "testdata" {
			return orSkip(err)
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || path.Dir(name) == "." {
			return nil
		}
		body, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, body, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			found = append(found, forbidden(name, imported)...)
		}
		if _, ok := mayImport[first(path.Dir(name))]; !ok {
			found = append(found, fmt.Sprintf("%s: package %s is not in the import table", name, path.Dir(name)))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func orSkip(err error) error {
	if err != nil {
		return err
	}
	return fs.SkipDir
}

func forbidden(name, imported string) []string {
	dir := path.Dir(name)
	for prefix, only := range onlyIn {
		if (imported == prefix || strings.HasPrefix(imported, prefix+"/")) && !slices.Contains(only, dir) {
			return []string{fmt.Sprintf("%s imports %s, which only %s may", name, imported, strings.Join(only, " and "))}
		}
	}
	if std, is := pure[first(dir)]; is && !strings.Contains(imported, ".") && !slices.Contains(std, imported) {
		return []string{fmt.Sprintf("%s imports %s: %s computes and touches nothing", name, imported, first(dir))}
	}
	if !strings.HasPrefix(imported, module) {
		return nil
	}
	from, to := first(dir), first(strings.TrimPrefix(imported, module))
	if allowed := mayImport[from]; from == to || slices.Contains(allowed, to) || slices.Contains(allowed, "*") {
		return nil
	}
	return []string{fmt.Sprintf("%s: %s may not import %s", name, from, to)}
}

func first(p string) string {
	head, _, _ := strings.Cut(p, "/")
	return head
}
