package compare

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/target"
)

// A Class says what of two runs may be set side by side. The package comment has what
// leads to which.
type Class string

// The classes, the best first.
const (
	Comparable    Class = "comparable"
	VerdictsOnly  Class = "comparable in verdicts only"
	NotComparable Class = "not comparable"
)

// A Difference is one thing in which the runs differ.
type Difference struct {
	What   string `json:"what"`
	A      string `json:"a"` // "-": none, or not known
	B      string `json:"b"`
	Leaves Class  `json:"leaves"` // the best class that two runs with this difference can have
	// RulesOut is what it takes from the comparison where that is less than all numbers: "bills".
	RulesOut string `json:"rules_out,omitempty"`
}

// classOf is the worst of what the differences leave.
func classOf(all []Difference) Class {
	worst := Comparable
	for _, d := range all {
		if rank(d.Leaves) > rank(worst) {
			worst = d.Leaves
		}
	}
	return worst
}

func rank(c Class) int { return slices.Index([]Class{Comparable, VerdictsOnly, NotComparable}, c) }

// differences are all there are, those that rule out most in front.
func (p pair) differences() []Difference {
	var all []Difference
	for _, of := range [][]Difference{p.meaning(), p.limits(), p.setUp(), p.host(), p.chosen(), p.prices(), p.targets()} {
		all = append(all, of...)
	}
	slices.SortStableFunc(all, func(x, y Difference) int { return rank(y.Leaves) - rank(x.Leaves) })
	return all
}

// a differing collects the rows whose two values are not the same.
type differing struct {
	leaves Class
	rows   []Difference
}

func (d *differing) row(what, a, b string) {
	if a != b {
		d.rows = append(d.rows, Difference{What: what, A: orMissing(a), B: orMissing(b), Leaves: d.leaves})
	}
}

func (d *differing) number(what string, a, b int) { d.row(what, strconv.Itoa(a), strconv.Itoa(b)) }

// each compares two maps key by key.
func (d *differing) each(what string, a, b map[string]string) {
	for _, k := range bothKeys(a, b) {
		d.row(what+k, a[k], b[k])
	}
}

func bothKeys(a, b map[string]string) []string {
	all := slices.Collect(maps.Keys(a))
	all = slices.AppendSeq(all, maps.Keys(b))
	slices.Sort(all)
	return slices.Compact(all)
}

// meaning is what the verdicts are about.
func (p pair) meaning() []Difference {
	a, b := p.a.Plan.Ledger.Article, p.b.Plan.Ledger.Article
	d := differing{leaves: NotComparable}
	d.row("article", a.ID, b.ID)
	d.row("margin", setting(a.Margin), setting(b.Margin))
	return d.rows
}

// Barriers are the differences of two plans that leave nothing to compare, whatever is measured.
func Barriers(a, b plan.Plan) []Difference {
	p := pair{a: side{Run: Run{Plan: a}}, b: side{Run: Run{Plan: b}}}
	return slices.DeleteFunc(append(p.meaning(), p.limits()...), func(d Difference) bool { return d.Leaves != NotComparable })
}

// setUp is what a number depends on besides the servers.
func (p pair) setUp() []Difference {
	a, b := p.a, p.b
	d := differing{leaves: VerdictsOnly}
	d.row("runtime", a.Plan.Runtime, b.Plan.Runtime)
	d.row("load engine", a.Plan.Engine, b.Plan.Engine)
	d.number("load agents", a.Plan.Agents, b.Plan.Agents)
	d.row("load agent awake before a send", sooner(a.Plan.Awake), sooner(b.Plan.Awake))
	d.row("load agent awake at a server's limit", yes(a.Plan.AwakeAtLimit), yes(b.Plan.AwakeAtLimit))
	d.row("processor", a.Env.CPUModel, b.Env.CPUModel)
	if a.Env.CPUModel == "" && b.Env.CPUModel == "" {
		d.rows = append(d.rows, Difference{What: "processor", A: "not known", B: "not known", Leaves: VerdictsOnly})
	}
	d.number("CPUs", a.Env.CPUs, b.Env.CPUs)
	d.row("virtualisation", a.Env.Virtualisation, b.Env.Virtualisation)
	d.row("CPU governor", a.Env.Governor, b.Env.Governor)
	place, other := a.Plan.Placement, b.Plan.Placement
	d.row("CPUs of the target", list(place.TargetCPUs), list(other.TargetCPUs))
	d.row("CPUs of the load agent", list(place.LoadCPUs), list(other.LoadCPUs))
	d.row("memory limit of the target", bytesIn(float64(place.MemoryBytes)), bytesIn(float64(other.MemoryBytes)))
	d.number("open files of target and agent", place.OpenFiles, other.OpenFiles)
	if was, is := a.Env.Database, b.Env.Database; was != nil && is != nil { // what only one of them has, they do not compare
		d.row("PostgreSQL", was.Version, is.Version)
		d.row("image of PostgreSQL", was.Image, is.Image)
		d.each("PostgreSQL setting ", was.Settings, is.Settings)
		d.row("CPUs of PostgreSQL", list(place.DatabaseCPUs), list(other.DatabaseCPUs))
	}
	return d.rows
}

// sooner is how long before a send the load agent stops sleeping; "" where it sleeps until then, as in older runs.
func sooner(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

// host is the rest of what is known of the machine.
func (p pair) host() []Difference {
	a, b := p.a.Env, p.b.Env
	d := differing{leaves: Comparable}
	d.row("operating system", a.OS, b.OS)
	d.row("kernel", a.Kernel, b.Kernel)
	d.row("memory", bytesIn(float64(a.MemoryBytes)), bytesIn(float64(b.MemoryBytes)))
	d.row("clock source", a.ClockSource, b.ClockSource)
	d.row("cgroup", a.Cgroup, b.Cgroup)
	d.number("open files, hard limit", a.OpenFilesHard, b.OpenFilesHard)
	d.row("local ports", a.PortRange, b.PortRange)
	d.row("container engine", a.EngineVersion, b.EngineVersion)
	d.each("toolchain ", a.Toolchains, b.Toolchains)
	d.each("kernel setting ", a.Sysctls, b.Sysctls)
	return d.rows
}

// chosen is what somebody chose for one run, and what follows from it.
func (p pair) chosen() []Difference {
	a, b := p.a, p.b
	d := differing{leaves: Comparable}
	d.row("assay that measured", a.Env.Assay, b.Env.Assay)
	d.row("profile", a.Plan.Profile, b.Plan.Profile)
	d.row("seed", fmt.Sprint(a.Plan.Seed), fmt.Sprint(b.Plan.Seed))
	d.number("blocks", a.Plan.Blocks, b.Plan.Blocks)
	d.number("port", a.Plan.Placement.Port, b.Plan.Placement.Port)
	d.row("null server", yes(a.Plan.Null != nil), yes(b.Plan.Null != nil))
	d.row("canaries before the first trial", yes(a.Plan.Canaries), yes(b.Plan.Canaries))
	d.row("end of the ladder", a.Plan.HostLimitReason, b.Plan.HostLimitReason)
	d.number("comparative readings measured", a.judgement.FamilySize, b.judgement.FamilySize)
	d.row("confidence of verdicts on ratios", percent(a.judgement.Confidence), percent(b.judgement.Confidence))
	return d.rows
}

// targets is what differs in the servers.
func (p pair) targets() []Difference {
	d := differing{leaves: Comparable}
	for _, t := range p.a.Plan.AllTargets() {
		other, ok := p.b.Plan.Target(t.ID)
		if !ok {
			d.row(t.ID, "measured", "not in the plan")
			continue
		}
		d.target(t, other)
		built, rebuilt := p.a.Env.Builds[t.ID], p.b.Env.Builds[t.ID]
		d.row(t.ID+" source", short(built.SourceHash), short(rebuilt.SourceHash))
		d.row(t.ID+" artefact", short(built.SHA256), short(rebuilt.SHA256))
		d.row(t.ID+" conformance", p.a.Env.Conformance[t.ID], p.b.Env.Conformance[t.ID])
	}
	for _, t := range p.b.Plan.AllTargets() {
		if _, ok := p.a.Plan.Target(t.ID); !ok {
			d.row(t.ID, "not in the plan", "measured")
		}
	}
	return d.rows
}

func developmentCommand(t target.Target) string {
	if t.Build.Development == nil {
		return ""
	}
	return strings.Join(t.Build.Development.Command, " ")
}

func (d *differing) target(a, b target.Target) {
	d.row(a.ID+" stack", a.Stack, b.Stack)
	d.row(a.ID+" language", a.Language, b.Language)
	d.row(a.ID+" tier", a.Tier, b.Tier)
	d.row(a.ID+" build command", strings.Join(a.Build.Command, " "), strings.Join(b.Build.Command, " "))
	d.row(a.ID+" development build command", developmentCommand(a), developmentCommand(b))
	d.row(a.ID+" files left out of the lines", strings.Join(a.Uncounted(), ", "), strings.Join(b.Uncounted(), ", "))
	d.each(a.ID+" build ", a.Build.Env, b.Build.Env)
	d.each(a.ID+" setting ", a.Env, b.Env)
	d.each(a.ID+" ", a.Disclose, b.Disclose)
}
