package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// blocks returns how many of the planned blocks have a usable record in every slot.
func (d *data) blocks() int {
	planned, open := map[int]bool{}, map[int]bool{}
	for _, s := range d.Plan.Slots {
		planned[s.Block] = true
	}
	for _, s := range d.open() {
		open[s.Block] = true
	}
	return len(planned) - len(open)
}

// unsettled counts the slots that `assay run --resume` would go on with: those without a usable trial that have attempts left.
func (d *data) unsettled() int {
	n := 0
	for _, s := range d.open() {
		n += boolToInt(!d.spent(s))
	}
	return n
}

// lost says which slots of a finished run have no usable trial, since each attempt was rejected; "" for none.
func (d *data) lost() string {
	open := d.open()
	if len(d.usable) == 0 || len(open) == 0 || d.unsettled() > 0 {
		return ""
	}
	var names []string
	for _, s := range open {
		name := fmt.Sprintf("%s, %s, block %s", s.Cell, s.Target, count(s.Block))
		if s.Replica > 1 {
			name += " (second trial)"
		}
		names = append(names, name)
	}
	const most = 3
	text := strings.Join(names[:min(most, len(names))], "; ")
	if more := len(names) - most; more > 0 {
		text += fmt.Sprintf("; and %s more", count(more))
	}
	return fmt.Sprintf("%s of %s %s no usable trial, since every attempt was rejected: %s. The run came to its end; what rests on such a slot has a block less.",
		count(len(open)), plural(len(d.Plan.Slots), "slot"), hasOrHave(len(open)), text)
}

// open are the slots without a usable trial, in the order of the plan.
func (d *data) open() []plan.Slot {
	have := map[int]bool{}
	for _, r := range d.usable {
		have[r.Slot] = true
	}
	return slices.DeleteFunc(slices.Clone(d.Plan.Slots), func(s plan.Slot) bool { return have[s.Index] })
}

// spent reports whether checks rejected as many attempts at a slot as it has.
func (d *data) spent(s plan.Slot) bool {
	tried, rejected := 0, 0
	for _, r := range d.Records {
		if r.Slot == s.Index {
			tried++
			rejected += boolToInt(r.Status == trial.Invalid)
		}
	}
	return tried > 0 && rejected >= d.Plan.Limits.Attempts
}
