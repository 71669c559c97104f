package scenario

import (
	"slices"
	"strconv"
	"strings"

	"github.com/assay-bench/assay/harness/strict"
)

const (
	maxPool     = 1000 // connections to a database
	maxVariants = 5
)

// parseDatabase reads [database], nil where there is none.
func parseDatabase(t *strict.Table) *Database {
	d := t.Sub("database")
	if d == nil {
		return nil
	}
	d.Only("image", "pool_sizes")
	d.Need("image", `image = "postgres:15-bookworm"`)
	d.Need("pool_sizes", "pool_sizes = [4, 16]")
	return &Database{Image: d.Text("image", maxSummary)}
}

// parseVariants reads the contestants that a target is besides itself.
func parseVariants(t *strict.Table) []Variant {
	if !t.Has("variant") {
		return nil
	}
	var all []Variant
	for _, v := range t.Tables("variant", maxVariants) {
		v.Only("id", "needs", "request")
		v.Need("id", `id = "blocking"`)
		v.Need("needs", `needs = "blocking-database"`)
		v.Need("request", `request = "GET /db/blocking/item?id={id}"`)
		one := Variant{ID: v.ID("id"), Needs: v.ID("needs"), Request: parseRequest(v, "request")}
		if slices.ContainsFunc(all, func(o Variant) bool { return o.ID == one.ID }) {
			v.Bad("id", strict.Quote(one.ID)+" is taken", "choose another")
		}
		all = append(all, one)
	}
	return all
}

// parseSaturate reads the connections of a closed loop; beside a database, for each size of the target's pool.
func parseSaturate(t *strict.Table, id string) []Cell {
	ladder := parseLadder(t, id, "database", "variant")
	d := t.Sub("database")
	if d == nil {
		return ladder
	}
	var cells []Cell
	for _, pool := range d.Rising("pool_sizes", maxCells, maxPool) {
		for _, c := range ladder {
			point := strings.TrimPrefix(c.ID, id+"/")
			c.ID, c.PoolSize = id+"/pool-"+strconv.Itoa(pool)+"-"+point, pool
			cells = append(cells, c)
		}
	}
	return cells
}
