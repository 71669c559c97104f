package postgres

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/model"
)

// patience bounds every wait; no test passes by it.
const patience = 60 * time.Second

// TestMain lets the test binary be the shim between the launcher and PostgreSQL, as assay is.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "shim" {
		fmt.Fprintln(os.Stderr, launch.Shim(os.Args[2:])) // it returns when it failed
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// A server is a PostgreSQL of the host's binaries, as a run on plain processes has it.
type server struct {
	launch.Instance
	launcher *launch.Process
	port     int
	temp     string // where the data directory is, and nothing else
}

// newLauncher gives a launcher, and the directory in which it makes those of databases. It skips where the host has no
// PostgreSQL, which CI may not.
func newLauncher(t *testing.T) (p *launch.Process, temp string) {
	t.Helper()
	if _, err := launch.FindPostgres(); err != nil {
		if os.Getenv("ASSAY_REQUIRE_DOCKER") == "1" {
			t.Fatalf("ASSAY_REQUIRE_DOCKER=1, but: %v", err)
		}
		t.Skip(err)
	}
	state := filepath.Join(t.TempDir(), "state")
	// t.TempDir is closed to other users, and PostgreSQL runs as another one where the test is root.
	// Its name is long, as some systems have it.
	temp, err := os.MkdirTemp("", "postgres-test-"+strings.Repeat("long-", 12))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(temp) })
	if err := os.Chmod(temp, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", temp)
	p, err = launch.NewProcess(launch.Options{Root: "/", StateDir: state})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return p, temp
}

func spec(port int) launch.DatabaseSpec {
	return launch.DatabaseSpec{Port: port, User: Admins, Password: Password, Name: Name, Settings: Settings()}
}

func start(t *testing.T) server {
	t.Helper()
	p, temp := newLauncher(t)
	s := server{launcher: p, temp: temp, port: freePort(t)}
	var err error
	if s.Instance, err = p.StartDatabase(within(t), spec(s.port)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := s.Stop(context.Background()); err != nil {
			t.Errorf("stop: %v", err)
		}
	})
	return s
}

func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	return ctx
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func (s server) open(t *testing.T) *Admin {
	t.Helper()
	a, err := Open(within(t), s.port)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close(context.Background()) }) // the server may be gone by then
	return a
}

// prepared is a server with schema and rows.
func prepared(t *testing.T) (server, *Admin) {
	t.Helper()
	s := start(t)
	a := s.open(t)
	if err := a.Prepare(within(t)); err != nil {
		t.Fatal(err)
	}
	return s, a
}

// shop is a connection of the servers' role, which sends its statements as they are: nothing is prepared beforehand.
func (s server) shop(t *testing.T) *pgx.Conn {
	t.Helper()
	config, err := pgx.ParseConfig(URL(Servers, s.port))
	if err != nil {
		t.Fatal(err)
	}
	config.DefaultQueryExecMode = pgx.QueryExecModeExec
	conn, err := pgx.ConnectConfig(within(t), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

// do runs a statement that has to succeed.
func do(t *testing.T, conn *pgx.Conn, statement string) {
	t.Helper()
	if _, err := conn.Exec(within(t), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// one is the single number of a query.
func one(t *testing.T, conn *pgx.Conn, query string) (n int64) {
	t.Helper()
	if err := conn.QueryRow(within(t), query).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

// layout is a digest of the rows in the order that they have on disk, with all of their columns.
func layout(t *testing.T, a *Admin) string {
	t.Helper()
	rows, err := a.conn.Query(within(t), "SELECT ctid::text, item::text FROM item ORDER BY ctid")
	if err != nil {
		t.Fatal(err)
	}
	h := sha256.New()
	for rows.Next() {
		var place, row string
		if err := rows.Scan(&place, &row); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(h, place, row)
	}
	if rows.Err() != nil {
		t.Fatal(rows.Err())
	}
	return hex.EncodeToString(h.Sum(nil))
}

func TestSeed(t *testing.T) {
	_, a := prepared(t)
	rows, err := a.conn.Query(within(t), "SELECT id, sku, name, price_cents, sold FROM item ORDER BY id")
	if err != nil {
		t.Fatal(err)
	}
	next := uint64(0)
	for rows.Next() {
		var got model.Row
		var sold int64
		if err := rows.Scan(&got.ID, &got.SKU, &got.Name, &got.PriceCents, &sold); err != nil {
			t.Fatal(err)
		}
		if want := model.DatabaseRow(next); got != want || sold != 0 {
			t.Fatalf("row %d is %+v with %d sold, want %+v with none", next, got, sold, want)
		}
		next++
	}
	if rows.Err() != nil || next != model.DatabaseRows {
		t.Errorf("%d rows, %v; want %d", next, rows.Err(), model.DatabaseRows)
	}
}

// Two databases, and one that is made anew, are the same down to the place of each row.
func TestPrepareIsDeterministic(t *testing.T) {
	s, a := prepared(t)
	first := layout(t, a)
	shop := s.shop(t)
	do(t, shop, "UPDATE item SET sold = sold + 3 WHERE id % 7 = 0")
	do(t, a.conn, "DELETE FROM item WHERE id > 9000")
	if layout(t, a) == first {
		t.Fatal("changed rows do not show in the digest")
	}
	if err := a.Prepare(within(t)); err != nil {
		t.Fatal(err)
	}
	if again := layout(t, a); again != first {
		t.Errorf("made anew: %s, at first %s", again, first)
	}
	do(t, shop, "UPDATE item SET sold = sold + 1 WHERE id = 1") // the role has its rights again
	if _, other := prepared(t); layout(t, other) != first {
		t.Error("another server's database differs")
	}
}

// Reset brings values back, and leaves no dead rows to read past.
func TestReset(t *testing.T) {
	s, a := prepared(t)
	pages := one(t, a.conn, "SELECT pg_relation_size('item')")
	shop := s.shop(t)
	for range 3 {
		do(t, shop, "UPDATE item SET sold = sold + 1")
	}
	if grown := one(t, a.conn, "SELECT pg_relation_size('item')"); grown <= pages {
		t.Fatalf("%d bytes after updates of every row, %d before: the test sees no dead rows", grown, pages)
	}
	if err := a.Reset(within(t)); err != nil {
		t.Fatal(err)
	}
	if sold := one(t, a.conn, "SELECT sum(sold)::bigint FROM item"); sold != 0 {
		t.Errorf("%d sold after the reset", sold)
	}
	if after := one(t, a.conn, "SELECT pg_relation_size('item')"); after != pages {
		t.Errorf("%d bytes after the reset, %d at first", after, pages)
	}
	before := layout(t, a)
	if err := a.Reset(within(t)); err != nil {
		t.Fatal(err)
	}
	if layout(t, a) != before {
		t.Error("a reset of what nobody changed moved rows")
	}
}

// The servers' role reads and updates rows, and no more.
func TestRightsOfServers(t *testing.T) {
	s, _ := prepared(t)
	shop := s.shop(t)
	do(t, shop, "SELECT * FROM item WHERE id = 5")
	do(t, shop, "UPDATE item SET sold = sold + 1 WHERE id = 5")
	for _, forbidden := range []string{
		"DELETE FROM item", "TRUNCATE item", "DROP TABLE item", "CREATE TABLE other (id int)", "SELECT pg_stat_statements_reset()",
		"INSERT INTO item (id, sku, name, price_cents) VALUES (10001, 'a', 'b', 1)",
	} {
		_, err := shop.Exec(within(t), forbidden)
		var refused *pgconn.PgError
		const insufficientPrivilege = "42501"
		if !errors.As(err, &refused) || refused.Code != insufficientPrivilege {
			t.Errorf("%s: %v; want that it is not permitted", forbidden, err)
		}
	}
}

// Statements are those of the servers' role since they were forgotten: not ours, and no empty one.
func TestStatements(t *testing.T) {
	s, a := prepared(t)
	shop := s.shop(t)
	do(t, shop, "SELECT 1")
	count := func(when string, want int64) {
		t.Helper()
		if n, err := a.Statements(within(t)); err != nil || n != want {
			t.Errorf("%s: %d statements, %v; want %d", when, n, err, want)
		}
	}
	if err := a.ForgetStatements(within(t)); err != nil {
		t.Fatal(err)
	}
	count("forgotten", 0)
	for i := range 5 {
		do(t, shop, fmt.Sprintf("SELECT name FROM item WHERE id = %d", i))
	}
	do(t, shop, "UPDATE item SET sold = sold + 1 WHERE id = 3")
	count("five reads and an update", 6)
	do(t, a.conn, "SELECT name FROM item WHERE id = 3")
	count("a statement of ours", 6)
	do(t, shop, "")
	count("an empty one", 6)
	if err := a.ForgetStatements(within(t)); err != nil {
		t.Fatal(err)
	}
	count("forgotten again", 0)
}

// Facts are those of the server: its program says the same version, and its settings are the ones it was given.
func TestFacts(t *testing.T) {
	s := start(t)
	f, err := s.open(t).Facts(within(t))
	if err != nil {
		t.Fatal(err)
	}
	dir, err := launch.FindPostgres()
	if err != nil {
		t.Fatal(err)
	}
	said, err := exec.Command(filepath.Join(dir, "postgres"), "--version").Output()
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.TrimPrefix(strings.TrimSpace(string(said)), "postgres (PostgreSQL) "); f.Version != want {
		t.Errorf("version %q, its program says %q", f.Version, want)
	}
	for name, want := range given(t) {
		if f.Settings[name] != want {
			t.Errorf("%s is %q, want %q", name, f.Settings[name], want)
		}
	}
	if len(f.Settings) != len(disclosed()) {
		t.Errorf("settings %v, want those of %v", f.Settings, disclosed())
	}
}
