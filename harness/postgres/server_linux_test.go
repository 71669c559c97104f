package postgres

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
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

// A port that somebody has is named before anything is made.
func TestPortInUse(t *testing.T) {
	p, temp := newLauncher(t)
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	port := l.Addr().(*net.TCPAddr).Port
	i, err := p.StartDatabase(within(t), spec(port))
	if err == nil {
		_, _ = i.Stop(context.Background())
		t.Fatal("it started on a port in use")
	}
	if !strings.Contains(err.Error(), fmt.Sprintf("port %d is in use", port)) {
		t.Errorf("got %v", err)
	}
	left(t, temp)
}

// What PostgreSQL does not accept ends the start, with its own words, and leaves nothing.
func TestUnknownSetting(t *testing.T) {
	p, temp := newLauncher(t)
	s := spec(freePort(t))
	s.Settings = append(s.Settings, "no_such_setting=1")
	i, err := p.StartDatabase(within(t), s)
	if err == nil {
		_, _ = i.Stop(context.Background())
		t.Fatal("it started with a setting that there is not")
	}
	if !strings.Contains(err.Error(), "no_such_setting") {
		t.Errorf("got %v", err)
	}
	left(t, temp)
}

// left fails where a directory of a database is still there.
func left(t *testing.T, temp string) {
	t.Helper()
	found, err := os.ReadDir(temp)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		t.Errorf("%s was left behind", f.Name())
	}
}

// Stop ends a server that has clients, closes its port and removes its files; it can be called again.
func TestStop(t *testing.T) {
	s, a := prepared(t)
	if found, err := os.ReadDir(s.temp); err != nil || len(found) != 1 {
		t.Fatalf("%d directories while it runs, %v; want the database's", len(found), err)
	}
	for range 2 {
		exit, err := s.Stop(within(t))
		if err != nil || exit.Signal != "" || exit.Code != 0 {
			t.Fatalf("%+v, %v; want a clean end", exit, err)
		}
	}
	left(t, s.temp)
	if conn, err := net.DialTimeout("tcp4", s.Address(), time.Second); err == nil {
		conn.Close()
		t.Error("the port still takes connections")
	}
	if err := a.Reset(within(t)); err == nil || !strings.HasPrefix(err.Error(), "database: reset: ") {
		t.Errorf("a reset without a server: %v", err)
	}
	if exit, ok := <-s.Exited(); ok {
		t.Errorf("a stop counts as an end of its own: %+v", exit)
	}
}

// A server that is killed is told of, by itself and by the next that is asked of it, and its files go with the stop.
func TestKilled(t *testing.T) {
	s, a := prepared(t)
	if err := syscall.Kill(s.PID(), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	select {
	case exit := <-s.Exited():
		if exit.Signal != "killed" {
			t.Errorf("got %+v", exit)
		}
	case <-within(t).Done():
		t.Fatal("nobody noticed")
	}
	// Its backends end when they see that it is gone.
	for end := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		if _, err := a.Statements(within(t)); err != nil {
			break
		}
		if time.Now().After(end) {
			t.Fatal("the connection outlives the server")
		}
	}
	if exit, err := s.Stop(within(t)); err != nil || exit.Signal != "killed" {
		t.Errorf("%+v, %v; want how it ended", exit, err)
	}
	left(t, s.temp)
}

// Open waits while nobody listens, and tells why it gave up.
func TestOpenGivesUp(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 3*openEvery)
	defer cancel()
	a, err := Open(ctx, freePort(t))
	if err == nil {
		_ = a.Close(context.Background())
		t.Fatal("there is no server, and yet it opened")
	}
	if !strings.HasPrefix(err.Error(), "database: connect: ") {
		t.Errorf("got %v", err)
	}
}

// Open takes a server that begins to answer only while it tries.
func TestOpenWaits(t *testing.T) {
	s := start(t)
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go refuseThenPass(l, s.Address(), 3)
	a, err := Open(within(t), l.Addr().(*net.TCPAddr).Port)
	if err != nil {
		t.Fatal(err)
	}
	if n := one(t, a.conn, "SELECT 42"); n != 42 {
		t.Errorf("got %d", n)
	}
	_ = a.Close(context.Background())
}

// refuseThenPass closes the first connections as they come, as a server that starts does, and passes the next one on. It ends
// with the listener.
func refuseThenPass(l net.Listener, to string, refuse int) {
	for i := 0; ; i++ {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		if i < refuse {
			conn.Close()
			continue
		}
		up, err := net.Dial("tcp4", to)
		if err != nil {
			conn.Close()
			return
		}
		go func() { _, _ = io.Copy(up, conn); up.Close() }()
		go func() { _, _ = io.Copy(conn, up); conn.Close() }()
	}
}
