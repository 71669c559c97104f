package report

import "fmt"

// agents is in how many load agents the cells with load are driven, at least and at most; a cross-check's other engine has one.
func (d *data) agents() (least, most int) {
	least, most = 1, 1
	first := true
	for _, c := range d.Plan.Cells {
		if c.Mode.Lifecycle() || d.Plan.EngineOf(c) != d.Plan.Engine {
			continue
		}
		n := max(1, d.Plan.AgentsOf(c))
		if first {
			least, first = n, false
		}
		least, most = min(least, n), max(most, n)
	}
	return least, most
}

// engine names the load engine, and in how many agents it ran where that was more than one.
func (d *data) engine() string {
	engine := orMissing(d.Plan.Engine)
	switch least, most := d.agents(); {
	case most == 1:
		return engine
	case least == most:
		return fmt.Sprintf("%s in %s agents", engine, count(most))
	default:
		return fmt.Sprintf("%s in %s to %s agents", engine, count(least), count(most))
	}
}

// asleepRule is about a plan in which no load agent stays awake. Agents that share a CPU are the reason where there are more of
// them than CPUs in every cell; in other plans it is the engine, a CPU that the server has too, or their age.
func (d *data) asleepRule() Text {
	least, most := d.agents()
	switch cpus := len(d.Plan.Placement.LoadCPUs); {
	case most == 1:
		return raw("The load agent sleeps until a request is due.")
	case cpus > 0 && least > cpus:
		return rawf("The load agents sleep until a request is due. There are more of them than the %s that they share, so none stays awake: "+
			"it would take another agent's time.", plural(cpus, "CPU"))
	default:
		return raw("The load agents sleep until a request is due.")
	}
}
