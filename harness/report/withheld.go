package report

import (
	"fmt"
	"strings"

	"github.com/assay-bench/assay/harness/verdict"
)

// A heldBack is what one check withholds a verdict from, and what to do about it.
type heldBack struct {
	check, remedy string
	names         []string
}

// add names what the reading's check withholds.
func add(all []heldBack, r verdict.Reading, name string) []heldBack {
	for i := range all {
		if all[i].check == r.WithheldBy {
			all[i].names = append(all[i].names, name)
			return all
		}
	}
	return append(all, heldBack{r.WithheldBy, r.WouldChange, []string{name}})
}

// withheld says which claims, and which readings beside the headlines, have no verdict because a validity check failed, one line a
// check, and what to do about it; and of the A/A controls how many fired, whatever they withhold.
func (d *data) withheld() []string {
	var claims, beside []heldBack
	others := 0
	for _, c := range d.Plan.Ledger.Claims {
		named, ok := withheldReading(d.judged[c.ID])
		if ok {
			claims = add(claims, named, c.ID)
		}
		for _, r := range d.judged[c.ID].Readings {
			others += boolToInt(!r.Headline)
			if r.WithheldBy != "" && !r.Headline && !(ok && r.ID == named.ID) {
				beside = add(beside, r, c.ID+"/"+r.ID)
			}
		}
	}
	var out []string
	said := map[string]bool{}
	line := func(of string, h heldBack) {
		text := fmt.Sprintf("No verdict for %s, since a validity check failed: %s.", of, checkLabel(h.check))
		if h.remedy != "" && !said[h.remedy] {
			said[h.remedy] = true
			text += " What to do: " + h.remedy + "."
		}
		out = append(out, oneLine(text))
	}
	for _, h := range claims {
		line(strings.Join(h.names, ", "), h)
	}
	for _, h := range beside {
		line(fmt.Sprintf("%s of %s beside the headlines (%s)", count(len(h.names)), plural(others, "reading"), someOf(h.names)), h)
	}
	if text := d.firedByChance(); text != "" {
		out = append(out, text)
	}
	return out
}

// someOf lists names, of many the first ones.
func someOf(names []string) string {
	const most = 5
	if len(names) <= most+1 {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %s more", count(len(names)-most))
}

// firedByChance says how many controls show a target to differ from itself, and how many at most would on a host without fault: the
// sum of what each does at its own width, without a correction for how many there are; "" where none does. Numbers that do not vary
// have none. Plans of before controls had a confidence of their own held them to something else.
func (d *data) firedByChance() string {
	limits := d.Plan.Limits
	if limits.ControlConfidence == 0 {
		return ""
	}
	all, fired, chance := 0, 0, 0.0
	for _, c := range d.Judgement.Controls {
		if c.Blocks < limits.MinBlocks || !c.Varies() {
			continue
		}
		all++
		fired += boolToInt(!c.OK)
		chance += c.FiresByChance(d.Judgement.Margin)
	}
	if fired == 0 {
		return ""
	}
	text := fmt.Sprintf("Of %s %s a target's later trial to differ from its earlier one; chance alone makes at most about %s do so, given how wide each is",
		plural(all, "A/A control"), shows(fired), number(chance))
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
