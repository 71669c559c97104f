package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/perf/benchfmt"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// benchConfig are the configuration lines above a trial's line: what numbers have to have
// in common to stand in one table. benchstat makes a table for each configuration, also
// over two files. The run's ID, the version of assay and the release of the kernel would
// keep any two runs apart, so they are not among them: benchComments has them.
func (d *data) benchConfig(r trial.Record) []benchfmt.Config {
	p, e := d.Plan, d.Env
	c, _ := d.cell(r.Cell)
	goos, goarch := d.platform()
	var out []benchfmt.Config
	for _, line := range [][2]string{
		{"article", p.Ledger.Article.ID},
		{"goos", goos},
		{"goarch", goarch},
		{"cpu", e.CPUModel},
		{"cpus", positive(e.CPUs)},
		{"virtualisation", e.Virtualisation},
		{"runtime", p.Runtime},
		{"engine", engineOf(p, c)},
		{"window", c.Window.String()},
		{"target-cpus", intList(p.Placement.TargetCPUs)},
		{"load-cpus", intList(p.Placement.LoadCPUs)},
		{"memory-limit", positiveBytes(p.Placement.MemoryBytes)},
		{"host-limit", hostLimitOf(p)},
	} {
		if value := oneLine(line[1]); value != "" && value != missing {
			out = append(out, benchfmt.Config{Key: line[0], Value: []byte(value), File: true})
		}
	}
	return out
}

// benchComments are the lines at the head of the file that no reader takes for a
// configuration: whose numbers they are, and what of the host changes from run to run
// without keeping two from being compared.
func (d *data) benchComments() []string {
	out := []string{fmt.Sprintf("assay %s, run %s: one line a usable trial", orMissing(oneLine(d.Env.Assay)), orMissing(oneLine(d.RunID)))}
	for _, line := range [][2]string{{"os", d.Env.OS}, {"kernel", d.Env.Kernel}} {
		if value := oneLine(line[1]); value != "" && value != missing {
			out = append(out, line[0]+": "+value)
		}
	}
	return out
}

// platform is the operating system and processor architecture as Go names them. The
// environment has them in the Go toolchain's version alone ("go version go1.26.8
// linux/amd64"); without one they are not known.
func (d *data) platform() (goos, goarch string) {
	fields := strings.Fields(d.Env.Toolchains["go"])
	if len(fields) == 0 {
		return "", ""
	}
	goos, goarch, ok := strings.Cut(fields[len(fields)-1], "/")
	if !ok {
		return "", ""
	}
	return goos, goarch
}

func engineOf(p plan.Plan, c plan.Cell) string {
	if c.Engine != "" {
		return c.Engine
	}
	return p.Engine
}

// hostLimitOf is what "connections=host-limit" stands for; "" when no cell is at the limit.
func hostLimitOf(p plan.Plan) string {
	i := slices.IndexFunc(p.Cells, func(c plan.Cell) bool { return c.HostLimit })
	if i < 0 {
		return ""
	}
	return strconv.Itoa(p.Cells[i].Connections)
}
