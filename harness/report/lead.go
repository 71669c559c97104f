package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/verdict"
)

// verdicts are in the order in which they are counted.
func verdicts() []verdict.Verdict {
	return []verdict.Verdict{
		verdict.Supported, verdict.Refuted, verdict.Inconclusive, verdict.NotTestable, verdict.NotMeasured, verdict.Combined,
	}
}

// lead says what was judged, on what, and what came out; before it, that the sources are not as they were measured.
func (d *data) lead() []Text {
	if text := d.changed(); text != "" {
		return append([]Text{strong(text)}, d.judgedLead()...)
	}
	return d.judgedLead()
}

// changed says how the sources differ from what was measured, "" where they do not.
func (d *data) changed() string {
	c := d.Judgement.Changed
	if c == nil {
		return ""
	}
	more := ""
	if c.Differences > 1 {
		more = fmt.Sprintf(", and %s more", plural(c.Differences-1, "difference"))
	}
	return oneLine(fmt.Sprintf("What these verdicts rest on is not as it was measured: %s%s. Run `assay verify`, which names all that differs, before you believe any of them.",
		c.First, more))
}

func (d *data) judgedLead() []Text {
	if d.untried() {
		return d.untriedLead()
	}
	a := d.Plan.Ledger.Article
	var stacks []string
	for _, t := range d.targetIDs() {
		stacks = append(stacks, d.named(t))
	}
	what := rawf("assay put %s of the article “%s” (%s) to the test with %s, %s, on %s: %s. ",
		plural(len(d.Plan.Ledger.Claims), "claim"), oneLine(a.Title), date(a.Date),
		oneLine(listed(stacks)), d.how(), moment(d.Env.StartedAt), d.host())
	trials := rawf("%s planned, %s trials, %s usable, %s. ",
		plural(d.Plan.Blocks, "block"), count(d.Judgement.Trials.Planned), count(d.Judgement.Trials.Usable),
		fmt.Sprintf("%s invalid and %s broken attempts", count(d.Judgement.Trials.Invalid), count(d.Judgement.Trials.Broken)))
	out := []Text{join(what, trials, strong("Verdicts: "+d.counts()), raw("."))}
	if w := d.incomplete(); w != nil {
		out = append(out, w)
	}
	if text := d.lost(); text != "" {
		out = append(out, plain(text))
	}
	for _, line := range d.withheld() {
		out = append(out, plain(line))
	}
	return append(out, raw("A verdict holds for the stacks, versions and host named in this report, and for nothing else."))
}

// incomplete says what an interrupted or failed run lacks; nil when it lacks nothing.
func (d *data) incomplete() Text {
	var why []string
	if len(d.usable) == 0 {
		why = append(why, "No trial of this run is usable, so nothing was measured.")
	} else if done := d.blocks(); d.unsettled() > 0 {
		why = append(why, fmt.Sprintf("This run is incomplete: %s of %s %s, %s without a usable trial. A verdict needs %s blocks.",
			count(done), plural(d.Plan.Blocks, "block"), isOrAre(done)+" complete",
			plural(d.Judgement.Trials.Missing, "planned slot"), count(d.Plan.Limits.MinBlocks)))
	}
	if len(d.Plan.Targets) == 1 {
		why = append(why, "Only one target took part, so no comparison was possible.")
	}
	if len(why) == 0 {
		return nil
	}
	return strong(strings.Join(why, " "))
}

func hasOrHave(n int) string {
	if n == 1 {
		return "has"
	}
	return "have"
}

func isOrAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// how names runtime and engine.
func (d *data) how() string {
	engine := d.engine()
	switch d.Plan.Runtime {
	case "docker":
		return "in containers, loaded by " + engine
	case "process":
		return "as plain processes, loaded by " + engine
	}
	return "runtime " + orMissing(d.Plan.Runtime) + ", loaded by " + engine
}

// host is the host in one line.
func (d *data) host() string {
	e := d.Env
	parts := []string{}
	add := func(s string) {
		if s = oneLine(s); s != "" {
			parts = append(parts, s)
		}
	}
	add(e.OS)
	if !strings.Contains(oneLine(e.OS), oneLine(e.Kernel)) {
		add("kernel " + e.Kernel)
	}
	if e.CPUs > 0 {
		add(plural(e.CPUs, "CPU") + " (" + orMissing(e.CPUModel) + ")")
	}
	if e.MemoryBytes > 0 {
		add(bytesIn(float64(e.MemoryBytes)))
	}
	if len(parts) == 0 {
		return "host not known"
	}
	return strings.Join(parts, ", ")
}

// counts lists how many claims have which verdict, from the claims themselves.
func (d *data) counts() string {
	n := map[verdict.Verdict]int{}
	for _, c := range d.Judgement.Claims {
		n[c.Verdict]++
	}
	var parts []string
	for _, v := range verdicts() {
		if n[v] > 0 {
			parts = append(parts, count(n[v])+" "+oneLine(string(v)))
		}
		delete(n, v)
	}
	for _, v := range sortedKeys(n) {
		parts = append(parts, count(n[v])+" "+oneLine(string(v)))
	}
	if len(parts) == 0 {
		return "none"
	}
	return strings.Join(parts, ", ")
}

func sortedKeys[K ~string, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
