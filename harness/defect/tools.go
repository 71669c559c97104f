package defect

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"time"

	"github.com/assay-bench/assay/harness/limited"
	"github.com/assay-bench/assay/harness/mistake"
)

// edition is the Rust edition of all programs; package limited has the language version of the Go ones.
const edition = "2024"

// A Toolbox is the tools that look at the programs.
type Toolbox struct {
	staticcheck string // its path; the others are found in PATH
	versions    []mistake.Tool
	env         []string
}

const findTime = 5 * time.Minute // staticcheck may have to be built first

// FindTools finds the tools and asks for their versions. root is the checkout, whose go.mod says which staticcheck. A tool
// that is not there is a [MissingError] that says what to install: a column left empty would look like a tool that found nothing.
func FindTools(ctx context.Context, root string) (Toolbox, error) {
	ctx, cancel := context.WithTimeout(ctx, findTime)
	defer cancel()
	t := Toolbox{env: limited.ToolEnv()}
	for _, need := range []limited.Need{limited.Go(), limited.C(), limited.Rust(), {Name: "clippy-driver", Install: "run `rustup component add clippy`"}} {
		if why := need.Missing(); why != "" {
			return t, MissingError(why)
		}
	}
	lint := Toolbox{env: append(slices.Clone(t.env), "CGO_ENABLED=0", "GOFLAGS=-mod=readonly -trimpath")} // as `make lint` builds it
	path, err := lint.ask(ctx, root, "go", "tool", "-n", "staticcheck")
	if err != nil {
		return t, MissingError(fmt.Sprintf("staticcheck: %v; run `go mod download` in the checkout, whose go.mod names it as a tool", err))
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

// A MissingError is a tool that is not on this host, and what to do.
type MissingError string

func (e MissingError) Error() string { return string(e) }

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

// programEnv is the environment of the programs under study.
func programEnv(dir string) []string {
	return append(limited.ProgramEnv(dir), "GORACE=halt_on_error=1 exitcode=66")
}
