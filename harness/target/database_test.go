package target

import (
	"slices"
	"strings"
	"testing"
)

func TestProvides(t *testing.T) {
	const manifest = `id = "a"
language = "go"
stack = "s"
tier = "t"
provides = ["database"]
[build]
command = ["x"]
binary = "y"
[disclose]
allocator = "z"
`
	got, err := Parse("a/target.toml", []byte(manifest))
	if err != nil {
		t.Fatal(err)
	}
	if !got.Does(HasDatabase) || got.Does(HasDatabase, HasBlockingDatabase) || !got.Does() {
		t.Errorf("provides %q", got.Provides)
	}
	_, err = Parse("a/target.toml", []byte(strings.Replace(manifest, `"database"`, `"databse"`, 1)))
	if err == nil || !strings.Contains(err.Error(), `a/target.toml:5: provides: no ability "databse"`) || !strings.Contains(err.Error(), "database") {
		t.Errorf("a misspelt ability: %v", err)
	}
}

func TestTheDatabaseTakesCPUsOfTheLoad(t *testing.T) {
	for _, c := range []struct {
		load, database, left []int
		shares               bool
	}{
		{[]int{1}, []int{1}, []int{1}, true},
		{[]int{1, 2}, []int{2}, []int{1}, false},
		{[]int{1, 2, 3}, nil, []int{1, 2, 3}, false},
	} {
		p := Placement{LoadCPUs: c.load, DatabaseCPUs: c.database}
		if got := p.BesideDatabase(Database{PoolSize: 4}); !slices.Equal(got.LoadCPUs, c.left) || got.Database.PoolSize != 4 || p.DatabaseShares() != c.shares {
			t.Errorf("load on %v, database on %v: the load keeps %v, shared %t", c.load, c.database, got.LoadCPUs, p.DatabaseShares())
		}
	}
}
