package defect

import (
	"context"
	"errors"
	"fmt"
	"github.com/assay-bench/assay/harness/mistake"
	"os"
	"os/exec"
	"strings"
	"time"
)

// edition is the Rust edition of all programs; goVersion the language version of the Go ones.
const (
	edition   = "2024"
	goVersion = "1.26.0"
)

// A Toolbox is the tools that look at the programs.
type Toolbox struct {
	staticcheck string // its path; the others are found in PATH
	versions    []mistake.Tool
	env         []string
}

const findTime = 5 * time.Minute // staticcheck may have to be built first

// FindTools finds the tools and asks for their versions. root is the checkout, whose go.mod says which staticcheck. A tool
// that is not there is an error that says what to install: a column left empty would look like a tool that found nothing.
func FindTools(ctx context.Context, root string) (Toolbox, error) {
	ctx, cancel := context.WithTimeout(ctx, findTime)
	defer cancel()
	t := Toolbox{env: toolEnv()}
	for _, need := range []struct{ name, install string }{
		{"go", "install Go " + goVersion + " or later, https://go.dev/dl"},
		{"cc", "install a C compiler such as gcc: Rust links with it, and Go's race detector is built with it"},
		{"rustc", "install Rust, https://rustup.rs"},
		{"clippy-driver", "run `rustup component add clippy`"},
	} {
		if _, err := exec.LookPath(need.name); err != nil {
			return t, fmt.Errorf("%s is not in PATH; %s", need.name, need.install)
		}
	}
	path, err := t.ask(ctx, root, "go", "tool", "-n", "staticcheck")
	if err != nil {
		return t, fmt.Errorf("staticcheck: %w; run `go mod download` in the checkout, whose go.mod names it as a tool", err)
	}
	t.staticcheck = path
	for _, v := range []struct {
		name string
		args []string
	}{
		{"go", []string{"go", "env", "GOVERSION"}}, {"staticcheck", []string{path, "-version"}},
		{"rustc", []string{"rustc", "--version"}}, {"clippy", []string{"clippy-driver", "--version"}},
	} {
		said, err := t.ask(ctx, root, v.args...)
		if err != nil {
			return t, fmt.Errorf("%s does not say its version: %w; is it installed whole?", v.name, err)
		}
		t.versions = append(t.versions, mistake.Tool{Name: v.name, Version: said})
	}
	return t, nil
}

// ask runs a tool and returns the first line that it prints.
func (t Toolbox) ask(ctx context.Context, dir string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir, cmd.Env = dir, t.env
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return "", fmt.Errorf("%w: %s", err, firstLine(string(exit.Stderr)))
	}
	return firstLine(string(out)), err
}

// toolEnv is the environment of compilers and linters: the caller's, which says where their caches are, without what
// would change their answers, and without the network.
func toolEnv() []string {
	var env []string
	for _, v := range os.Environ() {
		name, _, _ := strings.Cut(v, "=")
		switch name {
		case "GOFLAGS", "GOWORK", "GOPROXY", "GOTOOLCHAIN", "GO111MODULE", "GOEXPERIMENT", "GODEBUG", "CGO_ENABLED", "GOOS", "GOARCH", "RUSTFLAGS", "CLIPPY_ARGS", "CLIPPY_CONF_DIR", "LANG", "LC_ALL":
		default:
			env = append(env, v)
		}
	}
	return append(env, "GOFLAGS=-mod=readonly", "GOWORK=off", "GOPROXY=off", "GOTOOLCHAIN=local", "CGO_ENABLED=1", "LC_ALL=C")
}

// programEnv is the environment of the programs under study.
func programEnv(dir string) []string {
	return []string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "TMPDIR=" + dir, "LC_ALL=C", "RUST_BACKTRACE=0", "GORACE=halt_on_error=1 exitcode=66"}
}
