//go:build !race

package prove

import (
	"strings"
	"testing"
)

// The digest has a row a promise, with the scenario that comes closest to breaking it.
func TestDigestShowsTheWorst(t *testing.T) {
	count := given("supported").wanting(atMost(0.05))
	s := Section{Title: "Things"}
	p := Proof{Section: s}
	for i, hits := range []int{10, 400, 30} {
		sc := Scenario{Section: s.Title, Truth: []string{"a", "b", "c"}[i], Truths: make([]Truth, 1), Blocks: 8, Noise: noise1(), Counts: []Count{count}}
		o, err := outcome(sc, []tally{{hits, 1000}})
		if err != nil {
			t.Fatal(err)
		}
		p.Outcomes = append(p.Outcomes, o)
	}
	var text strings.Builder
	if err := WriteDigest(&text, []Proof{p}, Options{Runs: 1000, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"| Things: supported | at most 5   | 40.00 (36.95-43.11) | b; 1 reading, 8 blocks, noise 1 %; of 3 | **no** |", "3 nominal values, missed 1\n"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("%q is not in\n%s", want, text.String())
		}
	}
	if n := strings.Count(text.String(), "Things"); n != 1 {
		t.Errorf("%d rows", n)
	}
}
