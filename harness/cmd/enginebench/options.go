package main

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/assay-bench/assay/harness/probe"
)

// options are what can be asked of a run.
type options struct {
	root, out    string
	quick        bool
	withoutWrk   bool
	only         []string
	pairs        int
	window       time.Duration // of a closed-loop measurement; whole seconds, since wrk takes no others
	port         int           // of the first server; the next ones take the ports behind it
	serverCPUs   string
	generatorCPU int // -1: the last one that is not the servers'

	servers     []string // of only; empty: all
	connections []int    // of only; empty: all
}

func defaultOptions() *options {
	return &options{root: ".", pairs: 8, window: 2 * time.Second, port: 18080, generatorCPU: -1}
}

func (o *options) flags(f *pflag.FlagSet) {
	f.StringVar(&o.root, "root", o.root, "the checkout")
	f.StringVar(&o.out, "out", o.out, "file to write (default: docs/engine-bench.md; with --quick or --only none)")
	f.BoolVar(&o.quick, "quick", false, "a tenth of everything, to try it out: one round, windows of a second")
	f.StringSliceVar(&o.only, "only", nil, "only these servers or numbers of connections, such as nginx or 64")
	f.IntVar(&o.pairs, "pairs", o.pairs, "rounds at 64 and 1,000 connections; 10,000 and vegeta take fewer")
	f.DurationVar(&o.window, "window", o.window, "length of a closed-loop measurement, in whole seconds")
	f.BoolVar(&o.withoutWrk, "without-wrk", false, "leave wrk out")
	f.IntVar(&o.port, "port", o.port, "first of up to three TCP ports for the servers, on loopback")
	f.StringVar(&o.serverCPUs, "server-cpus", "", "CPUs of the servers, such as 0 or 0-1 (default: the first one)")
	f.IntVar(&o.generatorCPU, "generator-cpu", o.generatorCPU, "CPU of the generator (default: the last one)")
}

// settle checks the options, fills in what --quick means and sorts --only. changed tells which flags were given.
func (o *options) settle(changed func(flag string) bool) (options, error) {
	s := *o
	if s.quick {
		if !changed("pairs") {
			s.pairs = 1
		}
		if !changed("window") {
			s.window = time.Second
		}
	}
	if s.out == "" && !s.quick && len(s.only) == 0 {
		s.out = filepath.Join(s.root, "docs", "engine-bench.md")
	}
	for _, word := range s.only {
		if n, err := strconv.Atoi(word); err == nil {
			s.connections = append(s.connections, n)
		} else {
			s.servers = append(s.servers, word)
		}
	}
	return s, s.check()
}

// publishes refuses to write the document that users read from a build that no commit names: nobody could repeat it.
func (o *options) publishes(revision string, outGiven bool) error {
	if o.out == "" || outGiven || revision != "" && !strings.HasSuffix(revision, withChanges) {
		return nil
	}
	return fmt.Errorf("%s is measured on a commit, and this build is of %s; commit and build again, or name another file with --out",
		o.out, cmp.Or(revision, "none"))
}

func (o *options) check() error {
	var errs []error
	if o.pairs < 1 || o.pairs > 100 {
		errs = append(errs, fmt.Errorf("--pairs %d: from 1 to 100", o.pairs))
	}
	if o.window < time.Second || o.window > time.Minute || o.window%time.Second != 0 {
		errs = append(errs, fmt.Errorf("--window %v: whole seconds up to a minute, which is what wrk takes", o.window))
	}
	if last := o.port + len(allServers()) - 1; o.port < 1 || last > 65535 {
		errs = append(errs, fmt.Errorf("--port %d: the ports up to %d are used too, and end at 65535", o.port, last))
	}
	for _, id := range o.servers {
		if !slices.Contains(allServers(), id) {
			errs = append(errs, fmt.Errorf("--only %s: the servers are %v", id, allServers()))
		}
	}
	for _, n := range o.connections {
		if !slices.Contains(allConnections(), n) {
			errs = append(errs, fmt.Errorf("--only %d: there are %v connections", n, allConnections()))
		}
	}
	return errors.Join(errs...)
}

// wants tells whether --only lets a server and a number of connections through.
func (o *options) wants(server string, connections int) bool {
	return (len(o.servers) == 0 || slices.Contains(o.servers, server)) &&
		(len(o.connections) == 0 || slices.Contains(o.connections, connections))
}

// cpus divides the usable CPUs: one for the generator, the others or those named for the servers.
func (o *options) cpus(usable []int) (servers []int, generator int, err error) {
	if len(usable) < 2 {
		return nil, 0, fmt.Errorf("two CPUs are needed, one for the generator alone; this process may use %d", len(usable))
	}
	servers, generator = usable[:1], usable[len(usable)-1]
	if o.generatorCPU >= 0 {
		generator = o.generatorCPU
	}
	if o.serverCPUs != "" {
		if servers, err = probe.ParseCPUList(o.serverCPUs); err != nil {
			return nil, 0, fmt.Errorf("--server-cpus: %w", err)
		}
	}
	for _, cpu := range append(slices.Clone(servers), generator) {
		if !slices.Contains(usable, cpu) {
			return nil, 0, fmt.Errorf("CPU %d: this process may use CPUs %s", cpu, probe.FormatCPUList(usable))
		}
	}
	if slices.Contains(servers, generator) {
		return nil, 0, fmt.Errorf("CPU %d is the generator's and a server's; change --server-cpus and --generator-cpu",
			generator)
	}
	return servers, generator, nil
}
