package launch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/assay-bench/assay/harness/target"
)

// Process launches targets and agents as child processes. Use NewProcess.
type Process struct {
	root     string
	agent    string // path of the assay binary
	stateDir string
	me       Owner
	children *nursery
}

var _ Launcher = (*Process)(nil)

// NewProcess returns a launcher of plain processes. It fails when the state directory
// cannot be used.
func NewProcess(opts Options) (*Process, error) {
	agent, err := agentBinary(opts)
	if err != nil {
		return nil, err
	}
	root, err := filepath.Abs(opts.Root)
	if err != nil {
		return nil, err
	}
	me, err := self()
	if err != nil {
		return nil, err
	}
	stateDir, err := openStateDir(opts.StateDir)
	if err != nil {
		return nil, err
	}
	children, err := newNursery(stateDir, me)
	if err != nil {
		return nil, err
	}
	return &Process{root: root, agent: agent, stateDir: stateDir, me: me, children: children}, nil
}

// agentBinary returns the absolute path of the binary that hosts agent and shim.
func agentBinary(opts Options) (string, error) {
	if opts.AgentBinary != "" {
		return filepath.Abs(opts.AgentBinary)
	}
	path, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("find the running binary: %w; name it by --agent-binary", err)
	}
	return path, nil
}

// Name is "process".
func (p *Process) Name() string { return "process" }

// Describe says what processes cannot do here.
func (p *Process) Describe() string { return "plain processes: " + processLimits }

// Sweep ends the processes and removes the files of owners that are gone.
func (p *Process) Sweep(ctx context.Context) ([]string, error) {
	removed, err := sweepStateDir(ctx, p.stateDir, p.me)
	databases, dbErr := sweepDatabases(p.me)
	return append(removed, databases...), errors.Join(err, dbErr)
}

// Close kills what still runs and removes the launcher's files.
func (p *Process) Close() error { return p.children.close() }

// Prepare runs the target's build command in its directory. It runs every time: the
// compiler knows best what is still up to date.
func (p *Process) Prepare(ctx context.Context, t target.Target, log io.Writer) (Build, error) {
	if t.BuiltIn {
		return ownBinary(p.agent, t)
	}
	if len(t.Build.Command) == 0 || t.Build.Binary == "" {
		return Build{}, fmt.Errorf("%s has no build command or no binary in its target.toml", t.ID)
	}
	src, err := listSource(p.root, t)
	if err != nil {
		return Build{}, err
	}
	hash, err := src.hash()
	if err != nil {
		return Build{}, err
	}
	amount, err := src.count(t.Language, t.Uncounted())
	if err != nil {
		return Build{}, err
	}
	binary := filepath.Join(src.dir, filepath.FromSlash(t.Build.Binary))
	before, _, err := fileDigest(binary)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return Build{}, fmt.Errorf("build %s: %w", t.ID, err)
	}
	started := time.Now()
	if err := p.runBuild(ctx, t, buildCommand(t, src.dir), log); err != nil {
		return Build{}, err
	}
	sum, size, err := fileDigest(binary)
	if err != nil {
		return Build{}, fmt.Errorf("build %s: the command succeeded but left no binary: %w", t.ID, err)
	}
	return Build{
		TargetID: t.ID, Ref: binary, SHA256: sum, Bytes: size, Binary: size, SourceHash: hash,
		Took: time.Since(started), Cached: sum == before, Source: amount,
	}, nil
}

// ownBinary is the build of a target that is a part of this program.
func ownBinary(path string, t target.Target) (Build, error) {
	sum, size, err := fileDigest(path)
	if err != nil {
		return Build{}, fmt.Errorf("read the binary of %s: %w", t.ID, err)
	}
	return Build{TargetID: t.ID, Ref: path, Args: []string{t.ID}, SHA256: sum, Bytes: size, SourceHash: sum, Cached: true}, nil
}

// buildCommand is the manifest's build command, to be run in a folder with the target's source.
func buildCommand(t target.Target, dir string) *exec.Cmd {
	cmd := exec.Command(t.Build.Command[0], t.Build.Command[1:]...)
	cmd.Dir, cmd.Env = dir, os.Environ()
	for key, value := range t.Build.Env {
		cmd.Env = append(cmd.Env, key+"="+value)
	}
	return cmd
}

// runBuild runs a build command and waits for it.
func (p *Process) runBuild(ctx context.Context, t target.Target, cmd *exec.Cmd, log io.Writer) error {
	var last tail
	output := io.MultiWriter(log, &last)
	cmd.Stdout, cmd.Stderr = output, output
	r, err := p.children.start(cmd, "build of "+t.ID)
	if errors.Is(err, exec.ErrNotFound) {
		return fmt.Errorf("build %s: %w; install it, or use --runtime docker", t.ID, err)
	}
	if err != nil {
		return fmt.Errorf("build %s: %w", t.ID, err)
	}
	if err := r.wait(ctx); err != nil {
		return fmt.Errorf("build %s: %w", t.ID, err)
	}
	if !r.exit.clean() {
		exit := r.exit
		exit.LogTail = last.String()
		return &ExitError{Who: fmt.Sprintf("build of %s (%s)", t.ID, strings.Join(t.Build.Command, " ")), Exit: exit}
	}
	return nil
}
