package postgres_test

import (
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/model"
	"github.com/assay-bench/assay/harness/postgres"
)

// started is a real PostgreSQL from this host's binaries, and its port.
func started(t *testing.T) (launch.Instance, int) {
	t.Helper()
	if _, err := launch.FindPostgres(); err != nil {
		if os.Getenv("ASSAY_REQUIRE_DOCKER") == "1" {
			t.Fatalf("ASSAY_REQUIRE_DOCKER=1, but: %v", err)
		}
		t.Skip(err)
	}
	binary := filepath.Join(t.TempDir(), "assay")
	if out, err := exec.Command("go", "build", "-o", binary, "../cmd/assay").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	p, err := launch.NewProcess(launch.Options{AgentBinary: binary, StateDir: filepath.Join(t.TempDir(), "state")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	port := freePort(t)
	db, err := p.StartDatabase(t.Context(), launch.DatabaseSpec{
		Port: port, User: postgres.Admins, Password: postgres.Password, Name: postgres.Name, Settings: postgres.Settings(),
	})
	if err != nil {
		t.Fatal(err)
	}
	return db, port
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

func opened(t *testing.T, port int) *postgres.Admin {
	t.Helper()
	a, err := postgres.Open(t.Context(), port)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close(context.Background()) }) // the server may be gone
	return a
}

// shop is a connection of the servers' role.
func shop(t *testing.T, port int) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), postgres.URL(postgres.Servers, port))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func asked[T any](t *testing.T, conn *pgx.Conn, statement string) (value T) {
	t.Helper()
	if err := conn.QueryRow(t.Context(), statement).Scan(&value); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	return value
}

// The life of a run's database: rows as the contract has them, statements counted for the servers alone, brought back to where it
// began, made anew, and gone.
func TestAdmin(t *testing.T) {
	db, port := started(t)
	a, ctx := opened(t, port), t.Context()
	for _, step := range []struct {
		name string
		do   func(context.Context) error
	}{{"prepare", a.Prepare}, {"forget", a.ForgetStatements}} {
		if err := step.do(ctx); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
	}
	conn := shop(t, port)
	statements := func(want int64) {
		t.Helper()
		if n, err := a.Statements(ctx); n != want || err != nil {
			t.Errorf("%d statements of the servers (%v), want %d", n, err, want)
		}
	}
	statements(0)
	if n := asked[int64](t, conn, "SELECT count(*) FROM item WHERE id BETWEEN 0 AND 9999 AND sold = 0"); n != model.DatabaseRows {
		t.Errorf("%d rows", n)
	}
	for _, id := range []uint64{0, 7, model.DatabaseRows - 1} {
		want := model.DatabaseRow(id)
		var sku, name string
		var cents int
		err := conn.QueryRow(ctx, "SELECT sku, name, price_cents FROM item WHERE id = $1", int64(id)).Scan(&sku, &name, &cents)
		if err != nil || sku != want.SKU || name != want.Name || cents != int(want.PriceCents) {
			t.Errorf("row %d: %s, %s, %d (%v); want %+v", id, sku, name, cents, err, want)
		}
	}
	statements(4)
	if _, err := conn.Exec(ctx, "UPDATE item SET sold = 3 WHERE id < 5"); err != nil {
		t.Fatal(err)
	}
	if err := a.Reset(ctx); err != nil {
		t.Fatal(err)
	}
	if n := asked[int64](t, conn, "SELECT coalesce(sum(sold), 0)::bigint FROM item"); n != 0 {
		t.Errorf("%d are still sold after a reset", n)
	}
	statements(6) // the reset is ours
	if _, err := conn.Exec(ctx, "DROP TABLE item"); err == nil {
		t.Error("the servers' role may drop the table")
	}
	if err := a.Prepare(ctx); err != nil {
		t.Errorf("prepared again: %v", err)
	}
	facts, err := a.Facts(ctx)
	if err != nil || facts.Version == "" || facts.Version[0] < '1' || facts.Settings["autovacuum"] != "off" || facts.Settings["fsync"] != "on" {
		t.Errorf("%+v, %v", facts, err)
	}
	if _, err := db.Stop(ctx); err != nil {
		t.Fatal(err)
	}
	if err := a.Reset(ctx); err == nil || !strings.HasPrefix(err.Error(), "database: reset: ") {
		t.Errorf("reset without a server: %v", err)
	}
}

func TestOpenGivesUp(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if a, err := postgres.Open(ctx, freePort(t)); err == nil || !strings.HasPrefix(err.Error(), "database: connect: ") {
		t.Errorf("%v, %v", a, err)
	}
}
