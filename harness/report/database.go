package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// database shows what ran beside the targets and what each of their paths sends to it for one request; no section where
// no cell had one.
func (d *data) database() []Section {
	db := d.Env.Database
	if db == nil {
		return nil
	}
	facts := Table{Columns: left("What", "Value")}
	row := func(what, value string) { facts.Rows = append(facts.Rows, cells(plain(what), plain(orMissing(value)))) }
	row("PostgreSQL", db.Version)
	if db.Image != "" {
		row("image", db.Image)
	}
	row("CPUs of the database", d.databaseCPUs())
	row("connections of a target's pool", d.pools())
	for _, name := range sortedKeys(db.Settings) {
		row(name, db.Settings[name])
	}
	paths := Table{
		Caption: fmt.Sprintf("What one request sends to the database, counted before the first trial%s with a pool of one connection: statements by pg_stat_statements, messages by a relay that decodes the protocol", overRequests(db.Paths)),
		Columns: []Column{{Title: "Target"}, {Title: "Request"}, {Title: "Statements", Right: true}, {Title: "Round trips", Right: true},
			{Title: "Messages to the database"}, {Title: "from it"}},
	}
	for _, p := range db.Paths {
		paths.Rows = append(paths.Rows, cells(plain(p.Target), code(p.Request), plain(tick(p.Statements)), plain(tick(p.RoundTrips)),
			plain(messages(p.Frontend, p)), plain(messages(p.Backend, p))))
	}
	s := section("Database", table(facts), table(paths), paragraph(raw("A round trip begins when a target sends after an answer to it has begun to come in. What leaves at once shares one, also where each part ends "+
		"with a ReadyForQuery of its own; and where more leaves while answers come in, the moment decides, so that a mean over the requests need be no whole number.")))
	if d.Plan.Placement.DatabaseShares() {
		s.Blocks = append(s.Blocks, paragraph(raw("The database shared its CPUs with the load agent: this host has too few for one of its own. "+
			"What limits a cell may then be the database and not the server, and a difference between two paths may come out smaller than beside a database with CPUs of its own.")))
	}
	return []Section{s}
}

// overRequests says of how many requests the counts are means, "" where the paths differ in that.
func overRequests(paths []trial.DatabasePath) string {
	for _, p := range paths {
		if p.Requests != paths[0].Requests {
			return ""
		}
	}
	if len(paths) == 0 {
		return ""
	}
	return " as the mean of " + plural(paths[0].Requests, "request")
}

func (d *data) databaseCPUs() string {
	on := intList(d.Plan.Placement.DatabaseCPUs)
	if d.Plan.Placement.DatabaseShares() {
		on += ", shared with the load agent"
	}
	return on
}

// pools lists the pool sizes of the plan's cells.
func (d *data) pools() string {
	var sizes []int
	for _, c := range d.Plan.Cells {
		if c.PoolSize > 0 && !slices.Contains(sizes, c.PoolSize) {
			sizes = append(sizes, c.PoolSize)
		}
	}
	slices.Sort(sizes)
	return intList(sizes)
}

// messages are those of one request, in all and by name.
func messages(of map[string]int, p trial.DatabasePath) string {
	if p.Requests <= 0 {
		return missing
	}
	all := 0.0
	var parts []string
	for _, name := range sortedKeys(of) {
		each := float64(of[name]) / float64(p.Requests)
		all += each
		parts = append(parts, tick(each)+" "+name)
	}
	if len(parts) == 0 {
		return "0"
	}
	return fmt.Sprintf("%s: %s", tick(all), strings.Join(parts, ", "))
}

// besideDatabase says with which pool a cell is measured, and what contestants are asked that are not asked the same.
func besideDatabase(c plan.Cell) string {
	if c.PoolSize == 0 {
		return ""
	}
	s := fmt.Sprintf(", with a pool of %s to the database", plural(c.PoolSize, "connection"))
	for _, id := range sortedKeys(c.Requests) {
		s += fmt.Sprintf("; %s is asked %s", id, c.Requests[id])
	}
	return s
}
