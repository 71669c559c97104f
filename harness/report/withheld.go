package report

import (
	"fmt"
	"strings"

	"github.com/assay-bench/assay/harness/verdict"
)

// withheld says which claims have no verdict because a validity check failed, one line a check, and what to do about it.
func (d *data) withheld() []string {
	claims, remedies := map[string][]string{}, map[string]string{}
	var order []string
	for _, c := range d.Plan.Ledger.Claims {
		r, ok := withheldReading(d.judged[c.ID])
		if !ok {
			continue
		}
		if len(claims[r.WithheldBy]) == 0 {
			order, remedies[r.WithheldBy] = append(order, r.WithheldBy), r.WouldChange
		}
		claims[r.WithheldBy] = append(claims[r.WithheldBy], c.ID)
	}
	var out []string
	for _, check := range order {
		line := fmt.Sprintf("No verdict for %s, since a validity check failed: %s.", strings.Join(claims[check], ", "), checkLabel(check))
		if remedies[check] != "" {
			line += " What to do: " + remedies[check] + "."
		}
		if check == controlCheck {
			line += d.firedByChance()
		}
		out = append(out, oneLine(line))
	}
	return out
}

// controlCheck is the check of a target against itself, as package verdict calls it.
const controlCheck = "a-a-control"

// firedByChance says how many controls show a target to differ from itself, and how many at most would on a host without fault: the
// sum of what each does at its own width, without a correction for how many there are. Numbers that do not vary have none. Plans of
// before controls had a confidence of their own held them to something else.
func (d *data) firedByChance() string {
	limits := d.Plan.Limits
	if limits.ControlConfidence == 0 {
		return ""
	}
	all, fired, chance := 0, 0, 0.0
	for _, c := range d.Judgement.Controls {
		if c.Blocks < limits.MinBlocks || !(c.Low < c.High) {
			continue
		}
		all++
		fired += boolToInt(!c.OK)
		chance += c.FiresByChance(d.Judgement.Margin)
	}
	if fired == 0 { // too few pairs withheld the verdict
		return ""
	}
	text := fmt.Sprintf(" Of %s %s such a difference; chance alone makes at most about %s do so, given how wide each is",
		plural(all, "control"), shows(fired), number(chance))
	if float64(fired) <= chance {
		return text + ", so that the host may be without fault: another run tells."
	}
	return text + "."
}

func shows(n int) string {
	if n == 1 {
		return "1 shows"
	}
	return count(n) + " show"
}

// withheldReading is the reading for whose failed check the claim has no verdict: its headline or, where all of them decide, the first
// such one.
func withheldReading(c verdict.Claim) (verdict.Reading, bool) {
	if c.Verdict == verdict.Supported || c.Verdict == verdict.Refuted {
		return verdict.Reading{}, false
	}
	for _, r := range c.Readings {
		if r.WithheldBy != "" && (r.Headline || c.Every) {
			return r, true
		}
	}
	return verdict.Reading{}, false
}
