package report

import (
	"fmt"

	"github.com/assay-bench/assay/harness/cost"
	"github.com/assay-bench/assay/harness/verdict"
)

// whyThisLoad says why a bill is made for the load of its case: a comparison of bills depends on it.
func (d *data) whyThisLoad(c verdict.Cost) Text {
	given, ok := d.Plan.Cost.Case(c.Case)
	if !ok || given.Why == "" {
		return raw("Why this load: the plan of this run does not say.")
	}
	return join(raw("Why this load: "), plain(sentence(oneLine(given.Why))))
}

// besideWords names a row of another load.
func besideWords(b cost.Beside) string {
	which := "case " + b.Of
	if b.Share > 0 {
		which = settingPercent(b.Share) + " of the load"
	}
	return fmt.Sprintf("%s: %s", which, loadWords(b.Load))
}

func loadWords(l cost.Load) string {
	return fmt.Sprintf("%s, %s requests/s", plural(l.Connections, "connection"), setting(l.RequestsPerSecond))
}

// sameBillWords says at which of the other loads the cheapest bills are the same, "" where at none: what a server saves is nothing there.
func (d *data) sameBillWords(c verdict.Cost) string {
	usages := usagesOf(c)
	if len(usages) < 2 {
		return ""
	}
	text := ""
	for _, beside := range d.Plan.Cost.Besides(c.Case) {
		var sums []float64
		for _, u := range usages {
			if b, err := u.Bills(d.Plan.Cost, "", beside.Load); err == nil && b.Low.USDPerMonth == b.High.USDPerMonth {
				sums = append(sums, b.Center.USDPerMonth)
			}
		}
		if !allEqual(sums, len(usages)) {
			continue
		}
		if text != "" {
			text += " "
		}
		which := "At the load of case " + beside.Of
		if beside.Share > 0 {
			which = fmt.Sprintf("At %s of the load", settingPercent(beside.Share))
		}
		text += fmt.Sprintf("%s (%s) the bills of %s are the same, %s USD/month, at either end of the intervals: a saving of 0 %%.",
			which, loadWords(beside.Load), listed(targetsOf(c)), money(sums[0]))
	}
	return text
}

// allEqual tells whether there are n numbers, all the same.
func allEqual(all []float64, n int) bool {
	for _, v := range all {
		if v != all[0] {
			return false
		}
	}
	return len(all) == n
}
