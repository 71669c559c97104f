package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/trial"
)

// canaryRows are the canaries' rows of the validity table, one each: what was predicted is in its own table, with the fault.
func (d *data) canaryRows() []TableRow {
	if len(d.Env.Canaries) == 0 {
		return []TableRow{cells(plain("canaries: faults that the load side has to find"), plain(missing),
			plain("not checked: assay doctor --prove does it"), plain(count(0)), plain(missing))}
	}
	var out []TableRow
	for _, predictions := range perCanary(d.Env.Canaries) {
		var limits, measured []string
		failed := 0
		for _, c := range predictions {
			if !slices.Contains(limits, c.Limit) {
				limits = append(limits, c.Limit)
			}
			_, what := canaryName(c)
			measured = append(measured, what+" "+c.Measured+" for "+c.Predicted)
			failed += boolToInt(!c.OK)
		}
		name, _ := canaryName(predictions[0])
		out = append(out, cells(plain("canary: "+name), plain(strings.Join(limits, ", ")), plain(strings.Join(measured, "; ")),
			plain(plural(len(predictions), "prediction")), plain(count(failed))))
	}
	return out
}

// perCanary groups predictions, which stand together, by the canary that made them.
func perCanary(all []trial.Canary) [][]trial.Canary {
	var out [][]trial.Canary
	last := ""
	for _, c := range all {
		name, _ := canaryName(c)
		if name != last || len(out) == 0 {
			out, last = append(out, nil), name
		}
		out[len(out)-1] = append(out[len(out)-1], c)
	}
	return out
}

// canaryName parts the name of a prediction into the canary's and what it predicts.
func canaryName(c trial.Canary) (canary, what string) {
	canary, what, ok := strings.Cut(c.Name, ", ")
	if !ok {
		return c.Name, "value"
	}
	return canary, what
}

// canaries shows what the load side was proven on before the first trial.
func (d *data) canaries() []Section {
	if len(d.Env.Canaries) == 0 {
		return []Section{section("Canaries", paragraph(join(raw("The load side was not made to find known faults before this run; "),
			code("assay doctor --prove"), raw(" does that."))))}
	}
	t := Table{Columns: []Column{{Title: "Canary"}, {Title: "Injected"}, {Title: "Predicted", Right: true}, {Title: "Measured", Right: true},
		{Title: "Limit"}, {Title: "Found"}}}
	for _, c := range d.Env.Canaries {
		found := plain("yes")
		switch {
		case !c.OK:
			found = strong("no")
		case c.Attempts > 1:
			found = plain(fmt.Sprintf("yes, in attempt %d", c.Attempts))
		}
		t.Rows = append(t.Rows, cells(plain(c.Name), plain(c.Injected), plain(c.Predicted), plain(c.Measured), plain(c.Limit), found))
	}
	return []Section{section("Canaries", paragraph(raw("Before the first trial the load side measured servers with a known fault. What it "+
		"finds there, it would find in a target.")), table(t))}
}
