package main

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/assay-bench/assay/harness/digits"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/verdict"
)

// printPower says, before anything is measured, which differences the plan can see: whoever needs to see less takes more
// blocks now, not after a look at the numbers. A plan that allows no verdict sees nothing, and its warning says so.
func printPower(w io.Writer, p plan.Plan) {
	power, ok := verdict.PowerOf(p)
	if !ok {
		return
	}
	var seen []string
	for i, l := range power.Levels {
		seen = append(seen, fmt.Sprintf("%s at %s", share(l.Detectable-1), share(l.Noise)))
		if i == 0 {
			seen[i] += " noise between blocks"
		}
	}
	fmt.Fprintf(w, "this plan sees: differences of %s (%s power, %s over %s, margin %g)\n", strings.Join(seen, ", "),
		share(power.Chance), digits.Plural(power.Comparisons, "comparison"), digits.Plural(power.Blocks, "block"), power.Margin)
	if power.QuietEnough > 0 {
		fmt.Fprintf(w, "two equal servers are shown to tie up to %s noise; more --blocks see more\n", share(power.QuietEnough))
	}
}

// share is a share in percent with two digits: "0.95 %", "9.1 %", "8 %", "42 %", "130 %".
func share(v float64) string {
	digits := max(2, int(math.Floor(math.Log10(100*v)))+1)
	return strconv.FormatFloat(100*v, 'g', digits, 64) + " %"
}
