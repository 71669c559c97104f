package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"testing"
)

// Flags of `go test ./harness/cmd/assay -args`.
var (
	update = flag.Bool("update", false, "write golden files and the expectations of scripts anew")
	record = flag.Bool("record", false, "measure testdata/chained anew by a real run")
)

// built is what the tests share: the static binary, and a checkout whose servers are
// built. Nothing changes it after TestMain; a test that wants changes makes its own.
var built struct {
	binary   string
	checkout string
}

// settledTrials counts what lab.settled saw in all tests: the runs, and in them the trials that were ok. One run may have none.
var settledTrials struct{ runs, ok atomic.Int64 }

// enoughRuns are so many that all of their trials are rejected only where something is wrong.
const enoughRuns = 4

func TestMain(m *testing.M) {
	flag.Parse()
	if err := waitSideBySide(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(runTests(m))
}

// waitSideBySide lets more tests run at a time than there are CPUs, unless -parallel says
// how many: most of their time is spent waiting for a trial's window to end.
func waitSideBySide() error {
	asked := false
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == "test.parallel" })
	if asked {
		return nil
	}
	return flag.Set("test.parallel", "4")
}

func runTests(m *testing.M) int {
	dir, err := os.MkdirTemp("", "assay-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	built.binary, built.checkout = filepath.Join(dir, "assay"), filepath.Join(dir, "checkout")
	if err := errors.Join(build(built.binary, "."), makeCheckout(built.checkout)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	code := m.Run()
	if runs := settledTrials.runs.Load(); runs >= enoughRuns && settledTrials.ok.Load() == 0 {
		fmt.Fprintf(os.Stderr, "not one trial of %d runs was ok: a busy host may reject some, but not all of them\n", runs)
		return 1
	}
	return code
}

// build compiles the program in dir as the Makefile does.
func build(binary, dir string) error {
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-o", binary, ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build in %s: %w\n%s", dir, err, out)
	}
	return nil
}

// makeCheckout makes a checkout with tiny scenarios and two servers, both of go-server's
// source, so that no Rust is built and each trial takes about a second.
func makeCheckout(dir string) error {
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "checkout"))); err != nil {
		return err
	}
	targets := filepath.Join("..", "..", "..", "targets")
	if err := os.CopyFS(filepath.Join(dir, "targets", "contract"), os.DirFS(filepath.Join(targets, "contract"))); err != nil {
		return err
	}
	for _, id := range []string{"first", "second"} {
		to := filepath.Join(dir, "targets", id)
		if err := copyFiles(to, filepath.Join(targets, "go-server", "*.go"), filepath.Join(targets, "go-server", "go.*")); err != nil {
			return err
		}
		// Built as target.toml says: what a run builds then is up to date.
		if err := build(filepath.Join("bin", "server"), to); err != nil {
			return err
		}
		// The image is made of this one, since it needs no image to build in then.
		if err := copyFiles(filepath.Join(to, "prebuilt"), filepath.Join(to, "bin", "server")); err != nil {
			return err
		}
	}
	return nil
}

// copyFiles copies the files that the patterns match, tests left out.
func copyFiles(to string, patterns ...string) error {
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	for _, pattern := range patterns {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			return fmt.Errorf("no file %s: %w", pattern, err)
		}
		for _, name := range names {
			if isTest, _ := filepath.Match("*_test.go", filepath.Base(name)); isTest {
				continue
			}
			body, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Join(to, filepath.Base(name)), body, 0o755); err != nil {
				return err
			}
		}
	}
	return nil
}
