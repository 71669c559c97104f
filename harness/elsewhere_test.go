package harness

import (
	"os"
	"testing"

	"golang.org/x/tools/go/packages"
)

// All of the harness, its tests among it, is Go that a compiler for macOS takes: there vegeta makes the load. Types are checked from source,
// since compiling every dependency for a second system takes a minute.
func TestTypesElsewhere(t *testing.T) {
	loaded, err := packages.Load(&packages.Config{
		Mode:  packages.LoadAllSyntax,
		Env:   append(os.Environ(), "GOOS=darwin", "GOARCH=arm64", "CGO_ENABLED=0"),
		Tests: true,
	}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	if len(loaded) < 30 {
		t.Fatalf("only %d packages were found", len(loaded))
	}
	packages.Visit(loaded, nil, func(p *packages.Package) {
		for _, e := range p.Errors {
			t.Error(e)
		}
	})
}
