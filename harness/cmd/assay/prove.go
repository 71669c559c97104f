package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/assay-bench/assay/harness/prove"
)

// Bounds of the flags of assay prove.
const (
	mostProvedRuns   = 1_000_000
	fewestBlocks     = 5 // fewer give no verdict
	mostProvedBlocks = 100
)

// proveFlags are those of assay prove.
type proveFlags struct {
	runs, blocks int
	seed         uint64
	write        string // directory of the documents with the marks, "" for none
}

func (c *console) proveCmd() *cobra.Command {
	var f proveFlags
	cmd := &cobra.Command{
		Use:   "prove",
		Short: "Show by simulation how often the verdict rules err",
		Long: `prove draws thousands of runs whose truth is known, judges them as real ones are judged, and
counts: wrong verdicts, intervals that miss the truth, verdicts that were not given. It prints
the shares with their intervals beside the nominal values. It starts no server and takes about
ten minutes on 2 CPUs.

The same seed and number of runs give the same tables, on however many CPUs.

Exit status 1: a nominal value is missed by more than simulation error.`,
		Args: exactArgs(0),
		RunE: func(cmd *cobra.Command, _ []string) error { return c.proveRules(cmd.Context(), f) },
	}
	cmd.Flags().IntVar(&f.runs, "runs", prove.DefaultRuns, "runs drawn of each scenario")
	cmd.Flags().Uint64Var(&f.seed, "seed", 1, "seed of all random numbers")
	cmd.Flags().IntVar(&f.blocks, "blocks", prove.DefaultBlocks, "blocks of a run; the fewest that give a verdict, 5, are drawn as well")
	cmd.Flags().StringVar(&f.write, "write", "", "also write method.md and simulation.md of this directory, between the marks that they have (docs)")
	return cmd
}

func (f proveFlags) check() error {
	switch {
	case f.runs < 1 || f.runs > mostProvedRuns:
		return misuse{fmt.Errorf("--runs %d: from 1 to %d runs of each scenario", f.runs, mostProvedRuns)}
	case f.blocks < fewestBlocks || f.blocks > mostProvedBlocks:
		return misuse{fmt.Errorf("--blocks %d: from %d blocks, the fewest that give a verdict, to %d", f.blocks, fewestBlocks, mostProvedBlocks)}
	}
	return nil
}

// proveRules prints the tables, and fails when a nominal value is missed.
func (c *console) proveRules(ctx context.Context, f proveFlags) error {
	if err := f.check(); err != nil {
		return err
	}
	for _, d := range f.documents() {
		if err := d.check(); err != nil {
			return misuse{err}
		}
	}
	// Every run leaves garbage and nothing else; collecting it four times less often saves a quarter of the time.
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	o := prove.Options{Runs: f.runs, Closer: prove.Closer, Seed: f.seed, Workers: runtime.GOMAXPROCS(0), Done: c.provedSoFar()}
	proofs, err := prove.Prove(ctx, prove.All(f.blocks), o)
	if err != nil {
		return err
	}
	var tables, digest bytes.Buffer
	if err := errors.Join(prove.Write(&tables, proofs, o), prove.WriteDigest(&digest, proofs, o)); err != nil {
		return err
	}
	if _, err := c.stdout.Write(tables.Bytes()); err != nil {
		return err
	}
	for i, d := range f.documents() {
		if err := d.write([]string{digest.String(), tables.String()}[i]); err != nil {
			return err
		}
	}
	return kept(proofs)
}

// kept fails where a nominal value is missed.
func kept(proofs []prove.Proof) error {
	if missed := prove.Missed(proofs); len(missed) > 0 {
		return fmt.Errorf("nominal values are missed (%d); the list stands below the tables", len(missed))
	}
	return nil
}

// documents are those of --write: the page for readers of a report, which gets the digest, and the one for all tables.
func (f proveFlags) documents() []document {
	if f.write == "" {
		return nil
	}
	return []document{{filepath.Join(f.write, "method.md"), prove.Mark}, {filepath.Join(f.write, "simulation.md"), prove.Mark}}
}

// provedSoFar tells the log about every tenth of the work.
func (c *console) provedSoFar() func(done, total int) {
	told, of := 0, 0
	return func(done, total int) {
		if of != 0 && total != of {
			told = 0
			fmt.Fprintln(c.stderr, "proving: more runs where those left open whether a nominal value is kept")
		}
		of = total
		if tenths := done * 10 / total; tenths > told {
			told = tenths
			fmt.Fprintf(c.stderr, "proving: %d %%\n", told*10)
		}
	}
}
