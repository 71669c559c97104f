package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/cost"
	"github.com/assay-bench/assay/harness/trial"
	"github.com/assay-bench/assay/harness/verdict"
)

// hostArch is the architecture of the host that a run was made on, "" where its environment does not show it.
func hostArch(env trial.Environment) string {
	return cost.HostArch(env.Toolchains["go"], env.EngineVersion)
}

// elsewhere reports whether a machine is known to be of another architecture than the measuring host.
func (e estimate) elsewhere(of cost.Machine) bool {
	return e.host != "" && of.Arch != "" && of.Arch != e.host
}

// machineName is a machine's name, with its architecture where that is not the host's.
func (e estimate) machineName(of cost.Machine) string {
	if e.elsewhere(of) {
		return of.Name + " (" + of.Arch + ")"
	}
	return of.Name
}

// ofHost is the cheapest bill at a provider of machines of the host's own architecture, where the cheapest of all is of another.
func (e estimate) ofHost(u verdict.Usage, provider string, cheapest verdict.Bills) (billRow, bool) {
	if !e.elsewhere(cheapest.Center.Machine) {
		return billRow{}, false
	}
	b, err := u.Bills(e.model.OfArch(e.host), provider, e.flags.load())
	return billRow{u.Target, b}, err == nil // the provider may have none that carries it
}

// printArchDoubts says where machines are of another architecture than the host, or that this is not known.
func (e estimate) printArchDoubts(w io.Writer, rows []billRow) {
	var others []string
	known := e.host != ""
	for _, r := range rows {
		of := r.Center.Machine
		known = known && of.Arch != ""
		if name := e.machineName(of); e.elsewhere(of) && !slices.Contains(others, name) {
			others = append(others, name)
		}
	}
	switch {
	case len(others) > 0:
		fmt.Fprintf(w, "\nof another architecture: CPU time was measured on %s, and %s are not of it; a second of their vCPUs may do more or less, which was not measured; "+
			"the cheapest machines of %s stand beside them\n", e.host, strings.Join(others, ", "), e.host)
	case e.host == "":
		fmt.Fprintln(w, "\nof unknown architecture: the run's env.json does not show the host's, and a second of an x86 machine's vCPU is none of an Arm one's")
	case !known:
		fmt.Fprintf(w, "\nof unknown architecture: the price list does not say that of every machine (arch), and CPU time was measured on %s\n", e.host)
	}
}
