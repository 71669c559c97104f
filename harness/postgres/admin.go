package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/assay-bench/assay/harness/model"
)

const (
	openLimit = 60 * time.Second // for a server that has just been started to answer
	openEvery = 20 * time.Millisecond
)

// An Admin is one connection to the database as its owner. It is used by one goroutine.
type Admin struct{ conn *pgx.Conn }

// Open connects, and tries again while the server starts.
func Open(ctx context.Context, port int) (*Admin, error) {
	ctx, cancel := context.WithTimeout(ctx, openLimit)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, URL(Admins, port))
		if err == nil {
			return &Admin{conn}, nil
		}
		select {
		case <-ctx.Done():
			return nil, wrap("connect", err)
		case <-time.After(openEvery):
		}
	}
}

// Close ends the connection.
func (a *Admin) Close(ctx context.Context) error { return a.conn.Close(ctx) }

// Prepare makes the extension, the servers' role, the table and its rows, anew where they are there already.
func (a *Admin) Prepare(ctx context.Context) error {
	for _, statement := range []string{
		"CREATE EXTENSION IF NOT EXISTS pg_stat_statements",
		"DROP TABLE IF EXISTS item",
		`DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '` + Servers + `') THEN
			CREATE ROLE ` + Servers + ` LOGIN PASSWORD '` + Password + `'; END IF; END $$`,
		`CREATE TABLE item (id bigint PRIMARY KEY, sku text NOT NULL, name text NOT NULL, price_cents integer NOT NULL,
			sold bigint NOT NULL DEFAULT 0)`,
		"GRANT SELECT, UPDATE ON item TO " + Servers,
	} {
		if _, err := a.conn.Exec(ctx, statement); err != nil {
			return wrap("make the schema", err)
		}
	}
	columns := []string{"id", "sku", "name", "price_cents"}
	n, err := a.conn.CopyFrom(ctx, pgx.Identifier{"item"}, columns, pgx.CopyFromSlice(model.DatabaseRows, func(i int) ([]any, error) {
		r := model.DatabaseRow(uint64(i))
		return []any{int64(r.ID), r.SKU, r.Name, int32(r.PriceCents)}, nil
	}))
	if err == nil && n != model.DatabaseRows {
		err = fmt.Errorf("%d rows were copied, not %d", n, model.DatabaseRows)
	}
	if err != nil {
		return wrap("make the rows", err)
	}
	return a.settle(ctx)
}

// Reset brings the table to where it began: nothing sold, no dead rows, all of it written to disk.
func (a *Admin) Reset(ctx context.Context) error {
	var sold int64
	if err := a.conn.QueryRow(ctx, "SELECT count(*) FROM item WHERE sold <> 0").Scan(&sold); err != nil {
		return wrap("reset", err)
	}
	if sold > 0 {
		if _, err := a.conn.Exec(ctx, "UPDATE item SET sold = 0 WHERE sold <> 0"); err != nil {
			return wrap("reset", err)
		}
	}
	return a.settle(ctx)
}

func (a *Admin) settle(ctx context.Context) error {
	for _, statement := range []string{"VACUUM (FULL, ANALYZE) item", "SELECT count(*) FROM item", "CHECKPOINT"} {
		if _, err := a.conn.Exec(ctx, statement); err != nil {
			return wrap("settle", err)
		}
	}
	return nil
}

// Facts asks the server what it is.
func (a *Admin) Facts(ctx context.Context) (Facts, error) {
	f := Facts{Settings: map[string]string{}}
	if err := a.conn.QueryRow(ctx, "SHOW server_version").Scan(&f.Version); err != nil {
		return f, wrap("ask for the version", err)
	}
	for _, name := range disclosed() {
		var value string
		err := a.conn.QueryRow(ctx, "SELECT current_setting($1)", name).Scan(&value)
		if err != nil {
			return f, wrap("ask for "+name, err)
		}
		f.Settings[name] = value
	}
	return f, nil
}

// ForgetStatements has Statements begin at 0.
func (a *Admin) ForgetStatements(ctx context.Context) error {
	_, err := a.conn.Exec(ctx, "SELECT pg_stat_statements_reset()")
	return wrap("reset pg_stat_statements", err)
}

// Statements is how many statements the servers' role has had executed. An empty statement is not among them.
func (a *Admin) Statements(ctx context.Context) (int64, error) {
	var n int64
	err := a.conn.QueryRow(ctx, `SELECT coalesce(sum(s.calls), 0)::bigint FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid
		WHERE r.rolname = $1`, Servers).Scan(&n)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, nil
	}
	return n, wrap("read pg_stat_statements", err)
}
