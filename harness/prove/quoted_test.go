//go:build !race

package prove

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/marks"
)

// published is what stands between the marks of a document.
func published(t *testing.T, name string) string {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("..", "..", "docs", name))
	if err != nil {
		t.Fatal(err)
	}
	inside, err := marks.Between(string(body), Mark)
	if err != nil {
		t.Fatalf("docs/%s: %v", name, err)
	}
	return inside
}

// cellsOf are those of a row of a Markdown table, nil of another line.
func cellsOf(line string) []string {
	line = strings.TrimSpace(line)
	if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| --") {
		return nil
	}
	cells := strings.Split(strings.Trim(line, "|"), "|")
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	return cells
}

// tablesOf are the cells of simulation.md: by section and count, then by truth, readings, blocks and noise.
func tablesOf(text string) map[string]map[string]string {
	tables := map[string]map[string]string{}
	title := ""
	var head []string
	for line := range strings.Lines(text) {
		if rest, ok := strings.CutPrefix(line, "### "); ok {
			title, head = strings.TrimSpace(rest), nil
			continue
		}
		cells := cellsOf(line)
		switch {
		case cells == nil:
		case head == nil:
			head = cells
		default:
			scenario := strings.Join(cells[:len(labels())], "|")
			for i, cell := range cells[len(labels()):] {
				count := title + ": " + head[i+len(labels())]
				if tables[count] == nil {
					tables[count] = map[string]string{}
				}
				tables[count][scenario] = cell
			}
		}
	}
	return tables
}

// What docs/method.md quotes of the simulation stands in docs/simulation.md, number by number, and is of the same run.
func TestMethodQuotesTheSimulation(t *testing.T) {
	digest, all := published(t, "method.md"), published(t, "simulation.md")
	for _, wrong := range quotesWrongly(digest, all) {
		t.Errorf("docs/method.md: %s; `bin/assay prove --write docs` writes both", wrong)
	}
	changed := strings.Replace(digest, " (", "1 (", 1)
	if len(quotesWrongly(changed, all)) != 1 {
		t.Error("a digit more in a row of docs/method.md is not found")
	}
}

var (
	inScenario  = regexp.MustCompile(`^(.+); (\d+) readings?, (\d+) blocks?, noise (.+); of (\d+)$`)
	runsAndSeed = regexp.MustCompile(`Runs of each scenario: .*?; seed: \d+`)
	lastLine    = regexp.MustCompile(`(?m)^\d+ nominal values?, [^.:\n]*`)
)

func quotesWrongly(digest, all string) (wrong []string) {
	for _, same := range []*regexp.Regexp{runsAndSeed, lastLine} {
		if q, s := same.FindString(digest), same.FindString(all); q == "" || q != s {
			wrong = append(wrong, fmt.Sprintf("%q where docs/simulation.md has %q", q, s))
		}
	}
	tables, rows := tablesOf(all), 0
	for line := range strings.Lines(digest) {
		cells := cellsOf(line)
		if cells == nil || cells[0] == "what" {
			continue
		}
		rows++
		what, promised, worst, where := cells[0], cells[1], cells[2], cells[3]
		of := inScenario.FindStringSubmatch(where)
		if of == nil {
			wrong = append(wrong, "no scenario in "+line)
			continue
		}
		cell := tables[what][strings.Join(of[1:5], "|")]
		if !strings.HasPrefix(strings.TrimPrefix(cell, "**"), worst+" ") || !strings.Contains(cell, promised) {
			wrong = append(wrong, fmt.Sprintf("%s: %s, promised %s; docs/simulation.md has %q there", what, worst, promised, cell))
		}
		promises := 0
		for _, other := range tables[what] {
			if strings.Contains(other, ") "+promised+" %") || strings.Contains(other, "missed: "+promised+" %") {
				promises++
			}
		}
		if fmt.Sprint(promises) != of[5] {
			wrong = append(wrong, fmt.Sprintf("%s: %s scenarios promise it, in docs/simulation.md %d", what, of[5], promises))
		}
	}
	if rows == 0 {
		wrong = append(wrong, "no rows")
	}
	return wrong
}
