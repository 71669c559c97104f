package postgres

import (
	"slices"
	"strings"
	"testing"
)

func TestURL(t *testing.T) {
	t.Parallel()
	if got, want := URL(Servers, 5432), "postgres://shop:assay@127.0.0.1:5432/postgres?sslmode=disable"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// What differs from PostgreSQL's defaults is disclosed to the reader.
func TestSettingsAreDisclosed(t *testing.T) {
	t.Parallel()
	for _, s := range Settings() {
		name, value, ok := strings.Cut(s, "=")
		if !ok || value == "" || !slices.Contains(disclosed(), name) {
			t.Errorf("%q is not disclosed", s)
		}
	}
}
