package main

import (
	"os"
	"path/filepath"
	"testing"
)

// Every example is whole: its claims, profiles, workloads and servers fit each other and the checkout.
func TestExamplesFit(t *testing.T) {
	t.Parallel()
	examples, err := os.ReadDir(filepath.Join(repository, "scenarios", "examples"))
	if err != nil || len(examples) == 0 {
		t.Fatalf("%d examples: %v", len(examples), err)
	}
	for _, e := range examples {
		in, err := loadInputs(repository, e.Name())
		if err != nil {
			t.Error(err)
			continue
		}
		if want := "scenarios/examples/" + e.Name(); in.article != want || in.ledger.Article.ID != e.Name() {
			t.Errorf("%s: article %s in %s", e.Name(), in.ledger.Article.ID, in.article)
		}
	}
}

// A run records places in the checkout: servers elsewhere could not be built again from its plan.
func TestServersOutsideOfTheCheckout(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "targets"), 0o755); err != nil {
		t.Fatal(err)
	}
	_, err := article{root: repository, folder: folder}.loadTargets()
	want := filepath.Join(folder, "targets") + ": servers have to lie within the checkout, whose places a run records; move the article below scenarios/examples/"
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}
