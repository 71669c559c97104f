package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"

	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/probe"
	"github.com/assay-bench/assay/harness/target"
)

const (
	// wantedFiles are asked for where the host allows them: the most connections, and room.
	wantedFiles = 20_500
	// reservedFiles are what a process needs beside its connections.
	reservedFiles = 500
	// memoryBytes is what a placement names; processes are not held to it.
	memoryBytes = 4 << 30
)

// A bench is one run of the whole.
type bench struct {
	options
	servers   []*server
	generator generator
	wrkPath   string // "" to leave wrk out
	wrkScript string // path of report.lua
	stdout    io.Writer
	log       io.Writer
	results   *results
}

// benchmark makes everything ready, measures, and writes what came of it.
func benchmark(ctx context.Context, o options, stdout, stderr io.Writer) error {
	b := &bench{options: o, stdout: stdout, log: stderr, results: &results{}}
	if _, err := b.notes(); err != nil { // before anything is measured, not after it
		return err
	}
	place, err := b.place()
	if err != nil {
		return err
	}
	if err := b.findWrk(); err != nil {
		return err
	}
	launcher, err := launch.NewProcess(launch.Options{Root: o.root})
	if err != nil {
		return err
	}
	defer launcher.Close() // ends every server that still lives
	if _, err := launcher.Sweep(ctx); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "enginebench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if b.wrkScript, err = writeWrkReport(dir); err != nil {
		return err
	}
	m := maker{launcher: launcher, root: o.root, nginx: nginxPlaces(), dir: dir, place: place, log: stderr}
	var left []string
	if b.servers, left, err = m.makeAll(ctx, o); err != nil {
		return err
	}
	b.leave(left...)
	fmt.Fprintf(stderr, "measuring; servers on CPUs %s, generator on CPU %d\n",
		probe.FormatCPUList(place.TargetCPUs), b.generator.cpu)
	if err := b.measure(ctx, place); err != nil {
		return err
	}
	return b.tell()
}

// place decides where servers and generator run.
func (b *bench) place() (target.Placement, error) {
	if runtime.GOOS != "linux" {
		return target.Placement{}, errors.New("the native load engine needs Linux; there is nothing to compare here")
	}
	h := probe.ReadHost()
	cpus, cpu, err := b.cpus(h.UsableCPUs)
	if err != nil {
		return target.Placement{}, err
	}
	files := wantedFiles
	if h.OpenFilesHard > 0 {
		files = min(files, int(h.OpenFilesHard))
	}
	self, err := os.Executable()
	if err != nil {
		return target.Placement{}, err
	}
	b.generator = generator{self: self, cpu: cpu, openFiles: files}
	return target.Placement{
		TargetCPUs: cpus, LoadCPUs: []int{cpu}, MemoryBytes: memoryBytes, OpenFiles: files, Port: b.port,
	}, nil
}

func (b *bench) findWrk() (err error) {
	if b.withoutWrk {
		b.leave("wrk: --without-wrk")
		return nil
	}
	b.wrkPath, err = findWrk()
	return err
}

// measure does all of it, in order, and only fails when ctx ends.
func (b *bench) measure(ctx context.Context, place target.Placement) error {
	before, stealErr := probe.ReadHostSample()
	for _, connections := range closedLevels() {
		if err := b.closedLevel(ctx, connections); err != nil {
			return err
		}
	}
	if err := b.lateness(ctx); err != nil {
		return err
	}
	if err := b.connecting(ctx); err != nil {
		return err
	}
	after, err := probe.ReadHostSample()
	steal := -1.0
	if stealErr == nil && err == nil {
		steal = probe.Steal(append(slices.Clone(place.TargetCPUs), place.LoadCPUs...), before, after)
	}
	b.results.Environment = b.environment(ctx, place, steal)
	return nil
}

// most is how many connections the limit of open files allows.
func (b *bench) most() int { return max(0, b.generator.openFiles-reservedFiles) }

// allowed tells whether that many can be had, and notes it when not.
func (b *bench) allowed(connections int) bool {
	if connections <= b.most() {
		return true
	}
	b.leave(fmt.Sprintf("%s connections: a process may open %s files here",
		count(connections), count(b.generator.openFiles)))
	return false
}

// leave notes what is left out, once.
func (b *bench) leave(what ...string) {
	for _, text := range what {
		if !slices.Contains(b.results.Left, text) {
			b.results.Left = append(b.results.Left, text)
			fmt.Fprintln(b.log, "left out:", text)
		}
	}
}

// fail notes what could not be measured. It returns an error only when ctx is over: then nothing more can be.
func (b *bench) fail(ctx context.Context, what string, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	text := fmt.Sprintf("%s: %s", what, oneLine(err))
	b.results.Failed = append(b.results.Failed, text)
	fmt.Fprintln(b.log, "not measured:", text)
	return nil
}

// tell writes the document, and says how many things could not be measured.
func (b *bench) tell() error {
	notes, err := b.notes()
	if err != nil {
		return err
	}
	text := document(b.results, notes)
	fmt.Fprintf(b.stdout, "\n%s", wantedText(b.results))
	if b.out == "" {
		fmt.Fprintf(b.stdout, "\n%s", text)
	} else {
		if err := os.WriteFile(b.out, []byte(text), 0o644); err != nil {
			fmt.Fprintf(b.stdout, "\n%s", text) // what was measured is not lost
			return err
		}
		fmt.Fprintf(b.stdout, "\nwritten to %s\n", b.out)
	}
	if n := len(b.results.Failed); n > 0 {
		return fmt.Errorf("%d measurements could not be made; the first was %s", n, b.results.Failed[0])
	}
	return nil
}
