//go:build !race

package prove

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/marks"
)

// docs/simulation.md shows the tables that this version prints: the same sections, columns and rows. The numbers are
// those of the run that wrote them.
func TestSimulationShowsTheTables(t *testing.T) {
	body, err := os.ReadFile(filepath.Join("..", "..", "docs", "simulation.md"))
	if err != nil {
		t.Fatal(err)
	}
	inside, err := marks.Between(string(body), Mark)
	if err != nil {
		t.Fatalf("docs/simulation.md: %v", err)
	}
	have, want := form(inside), form(written(t, Options{Runs: 1, Seed: 1, Workers: 2}))
	if !slices.Equal(have, want) {
		t.Errorf("docs/simulation.md shows other tables; `bin/assay prove --write docs` mends it.\nhave:\n%s\nwant:\n%s",
			strings.Join(have, "\n"), strings.Join(want, "\n"))
	}
}

func written(t *testing.T, o Options) string {
	t.Helper()
	proofs, err := Prove(t.Context(), All(DefaultBlocks), o)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	if err := Write(&text, proofs, o); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// form is what of the tables does not depend on numbers: titles, heads, and of the rows the cells that name them.
func form(text string) []string {
	var lines []string
	head := false
	for line := range strings.Lines(text) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		switch {
		case strings.HasPrefix(line, "### "):
			lines, head = append(lines, strings.TrimSpace(line)), true
		case len(cells) < len(labels())+2 || strings.HasPrefix(line, "| --"):
		default:
			if !head {
				cells = cells[:len(labels())+1]
			}
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			lines, head = append(lines, strings.Join(cells, "|")), false
		}
	}
	return lines
}
