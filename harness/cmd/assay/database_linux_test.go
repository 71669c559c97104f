package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/model"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/postgres"
	"github.com/assay-bench/assay/harness/run"
	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/target"
)

// A server whose database is gone says so with 503, and answers again when it is back.
func TestDeadDatabase(t *testing.T) {
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	targets, err := target.LoadAll(root, "targets")
	if err != nil {
		t.Fatal(err)
	}
	for _, tgt := range targets {
		if !tgt.Does(target.HasDatabase) {
			continue
		}
		t.Run(tgt.ID, func(t *testing.T) {
			needs(t, tgt.Build.Command[0])
			deadDatabase(t, root, tgt)
		})
	}
}

// needs skips where the host lacks a server's toolchain or PostgreSQL, which CI may not.
func needs(t *testing.T, tool string) {
	t.Helper()
	_, err := exec.LookPath(tool)
	if err == nil {
		_, err = launch.FindPostgres()
	}
	switch {
	case err == nil:
	case os.Getenv("ASSAY_REQUIRE_DOCKER") == "1":
		t.Fatalf("ASSAY_REQUIRE_DOCKER=1, but: %v", err)
	default:
		t.Skip(err)
	}
}

func deadDatabase(t *testing.T, root string, tgt target.Target) {
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	p, b := prepared(t, ctx, root, tgt)
	port, dbPort := nextPort(t), nextPort(t)
	db := startDatabase(t, ctx, p, dbPort)
	place := target.Placement{Port: port, Database: &target.Database{URL: postgres.URL(postgres.Servers, dbPort), PoolSize: 4}}
	inst, err := p.Launch(ctx, b, tgt, place)
	if err != nil {
		t.Fatal(err)
	}
	defer inst.Stop(ctx)
	sets := run.DriverSets(tgt)
	alive := func(when string) {
		for _, set := range sets {
			if !eventually(func() bool {
				status, body := getRow(t, inst.Address(), set)
				return status == http.StatusOK && bytes.Equal(body, model.AppendDatabaseItem(nil, 7))
			}) {
				t.Errorf("%s: %s/item does not answer", when, set)
			}
		}
	}
	alive("with a database")
	if _, err := db.Stop(ctx); err != nil {
		t.Fatal(err)
	}
	want := model.Problem(http.StatusServiceUnavailable, model.DetailUnavailable)
	for _, set := range sets {
		if status, body := getRow(t, inst.Address(), set); status != want.Status || !bytes.Equal(body, want.Body) {
			t.Errorf("%s/item without a database: status %d, %s; want %d, %s", set, status, body, want.Status, want.Body)
		}
	}
	db = startDatabase(t, ctx, p, dbPort)
	defer db.Stop(ctx)
	alive("with the database back")
}

// goServer is the target of that name.
func goServer(t *testing.T, root string) target.Target {
	t.Helper()
	targets, err := target.LoadAll(root, "targets")
	if err != nil {
		t.Fatal(err)
	}
	tgt, err := inputs{targets: targets}.target("go-server")
	if err != nil {
		t.Fatal(err)
	}
	return tgt
}

// prepared is a launcher of plain processes, closed at the end of the test, and the target as it builds it.
func prepared(t *testing.T, ctx context.Context, root string, tgt target.Target) (*launch.Process, launch.Build) {
	t.Helper()
	p, err := launch.NewProcess(launch.Options{Root: root, AgentBinary: built.binary, StateDir: filepath.Join(t.TempDir(), "state")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	b, err := p.Prepare(ctx, tgt, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	return p, b
}

// startDatabase starts PostgreSQL with the rows of the contract.
func startDatabase(t *testing.T, ctx context.Context, p *launch.Process, port int) launch.Instance {
	t.Helper()
	db, err := p.StartDatabase(ctx, launch.DatabaseSpec{
		Port: port, User: postgres.Admins, Password: postgres.Password, Name: postgres.Name, Settings: postgres.Settings(),
	})
	if err != nil {
		t.Fatal(err)
	}
	job, err := json.Marshal(run.Task{Database: &run.DatabaseTask{Port: port, Do: "prepare"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Agent(ctx, launch.AgentRun{Job: job}); err != nil {
		t.Fatal(err)
	}
	return db
}

func getRow(t *testing.T, address string, set model.DriverSet) (status int, body []byte) {
	t.Helper()
	client := http.Client{Timeout: 10 * time.Second}
	res, err := client.Get(fmt.Sprintf("http://%s%s/item?id=7", address, set))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if body, err = io.ReadAll(res.Body); err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, body
}

func eventually(holds func() bool) bool {
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if holds() {
			return true
		}
	}
	return false
}

// What go-server sends for a row is one statement in one exchange, of messages that a relay has decoded.
func TestRoundTripsAreCounted(t *testing.T) {
	needs(t, "go")
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	tgt := goServer(t, root)
	p, b := prepared(t, ctx, root, tgt)
	place := target.Placement{Port: nextPort(t)}
	db, err := run.StartDatabase(ctx, p, plan.Plan{Placement: place, Database: &scenario.Database{Image: "not used"}})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Stop(ctx)
	of, err := db.CountRoundTrips(ctx, p, b, tgt, place)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range of.Paths {
		if path.Request != "GET /db/item" {
			continue
		}
		n := path.Requests
		if path.Statements != 1 || path.RoundTrips != 1 || path.Frontend["Bind"] != n || path.Frontend["Parse"] != 0 || path.Backend["ReadyForQuery"] != n {
			t.Errorf("%+v", path)
		}
		return
	}
	t.Errorf("GET /db/item was not counted: %+v", of.Paths)
}

// Requests for twenty rows, and orders, are driven with every answer checked: a row that is not the contract's is found in the answers
// that have it.
func TestItemsAndOrdersAreDrivenAndChecked(t *testing.T) {
	needs(t, "go")
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	scenarios, err := scenario.LoadDir(filepath.Join(root, "scenarios"))
	if err != nil {
		t.Fatal(err)
	}
	named := func(id string) scenario.Scenario {
		return scenarios[slices.IndexFunc(scenarios, func(s scenario.Scenario) bool { return s.ID == id })]
	}
	items, orders := named("database-items"), named("database-orders")
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	tgt := goServer(t, root)
	p, b := prepared(t, ctx, root, tgt)
	port, dbPort := nextPort(t), nextPort(t)
	db := startDatabase(t, ctx, p, dbPort)
	defer db.Stop(ctx)
	inst, err := p.Launch(ctx, b, tgt, target.Placement{Port: port, Database: &target.Database{URL: postgres.URL(postgres.Servers, dbPort), PoolSize: items.Cells[0].PoolSize}})
	if err != nil {
		t.Fatal(err)
	}
	defer inst.Stop(ctx)
	drive := func(s scenario.Scenario) load.Result {
		t.Helper()
		body, err := json.Marshal(run.Task{Load: &load.Job{
			Engine: load.Native, Address: inst.Address(), Mode: s.Mode, Request: s.Request, Connections: s.Cells[0].Connections, Seed: 1,
			ConnectPerSecond: 1000, ConnectTimeout: 10 * time.Second, WarmUp: 200 * time.Millisecond, Window: time.Second, Drain: 2 * time.Second,
			RequestTimeout: 5 * time.Second, CPUs: 1,
		}})
		if err != nil {
			t.Fatal(err)
		}
		out, err := inst.Agent(ctx, launch.AgentRun{Job: body})
		if err != nil {
			t.Fatal(err)
		}
		var result load.Result
		if err := json.Unmarshal(out, &result); err != nil {
			t.Fatal(err)
		}
		if result.Failure != "" || result.Done == 0 {
			t.Fatalf("failure %q, %d answers", result.Failure, result.Done)
		}
		return result
	}
	if r := drive(items); r.Failed != 0 || r.BytesPerAnswer < 1000 {
		t.Errorf("%d of %d answers failed: %v; %g bytes each", r.Failed, r.Done, r.Errors, r.BytesPerAnswer)
	}
	admin, err := pgx.Connect(ctx, postgres.URL(postgres.Admins, dbPort))
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close(ctx)
	var sold, rows int64
	if r := drive(orders); r.Failed != 0 {
		t.Errorf("%d of %d orders failed: %v", r.Failed, r.Done, r.Errors)
	} else if err := admin.QueryRow(ctx, "SELECT sum(sold), count(*) FILTER (WHERE sold > 0) FROM item").Scan(&sold, &rows); err != nil || rows == 0 || sold < r.Done {
		t.Errorf("%d answered orders sold %d of %d rows (%v)", r.Done, sold, rows, err)
	}
	if _, err := admin.Exec(ctx, "UPDATE item SET price_cents = price_cents + 1 WHERE id < 1000"); err != nil { // one row in ten
		t.Fatal(err)
	}
	// An answer has twenty rows, so that one in eight has none of those: 0.9 to the power of 20. An order has three: 0.9 to the power of 3.
	for _, c := range []struct {
		of        scenario.Scenario
		low, high float64
	}{{items, 0.8, 0.95}, {orders, 0.2, 0.35}} {
		r := drive(c.of)
		if wrong := float64(r.Errors["wrong body"]) / float64(r.Failed+r.Done); wrong < c.low || wrong > c.high {
			t.Errorf("%s: %v of %d answers and %d right ones", c.of.ID, r.Errors, r.Failed, r.Done)
		}
	}
}
