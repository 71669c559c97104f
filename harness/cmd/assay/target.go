package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/run"
	"github.com/assay-bench/assay/harness/target"
)

func (c *console) targetCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "target",
		Short: "List the servers under test, or check one against the contract",
		Args:  cobra.ArbitraryArgs,
		RunE:  needsSubcommand,
	}
	cmd.AddCommand(c.targetListCmd(), c.targetVerifyCmd())
	return cmd
}

func (c *console) targetListCmd() *cobra.Command {
	var article string
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the servers under targets/, and those of an article's own",
		Args:  exactArgs(0),
		RunE: func(*cobra.Command, []string) error {
			root, err := c.checkout()
			if err != nil {
				return err
			}
			targets, err := targetsFor(root, article)
			if err != nil {
				return misuse{err}
			}
			w := tabwriter.NewWriter(c.stdout, 0, 0, 2, ' ', 0)
			fmt.Fprintln(w, "TARGET\tLANGUAGE\tTIER\tSTACK")
			for _, t := range targets {
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", t.ID, t.Language, t.Tier, t.Stack)
			}
			return w.Flush()
		},
	}
	cmd.Flags().StringVar(&article, "article", "", "the article whose own servers are meant too: a folder (docs/own-article.md)")
	return cmd
}

// targetsFor are the checkout's servers, and those of the article where one is given.
func targetsFor(root, given string) ([]target.Target, error) {
	if given == "" {
		return article{root: root}.loadTargets()
	}
	a, err := findArticle(root, given)
	if err != nil {
		return nil, err
	}
	return a.loadTargets()
}

func (c *console) targetVerifyCmd() *cobra.Command {
	var article, runtime string
	var port int
	var seed uint64
	cmd := &cobra.Command{
		Use:   "verify TARGET",
		Short: "Build a server, start it, and say line by line where it differs from targets/CONTRACT.md",
		Args:  exactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.verifyTarget(cmd, args[0], runFlags{article: article, runtime: runtime, engine: defaultEngine(), port: port, memoryMiB: 2048, seed: seed})
		},
	}
	cmd.Flags().StringVar(&article, "article", "", "the article whose own servers are meant too: a folder (docs/own-article.md)")
	cmd.Flags().StringVar(&runtime, "runtime", "auto", "docker, process, or auto")
	cmd.Flags().IntVar(&port, "port", 18080, "TCP port the server listens on, on loopback")
	c.agentFlag(cmd)
	cmd.Flags().Uint64Var(&seed, "seed", 1, "seed of the randomised requests")
	return cmd
}

func (c *console) verifyTarget(cmd *cobra.Command, id string, f runFlags) error {
	ctx := cmd.Context()
	root, err := c.checkout()
	if err != nil {
		return err
	}
	targets, err := targetsFor(root, f.article)
	if err != nil {
		return misuse{err}
	}
	t, err := inputs{targets: targets}.target(id)
	if err != nil {
		return err
	}
	golden, err := loadGolden(root)
	if err != nil {
		return misuse{err}
	}
	launcher, _, err := launch.Choose(ctx, f.runtime, launch.Options{Root: root, AgentBinary: c.agentBinary})
	if err != nil {
		return chooseError(f, err)
	}
	defer launcher.Close()
	c.sweep(ctx, launcher)
	place, err := makePlacement(f)
	if err != nil {
		return misuse{err}
	}
	fmt.Fprintf(c.stderr, "building %s (%s runtime) ...\n", id, launcher.Name())
	b, err := launcher.Prepare(ctx, t, indent{c.stderr})
	if err != nil {
		return outputAbove(err)
	}
	s := session{console: c, root: root, launcher: launcher}
	defer s.stopDatabase(ctx)
	if err := s.verifyBeside(ctx, t, place); err != nil {
		return err
	}
	checked, err := run.Preflight(ctx, launcher, b, t, place, golden, f.seed, s.database)
	if err != nil {
		return fmt.Errorf("check %s: %w", id, err)
	}
	r := checked.Report
	fmt.Fprint(c.stdout, r)
	if len(r.Differences) > 0 {
		return fmt.Errorf("%s differs from targets/CONTRACT.md in %d of %d checks", id, len(r.Differences), r.Checked)
	}
	fmt.Fprintf(c.stdout, "%s: %d checks, all as the contract says; an answer to GET /item has %d bytes of head and %d of body\n",
		id, r.Checked, r.HeaderBytes, r.BodyBytes)
	return nil
}
