package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/target"
)

// environment shows all that is known of what the run ran on, and what the targets
// disclose.
func (d *data) environment() Section {
	s := section("Environment", table(d.hostTable()))
	s.Sections = append(s.Sections, section("Targets", table(d.targetTable())))
	s.Sections = append(s.Sections, d.database()...)
	if len(d.Env.Toolchains) > 0 {
		s.Sections = append(s.Sections, section("Toolchains", table(pairs("Tool", "Version", d.Env.Toolchains))))
	}
	if len(d.Env.Sysctls) > 0 {
		s.Sections = append(s.Sections, section("Kernel settings", table(pairs("Setting", "Value", d.Env.Sysctls))))
	}
	return s
}

func (d *data) hostTable() Table {
	e := d.Env
	t := Table{Columns: left("What", "Value")}
	row := func(what, value string) {
		t.Rows = append(t.Rows, cells(plain(what), plain(orMissing(value))))
	}
	row("started", moment(e.StartedAt))
	row("assay", e.Assay)
	row("profile", d.Plan.Profile)
	row("operating system", e.OS)
	row("kernel", e.Kernel)
	row("virtualisation", e.Virtualisation)
	row("processor", e.CPUModel)
	row("CPUs", positive(e.CPUs))
	row("memory", positiveBytes(e.MemoryBytes))
	row("clock source", e.ClockSource)
	row("CPU governor", e.Governor)
	row("cgroup", e.Cgroup)
	row("open files, hard limit", positive(e.OpenFilesHard))
	row("local ports", e.PortRange)
	row("runtime", runtimeLine(e.Runtime, d.Plan.Runtime, e.RuntimeReason))
	row("container engine", e.EngineVersion)
	row("load engine", d.engine())
	p := d.Plan.Placement
	row("CPUs of the target", intList(p.TargetCPUs))
	row("CPUs of the load agent", intList(p.LoadCPUs))
	row("memory limit of the target", positiveBytes(p.MemoryBytes))
	row("open files of target and agent", positive(p.OpenFiles))
	row("port", strconv.Itoa(p.Port))
	row("cost of the samplers", d.probeCost())
	return t
}

func (d *data) probeCost() string {
	c := d.Env.ProbeCost
	if c.CPUMicrosPerSample <= 0 {
		return ""
	}
	return fmt.Sprintf("%s us of CPU a sample, %s samples/s: %s of one CPU",
		number(c.CPUMicrosPerSample), setting(c.SamplesPerSecond), percent(c.ShareOfOneCPU))
}

func runtimeLine(env, planned, reason string) string {
	r := env
	if r == "" {
		r = planned
	}
	if reason != "" {
		return r + ": " + reason
	}
	return r
}

// targetTable shows builds and disclosures of the targets side by side.
func (d *data) targetTable() Table {
	t := Table{Columns: left(append([]string{"What"}, plan.IDs(d.Plan.AllTargets())...)...)}
	row := func(what string, write func(i int) Text) {
		line := []Text{plain(what)}
		for i := range d.Plan.AllTargets() {
			line = append(line, write(i))
		}
		t.Rows = append(t.Rows, cells(line...))
	}
	targets := d.Plan.AllTargets()
	row("stack", func(i int) Text { return plain(orMissing(targets[i].Stack)) })
	row("language", func(i int) Text { return plain(orMissing(targets[i].Language)) })
	row("tier", func(i int) Text { return plain(orMissing(targets[i].Tier)) })
	for _, key := range d.settings() {
		row("setting "+key, func(i int) Text { return code(targets[i].Env[key]) })
	}
	row("build command", func(i int) Text { return code(strings.Join(targets[i].Build.Command, " ")) })
	for _, key := range d.buildVariables() {
		row("build "+key, func(i int) Text { return code(targets[i].Build.Env[key]) })
	}
	if slices.ContainsFunc(targets, func(t target.Target) bool { return t.Build.Development != nil }) {
		row("development build command", func(i int) Text {
			if targets[i].Build.Development == nil {
				return plain(missing)
			}
			return code(strings.Join(targets[i].Build.Development.Command, " "))
		})
	}
	if slices.ContainsFunc(targets, func(t target.Target) bool { return t.Source != nil }) {
		row("left out of the lines of source", func(i int) Text { return code(strings.Join(targets[i].Uncounted(), ", ")) })
	}
	row("artefact (SHA-256 or image)", func(i int) Text { return code(d.Env.Builds[targets[i].ID].SHA256) })
	row("artefact size", func(i int) Text { return plain(positiveBytes(d.Env.Builds[targets[i].ID].Bytes)) })
	row("source hash", func(i int) Text { return code(d.Env.Builds[targets[i].ID].SourceHash) })
	row("conformance", func(i int) Text { return plain(orMissing(d.Env.Conformance[targets[i].ID])) })
	for _, key := range d.disclosed() {
		row(key, func(i int) Text { return plain(orMissing(targets[i].Disclose[key])) })
	}
	return t
}

// disclosed are the keys that any target discloses, settings the variables that any is started with.
func (d *data) disclosed() []string {
	targets := d.Plan.AllTargets()
	return d.keysOf(func(i int) map[string]string { return targets[i].Disclose })
}

func (d *data) settings() []string {
	targets := d.Plan.AllTargets()
	return d.keysOf(func(i int) map[string]string { return targets[i].Env })
}

func (d *data) buildVariables() []string {
	targets := d.Plan.AllTargets()
	return d.keysOf(func(i int) map[string]string { return targets[i].Build.Env })
}

// keysOf are those that a table of any target has.
func (d *data) keysOf(table func(target int) map[string]string) []string {
	keys := map[string]bool{}
	for i := range d.Plan.AllTargets() {
		for k := range table(i) {
			keys[k] = true
		}
	}
	return sortedKeys(keys)
}

func pairs(what, value string, m map[string]string) Table {
	t := Table{Columns: left(what, value)}
	for _, k := range sortedKeys(m) {
		t.Rows = append(t.Rows, cells(code(k), plain(orMissing(m[k]))))
	}
	return t
}

func positive(n int) string {
	if n <= 0 {
		return missing
	}
	return count(n)
}

func positiveBytes(n int64) string {
	if n <= 0 {
		return missing
	}
	return bytesIn(float64(n))
}

func intList(ns []int) string {
	var out []string
	for _, n := range ns {
		out = append(out, count(n))
	}
	return strings.Join(out, ", ")
}
