package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/assay-bench/assay/harness/claim"
)

func (c *console) claimsCmd() *cobra.Command {
	var article string
	cmd := &cobra.Command{
		Use:   "claims",
		Short: "Show the ledger of an article: its claims and how each is judged",
		Args:  exactArgs(0),
		RunE: func(*cobra.Command, []string) error {
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
	cmd.Flags().StringVar(&article, "article", "rust-vs-go-2026", "ledger of claims: a name under scenarios/claims/ or a file")
	return cmd
}

func (c *console) printLedger(l claim.Ledger) error {
	fmt.Fprintf(c.stdout, "%s (%s), %d claims\n", l.Article.Title, l.Article.Date.Format("2006-01-02"), len(l.Claims))
	w := tabwriter.NewWriter(c.stdout, 0, 0, 2, ' ', 0)
	section := ""
	for _, cl := range l.Claims {
		if cl.Section != section {
			section = cl.Section
			fmt.Fprintf(w, "\n%s\t\t\n", section)
		}
		fmt.Fprintf(w, "  %s\t%s\t%s\n", cl.ID, cl.Summary, judgedBy(cl))
	}
	return w.Flush()
}

// judgedBy says how the claim's verdict comes about.
func judgedBy(c claim.Claim) string {
	r := c.Headline()
	switch {
	case r.NotYet != "":
		return "not measured by this version"
	case r.Shape == claim.Untestable:
		return "not testable"
	default:
		return string(r.Shape)
	}
}
