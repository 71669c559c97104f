package launch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/assay-bench/assay/harness/target"
)

// databaseDirPrefix begins the names of the directories that hold a database's files. They are beside the state directory,
// not in it: that one is closed to the user that PostgreSQL runs as where this program is root.
const databaseDirPrefix = "assay-postgres-"

// initialDatabase is what initdb makes.
const initialDatabase = "postgres"

// FindDatabase says in an error that the host has no PostgreSQL and what to do about it.
func (p *Process) FindDatabase(context.Context, string) error {
	_, err := FindPostgres()
	return err
}

// FindPostgres is the directory with PostgreSQL's binaries: the one on PATH, else the newest where Debian and its kin put
// them.
func FindPostgres() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil && isFile(filepath.Join(filepath.Dir(real), "postgres")) {
			return filepath.Dir(real), nil
		}
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if err != nil {
		return "", err
	}
	major := func(path string) int {
		n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path)))) // what is no number comes last
		return n
	}
	slices.SortFunc(found, func(a, b string) int { return major(b) - major(a) })
	for _, f := range found {
		if dir := filepath.Dir(f); isFile(filepath.Join(dir, "initdb")) {
			return dir, nil
		}
	}
	return "", errors.New("no PostgreSQL was found on PATH or in /usr/lib/postgresql/*/bin; install PostgreSQL's server, or use --runtime docker")
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// StartDatabase makes a database in a temporary directory with the host's binaries and starts its server, as an
// unprivileged user: PostgreSQL refuses root.
func (p *Process) StartDatabase(ctx context.Context, spec DatabaseSpec) (Instance, error) {
	bin, err := FindPostgres()
	if err != nil {
		return nil, err
	}
	if spec.Name != initialDatabase {
		return nil, fmt.Errorf("a new server has the database %s alone, not %s", initialDatabase, spec.Name)
	}
	if err := CheckPort(ctx, spec.Port); err != nil {
		return nil, err
	}
	as, err := unprivileged()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", databaseDirPrefix+p.me.String()+"-")
	if err != nil {
		return nil, fmt.Errorf("make a directory for the database: %w", err)
	}
	i := &databaseProcess{dir: dir}
	if err := p.startPostgres(ctx, i, bin, as, spec); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return i, nil
}

func (p *Process) startPostgres(ctx context.Context, i *databaseProcess, bin string, as *credential, spec DatabaseSpec) error {
	secret := filepath.Join(i.dir, "password")
	if err := os.WriteFile(secret, []byte(spec.Password), 0o600); err != nil {
		return fmt.Errorf("make the database: %w", err)
	}
	if as != nil {
		if err := errors.Join(os.Chown(i.dir, as.uid, as.gid), os.Chown(secret, as.uid, as.gid)); err != nil {
			return fmt.Errorf("make the database: %w", err)
		}
	}
	data := filepath.Join(i.dir, "data")
	if err := p.toTheEnd(ctx, "initdb", spec, as, filepath.Join(bin, "initdb"), "-D", data, "-U", spec.User, "--pwfile", secret,
		"-A", "scram-sha-256", "-E", "UTF8", "--locale", "C", "--no-sync", "--no-instructions"); err != nil {
		return err
	}
	output := new(tail)
	cmd := p.postgresCommand(spec, as, append([]string{filepath.Join(bin, "postgres"), "-D", data, "-p", strconv.Itoa(spec.Port),
		// Nobody asks for a socket in the file system, whose path would be too long where temporary directories have long names.
		"-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="}, spec.arguments()...)...)
	cmd.Stdout, cmd.Stderr = output, output
	child, err := p.children.start(cmd, databaseID)
	if err != nil {
		return fmt.Errorf("start %s: %w", databaseID, err)
	}
	i.processInstance = &processInstance{
		launcher: p, targetID: databaseID, child: child, output: output, exited: make(chan Exit, 1),
		placement: target.Placement{Port: spec.Port, LoadCPUs: spec.LoadCPUs, OpenFiles: spec.OpenFiles},
	}
	i.stop = onceFunc(i.end)
	go i.watch() // ends with the child, which Stop and Close end
	if err := i.waitListening(ctx); err != nil {
		_, stopErr := i.Stop(canceled())
		return errors.Join(err, stopErr)
	}
	return nil
}

// toTheEnd runs one of PostgreSQL's programs until it ends.
func (p *Process) toTheEnd(ctx context.Context, name string, spec DatabaseSpec, as *credential, command ...string) error {
	output := new(tail)
	cmd := p.postgresCommand(spec, as, command...)
	cmd.Stdout, cmd.Stderr = output, output
	child, err := p.children.start(cmd, name)
	if err != nil {
		return fmt.Errorf("start %s: %w", name, err)
	}
	if err := child.wait(ctx); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if !child.exit.clean() {
		exit := child.exit
		exit.LogTail = output.String()
		return &ExitError{Who: name, When: "before the database was made", Exit: exit}
	}
	return nil
}

func (p *Process) postgresCommand(spec DatabaseSpec, as *credential, command ...string) *exec.Cmd {
	cmd := exec.Command(p.agent, shimCommandAs(as, spec.CPUs, spec.OpenFiles, os.Getpid(), command...)...)
	cmd.Dir = "/"
	cmd.Env = []string{"LC_ALL=C", "PATH=" + os.Getenv("PATH")}
	return cmd
}

// A credential is a user and a group by number.
type credential struct{ uid, gid int }

// unprivileged is whom PostgreSQL runs as: nil for the user that runs this program, unless that is root.
func unprivileged() (*credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.Atoi(u.Uid)
		gid, gidErr := strconv.Atoi(u.Gid)
		if uidErr == nil && gidErr == nil && uid != 0 {
			return &credential{uid, gid}, nil
		}
	}
	return nil, errors.New("PostgreSQL does not run as root, and there is neither a user postgres nor nobody to run it as; run assay as another user")
}

// databaseProcess is a database's server that runs as a child process.
type databaseProcess struct {
	*processInstance
	dir string // goes with it
}

// waitListening polls the port until the server takes connections, ends, or takes too long.
func (i *databaseProcess) waitListening(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(ctx, databaseGrace, fmt.Errorf("it did not listen on port %d within %v", i.placement.Port, databaseGrace))
	defer cancel()
	ticker := time.NewTicker(pollEvery)
	defer ticker.Stop()
	for !accepts(i.Address()) {
		select {
		case <-i.child.done:
			return &ExitError{Who: databaseID, When: "while starting", Exit: i.finalExit()}
		case <-ctx.Done():
			return fmt.Errorf("start %s: %w; its last output:\n%s", databaseID, context.Cause(ctx), i.output)
		case <-ticker.C:
		}
	}
	return nil
}

func accepts(address string) bool {
	conn, err := net.DialTimeout("tcp4", address, time.Second)
	if err != nil {
		return false
	}
	return conn.Close() == nil
}

// end shuts the server down, connections or not, and removes its files.
func (i *databaseProcess) end(ctx context.Context) error {
	i.stopping.Store(true)
	// SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for its clients.
	if err := syscall.Kill(i.child.pid, syscall.SIGINT); err == nil {
		select {
		case <-i.child.done:
		case <-ctx.Done():
		case <-time.After(StopGrace):
		}
	}
	return errors.Join(i.child.stop(canceled(), 0), os.RemoveAll(i.dir))
}

// Stop ends the server.
func (i *databaseProcess) Stop(ctx context.Context) (Exit, error) {
	if err := i.stop(ctx); err != nil {
		return Exit{}, fmt.Errorf("stop %s: %w", databaseID, err)
	}
	return i.finalExit(), nil
}

// sweepDatabases removes the files of databases whose owners are gone. Their servers were noted as children, and are ended
// before.
func sweepDatabases(me Owner) (removed []string, err error) {
	found, err := filepath.Glob(filepath.Join(os.TempDir(), databaseDirPrefix+"*"))
	if err != nil {
		return nil, err
	}
	var errs []error
	for _, dir := range found {
		name, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(dir), databaseDirPrefix), "-")
		owner, err := ParseOwner(name)
		info, statErr := os.Lstat(dir)
		if err != nil || statErr != nil || !info.IsDir() || !owner.goneFor(me) {
			continue // not ours to judge, or its owner lives
		}
		if err := os.RemoveAll(dir); err != nil {
			errs = append(errs, fmt.Errorf("sweep: %w", err))
			continue
		}
		removed = append(removed, fmt.Sprintf("the database of process %d, which is gone", owner.PID))
	}
	return removed, errors.Join(errs...)
}
