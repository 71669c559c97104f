package launch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/assay-bench/assay/harness/target"
)

// A Workshop is a copy of a target's source, built there with nothing from earlier builds and without the network. The
// checkout is not touched.
type Workshop interface {
	// Build runs the manifest's build command on all CPUs given. The first one is clean, further ones find what the one
	// before left. Took is the command's time alone. It may be launched until Close.
	Build(ctx context.Context) (Build, error)
	// Edit makes the manifest's edit in the copy.
	Edit() error
	// Close removes the copy with all that was built.
	Close() error
}

// workshop is a Workshop whose builds are child processes.
type workshop struct {
	launcher *Process
	target   target.Target
	cpus     []int
	dir      string // temporary; holds the copy and the compiler's cache
}

// Workshop copies a target's source. Prepare has to have built the target before: that downloaded what it depends on.
func (p *Process) Workshop(t target.Target, cpus []int) (Workshop, error) {
	listed, err := listSource(p.root, t)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(p.children.notes.dir, "workshop-")
	if err != nil {
		return nil, fmt.Errorf("make a directory to build %s in: %w", t.ID, err)
	}
	w := &workshop{launcher: p, target: t, cpus: cpus, dir: dir}
	if err := listed.copyTo(w.source()); err != nil {
		return nil, fmt.Errorf("copy the source of %s: %w", t.ID, errors.Join(err, w.Close()))
	}
	return w, nil
}

func (w *workshop) source() string { return filepath.Join(w.dir, "source") }

func (w *workshop) Build(ctx context.Context) (Build, error) {
	cmd, err := w.command()
	if err != nil {
		return Build{}, err
	}
	started := time.Now()
	if err := w.launcher.runBuild(ctx, w.target, cmd, io.Discard); err != nil {
		return Build{}, err
	}
	took := time.Since(started)
	binary := filepath.Join(w.source(), filepath.FromSlash(w.target.Build.Binary))
	sum, size, err := fileDigest(binary)
	if err != nil {
		return Build{}, fmt.Errorf("build %s: the command succeeded but left no binary: %w", w.target.ID, err)
	}
	return Build{TargetID: w.target.ID, Ref: binary, SHA256: sum, Bytes: size, Binary: size, Took: took}, nil
}

// command is the build command behind the shim, which puts it on the CPUs: this process may be confined to some of them.
func (w *workshop) command() (*exec.Cmd, error) {
	cmd := buildCommand(w.target, w.source())
	if cmd.Err != nil {
		return nil, fmt.Errorf("build %s: %w; install it", w.target.ID, cmd.Err)
	}
	env := apart(cmd.Env, filepath.Join(w.dir, "go-cache"))
	cmd = exec.Command(w.launcher.agent, shimCommand(w.cpus, 0, os.Getpid(), append([]string{cmd.Path}, w.target.Build.Command[1:]...)...)...)
	cmd.Dir, cmd.Env = w.source(), env
	return cmd, nil
}

// apart takes out of an environment what would bring in earlier builds or a compiler's cache, and turns the network off for
// the tools that know how.
func apart(env []string, goCache string) []string {
	taken := []string{"CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR", "CARGO_BUILD_BUILD_DIR", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER",
		"CARGO_BUILD_RUSTC_WRAPPER", "CARGO_NET_OFFLINE", "GOCACHE", "GOCACHEPROG", "GOPROXY"}
	env = slices.DeleteFunc(slices.Clone(env), func(entry string) bool {
		name, _, _ := strings.Cut(entry, "=")
		return slices.Contains(taken, name)
	})
	return append(env, "CARGO_NET_OFFLINE=true", "GOCACHE="+goCache, "GOPROXY=off")
}

func (w *workshop) Edit() error {
	e := w.target.Build.Edit
	if e == nil {
		return fmt.Errorf("the target.toml of %s has no [build.edit]", w.target.ID)
	}
	name := filepath.Join(w.source(), filepath.FromSlash(e.File))
	body, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("edit %s: %w", w.target.ID, err)
	}
	if n := strings.Count(string(body), e.From); n != 1 {
		return fmt.Errorf("edit %s: %q stands in %s %d times, not once; correct [build.edit] of its target.toml", w.target.ID, e.From, e.File, n)
	}
	info, err := os.Stat(name)
	if err != nil {
		return fmt.Errorf("edit %s: %w", w.target.ID, err)
	}
	if err := os.WriteFile(name, []byte(strings.Replace(string(body), e.From, e.To, 1)), info.Mode().Perm()); err != nil {
		return fmt.Errorf("edit %s: %w", w.target.ID, err)
	}
	return nil
}

func (w *workshop) Close() error {
	if err := os.RemoveAll(w.dir); err != nil {
		return fmt.Errorf("remove the copy of %s: %w", w.target.ID, err)
	}
	return nil
}
