//go:build !race

package prove

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/hits.txt")

// pinned are the scenarios whose hits are pinned: those in which a change of a rule shows soonest, at the ends of what is claimed.
func pinned() []Section {
	sections := All(DefaultBlocks)
	for i := range sections {
		sections[i].Scenarios = slices.DeleteFunc(sections[i].Scenarios, func(s Scenario) bool {
			return s.Blocks != DefaultBlocks || !slices.Contains([]string{noise3().Name, noiseOutliers().Name, noiseRejected().Name, noiseUneven(targetY).Name}, s.Noise.Name)
		})
	}
	return sections
}

// The shares of TestRulesErrAsRarelyAsTheySay are of so few runs that a rule has to err several times as often as it may to be found. The seed is
// fixed, so that the same rules give the same hits: any other number here is a change of a rule, of a noise or of a stream, and
// has to be meant.
func TestHitsArePinned(t *testing.T) {
	proofs, err := Prove(t.Context(), pinned(), Options{Runs: 100, Seed: 1, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, p := range proofs {
		for _, o := range p.Outcomes {
			text.WriteString(o.Scenario.ID() + ":")
			for _, r := range o.Results {
				fmt.Fprintf(&text, " %s %d/%d;", r.Count.Name, r.Hits, r.Runs)
			}
			text.WriteString("\n")
		}
	}
	file := filepath.Join("testdata", "hits.txt")
	if *update {
		if err := os.WriteFile(file, []byte(text.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	have, wanted := strings.Split(text.String(), "\n"), strings.Split(string(want), "\n")
	for i := range max(len(have), len(wanted)) {
		if i >= len(have) || i >= len(wanted) || have[i] != wanted[i] {
			t.Fatalf("line %d of %s differs; where the change is meant, `go test ./harness/prove -args -update` writes it.\nhave %s\nwant %s",
				i+1, file, strings.Join(have[i:min(i+1, len(have))], ""), strings.Join(wanted[i:min(i+1, len(wanted))], ""))
		}
	}
}
