package run

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"

	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/model"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/postgres"
	"github.com/assay-bench/assay/harness/roundtrips"
	"github.com/assay-bench/assay/harness/target"
)

// provingPool is the pool of a target whose answers are checked; where messages are counted it has one connection, so that
// each belongs to a request.
const provingPool = 4

// A Database is PostgreSQL beside the targets, for as long as a run lasts. It serves one trial at a time.
type Database struct {
	Facts postgres.Facts

	inst  launch.Instance
	port  int
	relay int // port of the relay, while messages are counted
}

// A DatabaseTask is what the agent does to the database itself.
type DatabaseTask struct {
	Port int    `json:"port"`
	Do   string `json:"do"` // doPrepare or doReset
}

const (
	doPrepare = "prepare" // schema and rows; the result is postgres.Facts
	doReset   = "reset"   // nothing sold, no dead rows, all on disk
)

// StartDatabase starts the plan's database and makes its rows. Whoever starts it stops it.
func StartDatabase(ctx context.Context, l launch.Launcher, p plan.Plan) (*Database, error) {
	port, relay, err := databasePorts(ctx, l)
	if err != nil {
		return nil, err
	}
	beside := p.Placement.BesideDatabase(target.Database{})
	inst, err := l.StartDatabase(ctx, launch.DatabaseSpec{
		Image: p.Database.Image, CPUs: p.Placement.DatabaseCPUs, LoadCPUs: beside.LoadCPUs, OpenFiles: p.Placement.OpenFiles, Port: port,
		User: postgres.Admins, Password: postgres.Password, Name: postgres.Name, Settings: postgres.Settings(),
	})
	if err != nil {
		return nil, fmt.Errorf("start the database: %w", err)
	}
	d := &Database{inst: inst, port: port, relay: relay}
	if err := d.ask(ctx, Task{Database: &DatabaseTask{Port: port, Do: doPrepare}}, &d.Facts); err != nil {
		return nil, errors.Join(fmt.Errorf("make the rows of the database: %w", err), d.Stop(ctx))
	}
	return d, nil
}

// databasePorts are any in a namespace of our own, free ones where the host's loopback is shared.
func databasePorts(ctx context.Context, l launch.Launcher) (database, relay int, err error) {
	if l.Name() == "docker" {
		return 5432, 5433, nil
	}
	var ports [2]int
	for i := range ports {
		var config net.ListenConfig
		free, err := config.Listen(ctx, "tcp4", "127.0.0.1:0")
		if err != nil {
			return 0, 0, fmt.Errorf("find a port for the database: %w", err)
		}
		defer free.Close() // both are held until both are known
		ports[i] = free.Addr().(*net.TCPAddr).Port
	}
	return ports[0], ports[1], nil
}

// Beside is the placement of a target that may open so many connections to the database. A nil database is none.
func (d *Database) Beside(place target.Placement, pool int) target.Placement {
	if d == nil || pool == 0 {
		return place
	}
	return d.at(place, d.port, pool)
}

func (d *Database) at(place target.Placement, port, pool int) target.Placement {
	return place.BesideDatabase(target.Database{ContainerID: d.inst.ContainerID(), URL: postgres.URL(postgres.Servers, port), PoolSize: pool})
}

// Reset brings the rows to where they began, for the next trial.
func (d *Database) Reset(ctx context.Context) error {
	if err := d.ask(ctx, Task{Database: &DatabaseTask{Port: d.port, Do: doReset}}, new(postgres.Facts)); err != nil {
		return fmt.Errorf("bring the database back to where it began: %w", err)
	}
	return nil
}

// Stop ends the database and removes what it held.
func (d *Database) Stop(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	_, err := d.inst.Stop(ctx)
	return err
}

// CountRoundTrips starts a target beside the database and counts what each of its database paths sends.
func (d *Database) CountRoundTrips(ctx context.Context, l launch.Launcher, b launch.Build, t target.Target, place target.Placement) (of roundtrips.Of, err error) {
	of.Target = t.ID
	inst, err := l.Launch(ctx, b, t, d.at(place, d.relay, 1))
	if err != nil {
		return of, err
	}
	defer func() {
		stopCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
		defer cancel()
		_, stopErr := inst.Stop(stopCtx)
		err = errors.Join(err, stopErr)
	}()
	job := roundtrips.Job{Address: inst.Address(), RelayPort: d.relay, DatabasePort: d.port, Sets: DriverSets(t)}
	if err := d.ask(ctx, Task{Count: &job}, &of.Paths); err != nil {
		return of, err
	}
	return of, nil
}

// DriverSets are those that a target provides; none without a database.
func DriverSets(t target.Target) []model.DriverSet {
	var sets []model.DriverSet
	for _, s := range model.DriverSets() {
		if t.Does(target.HasDatabase) && (!s.IsBlocking() || t.Does(target.HasBlockingDatabase)) {
			sets = append(sets, s)
		}
	}
	return sets
}

// ask has an agent beside the database do the task.
func (d *Database) ask(ctx context.Context, t Task, result any) error {
	body, err := json.Marshal(t)
	if err != nil {
		return err
	}
	out, err := d.inst.Agent(ctx, launch.AgentRun{Job: body})
	if err != nil {
		return err
	}
	if err := json.Unmarshal(out, result); err != nil {
		return fmt.Errorf("the agent's result: %w", err)
	}
	return nil
}

// do is the agent's part.
func (t DatabaseTask) do(ctx context.Context) (facts postgres.Facts, err error) {
	admin, err := postgres.Open(ctx, t.Port)
	if err != nil {
		return facts, err
	}
	defer func() { err = errors.Join(err, admin.Close(context.WithoutCancel(ctx))) }()
	switch t.Do {
	case doPrepare:
		if err := admin.Prepare(ctx); err != nil {
			return facts, err
		}
		return admin.Facts(ctx)
	case doReset:
		return facts, admin.Reset(ctx)
	}
	return facts, fmt.Errorf("the job file asks for an unknown task of the database, %q", t.Do)
}
