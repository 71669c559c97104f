package demo

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/assay-bench/assay/harness/limited"
	"github.com/assay-bench/assay/harness/trial"
)

const (
	rounds = 10 // processes of each program; at least verdict's minimum
	builds = 5  // pairs of clean builds, after one that is discarded
)

// Together builds the program of a folder like scenarios/together without and with its part in Rust, and runs it. The error
// is the harness's, or that of a folder that cannot be taken; what is wrong with tools or programs stands in the result.
func Together(ctx context.Context, folder string) (_ trial.Together, err error) {
	if err := checkFolder(folder, "go.mod", "main.go", "rust/lib.rs", "rust/main.rs"); err != nil {
		return trial.Together{}, err
	}
	if why := missing(limited.Go(), limited.Rust(), limited.C()); why != "" {
		return trial.Together{Missing: why}, nil
	}
	w, closeShop, err := openWorkshop(ctx, folder)
	if err != nil {
		return trial.Together{}, err
	}
	defer func() { err = errors.Join(err, closeShop()) }()
	out := trial.Together{Tools: w.versions([]string{"go", "version"}, []string{"rustc", "--version"}, []string{"cc", "--version"})}
	w.buildPairs(&out)
	w.timeCalls(&out)
	if w.failed != "" {
		return trial.Together{Failed: w.failed, Tools: out.Tools}, nil
	}
	return out, w.err
}

// buildPairs builds both programs again and again. The first pair, for which the standard library may have to be compiled, is
// discarded.
func (w *workshop) buildPairs(out *trial.Together) {
	for n := range builds + 1 {
		pair := trial.PairOfBuilds{WithoutSeconds: w.buildWithout(n), WithSeconds: w.buildWith(n)}
		if w.stopped() {
			return
		}
		if n > 0 {
			out.Builds = append(out.Builds, pair)
		}
	}
	out.BytesWithout, out.BytesWith = w.size(withoutRust(builds)), w.size(withRust(builds))
}

func withoutRust(n int) string { return "without-" + strconv.Itoa(n) }
func withRust(n int) string    { return "with-" + strconv.Itoa(n) }

func (w *workshop) buildWithout(n int) float64 {
	w.stamp("without", n)
	return w.must("go", "build", "-o", withoutRust(n), ".").Took.Seconds()
}

func (w *workshop) buildWith(n int) float64 {
	w.stamp("with", n)
	library := w.must("rustc", "--edition", rustEdition, "--crate-type", "staticlib", "-C", "opt-level=3", "-o", "libtogether.a", filepath.Join("rust", "lib.rs"))
	program := w.must("go", "build", "-tags", "rust", "-o", withRust(n), ".")
	return (library.Took + program.Took).Seconds()
}

// stamp makes the program another one than it was in any build before, so that Go's cache has nothing of it.
func (w *workshop) stamp(what string, n int) {
	if w.stopped() {
		return
	}
	text := fmt.Sprintf("package main\n\n// Build is this build's own.\nvar Build = %q\n", fmt.Sprint(filepath.Base(w.dir), " ", what, " ", n))
	w.err = os.WriteFile(filepath.Join(w.src(), "zz_build.go"), []byte(text), 0o644)
}

func (w *workshop) size(binary string) int64 {
	if w.stopped() {
		return 0
	}
	var info os.FileInfo
	if info, w.err = os.Stat(filepath.Join(w.src(), binary)); w.err != nil {
		return 0
	}
	return info.Size()
}

// timeCalls runs the program with its part in Rust and the one that is all Rust, in turn.
func (w *workshop) timeCalls(out *trial.Together) {
	w.must("rustc", "--edition", rustEdition, "-C", "opt-level=3", "-o", "alone", filepath.Join("rust", "main.rs"))
	for round := 1; round <= rounds; round++ {
		both, _ := w.start(withRust(builds), strconv.Itoa(round))
		alone, ok := w.start("alone")
		if !ok {
			return
		}
		calls, err := readCalls(round, both.Stdout+alone.Stdout)
		if err == nil && round > 1 {
			err = sameWorks(out.Calls[:len(calls)], calls)
		}
		if err != nil {
			w.failed = err.Error()
			return
		}
		out.Calls = append(out.Calls, calls...)
	}
}
