package scenario

import (
	"strings"
	"testing"
)

const databaseFile = `summary = "rows"
mode = "saturate"
request = "GET /db/item?id={id}"
connections = [64, 256]
[slo]
p99 = "1s"
[database]
image = "postgres:15-bookworm"
pool_sizes = [4, 16]
[[variant]]
id = "blocking"
needs = "blocking-database"
request = "GET /db/blocking/item?id={id}"
`

func TestADatabaseMultipliesTheCells(t *testing.T) {
	s, err := Parse("database.toml", []byte(databaseFile))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range s.Cells {
		got = append(got, c.ID)
		if !strings.Contains(c.ID, map[int]string{4: "/pool-4-", 16: "/pool-16-"}[c.PoolSize]) {
			t.Errorf("cell %s has a pool of %d", c.ID, c.PoolSize)
		}
	}
	if want := "database/pool-4-64 database/pool-4-256 database/pool-16-64 database/pool-16-256"; strings.Join(got, " ") != want {
		t.Errorf("cells %q, want %s", got, want)
	}
	if len(s.Variants) != 1 || s.Variants[0] != (Variant{"blocking", "blocking-database", "GET /db/blocking/item?id={id}"}) {
		t.Errorf("variants %+v", s.Variants)
	}
}

func TestDatabaseErrors(t *testing.T) {
	for name, c := range map[string]struct{ old, now, want string }{
		"no image":        {`image = "postgres:15-bookworm"`, "", "image"},
		"no pool":         {"pool_sizes = [4, 16]", "", "pool_sizes"},
		"falling pools":   {"[4, 16]", "[16, 4]", "database.toml:9: database.pool_sizes"},
		"unknown request": {"/db/blocking/item?id={id}", "/db/bocking/item?id={id}", "database.toml:13: variant.request: is none whose answer is known"},
		"in another mode": {`mode = "saturate"`, `mode = "in-flight"`, "database.toml:7: database: unknown key"},
	} {
		text := strings.Replace(databaseFile, c.old, c.now, 1)
		if _, err := Parse("database.toml", []byte(text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}
