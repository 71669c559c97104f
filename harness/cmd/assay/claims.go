package main

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/digits"
	"github.com/assay-bench/assay/harness/report"
)

func (c *console) claimsCmd() *cobra.Command {
	var article string
	cmd := &cobra.Command{
		Use:   "claims [RUN]",
		Short: "Show the ledger of an article: its claims and how each is judged, or was in a run",
		Long: `claims prints the ledger of an article: each claim, its readings, and by what each is decided. With
RUN, a run directory, the name of a run, or "latest", it prints what was decided there.`,
		Args: atMostArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				if cmd.Flags().Changed("article") {
					return misuse{errors.New("a run has its own article; leave --article away")}
				}
				return c.printJudged(args)
			}
			root, err := c.checkout()
			if err != nil {
				return err
			}
			in, err := loadInputs(root, article)
			if err != nil {
				return err
			}
			return c.printLedger(in.ledger)
		},
	}
	cmd.Flags().StringVar(&article, "article", defaultArticle, articleUsage)
	return cmd
}

// printJudged shows the ledger of a run with its verdicts, and writes nothing.
func (c *console) printJudged(args []string) error {
	_, done, err := c.derived(args, judged)
	if err != nil {
		return err
	}
	return report.Ledger(width(c.stdout), colours(c.stdout))(c.stdout, done.document)
}

func (c *console) printLedger(l claim.Ledger) error {
	fmt.Fprintf(c.stdout, "%s (%s), %s\n", l.Article.Title, l.Article.Date.Format("2006-01-02"), digits.Plural(len(l.Claims), "claim"))
	id, summary := 0, 0
	for _, cl := range l.Claims {
		id, summary = max(id, utf8.RuneCountInString(cl.ID)), max(summary, utf8.RuneCountInString(cl.Summary))
	}
	section := ""
	for _, cl := range l.Claims {
		if cl.Section != section {
			section = cl.Section
			fmt.Fprintf(c.stdout, "\n%s\n", section)
		}
		if _, err := fmt.Fprintf(c.stdout, "  %-*s  %-*s  %s\n", id, cl.ID, summary, cl.Summary, judgedBy(cl)); err != nil {
			return err
		}
	}
	return nil
}

// judgedBy says how the claim's verdict comes about.
func judgedBy(c claim.Claim) string {
	r := c.Headline()
	switch {
	case r.NotYet != "":
		return "not measured: " + r.NotYet
	case r.Shape == claim.Untestable:
		return "not testable"
	case r.Shape == claim.Documented:
		return "documented, " + sourcesOf(r)
	default:
		return string(r.Shape)
	}
}

// sourcesOf counts what decides a documented reading; context doesn't.
func sourcesOf(r claim.Reading) string {
	switch n := len(r.ShownBy) + len(r.OpposedBy); n {
	case 0:
		return "no source"
	case 1:
		return "1 source"
	default:
		return fmt.Sprintf("%d sources", n)
	}
}
