package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// A postgres is a PostgreSQL of one test, with the table that the contract describes.
type postgres struct {
	bin, dir, port string
	cmd            *exec.Cmd
}

// startPostgres runs PostgreSQL from the binaries of this host. Where there are none the
// test is skipped, or fails if ASSAY_REQUIRE_POSTGRES is set.
func startPostgres(t *testing.T) *postgres {
	t.Helper()
	bin, err := postgresBinaries()
	if err != nil {
		if os.Getenv("ASSAY_REQUIRE_POSTGRES") != "" {
			t.Fatalf("ASSAY_REQUIRE_POSTGRES is set, but: %v", err)
		}
		t.Skip(err)
	}
	// Not t.TempDir, whose parents only this user may enter.
	dir, err := os.MkdirTemp("", "go-server-postgres-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	p := &postgres{bin: bin, dir: dir, port: freePort(t)}
	if os.Getuid() == 0 {
		if err := os.Chown(dir, nobody, nobody); err != nil {
			t.Fatal(err)
		}
	}
	initdb := p.command("initdb", "-D", filepath.Join(dir, "data"), "-U", "assay", "-A", "trust", "-E", "UTF8", "--no-sync")
	if out, err := initdb.CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	p.start(t)
	t.Cleanup(func() { p.stop(t) })
	p.fill(t)
	return p
}

// postgresBinaries returns the folder of initdb and postgres: in PATH, or where Debian and
// its relatives put the newest version.
func postgresBinaries() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", errors.New("no initdb of PostgreSQL in PATH or /usr/lib/postgresql")
	}
	return filepath.Dir(found[len(found)-1]), nil
}

func freePort(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	_, port, err := net.SplitHostPort(ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// nobody is the user whom PostgreSQL runs as if this is root, whom it refuses.
const nobody = 65534

func (p *postgres) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(p.bin, name), args...)
	cmd.Dir = p.dir
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	return cmd
}

func (p *postgres) url() string {
	return "postgres://assay:secret@127.0.0.1:" + p.port + "/postgres?sslmode=disable"
}

// start starts it and waits until it answers.
func (p *postgres) start(t *testing.T) {
	t.Helper()
	p.cmd = p.command("postgres", "-D", filepath.Join(p.dir, "data"), "-p", p.port,
		"-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off")
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		conn, err := pgx.Connect(context.Background(), p.url())
		if err == nil {
			conn.Close(context.Background())
			return
		}
		if time.Now().After(end) {
			t.Fatal(err)
		}
	}
}

// stop ends it at once, with all of its connections. It may be stopped already.
func (p *postgres) stop(t *testing.T) {
	t.Helper()
	if p.cmd == nil {
		return
	}
	// SIGINT is PostgreSQL's fast shutdown.
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Error(err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("postgres: %v", err)
	}
	p.cmd = nil
}

func (p *postgres) connect(t *testing.T) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), p.url())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

// fill makes the table and its rows.
func (p *postgres) fill(t *testing.T) {
	t.Helper()
	conn := p.connect(t)
	_, err := conn.Exec(t.Context(), "CREATE TABLE item (id bigint PRIMARY KEY, sku text NOT NULL, "+
		"name text NOT NULL, price_cents integer NOT NULL, sold bigint NOT NULL DEFAULT 0)")
	if err != nil {
		t.Fatal(err)
	}
	items := pgx.CopyFromSlice(rows, func(i int) ([]any, error) {
		id := uint64(i)
		h0 := splitmix64(id)
		sku := fmt.Sprintf("%016x", h0)
		name := string(appendWords(nil, splitmix64(h0), 2, " "))
		return []any{int64(id), sku, name, int32(priceCents(id))}, nil
	})
	columns := []string{"id", "sku", "name", "price_cents"}
	if _, err := conn.CopyFrom(t.Context(), pgx.Identifier{"item"}, columns, items); err != nil {
		t.Fatal(err)
	}
}

// sold returns how many of an item were sold.
func (p *postgres) sold(t *testing.T, id int) int {
	t.Helper()
	var sold int
	if err := p.connect(t).QueryRow(t.Context(), "SELECT sold FROM item WHERE id = $1", id).Scan(&sold); err != nil {
		t.Fatal(err)
	}
	return sold
}
