package cost

// An Option is one set of assumptions of a sensitivity table: what is changed of the model's own.
type Option struct {
	Utilisation float64
	Replicas    int
}

// Options are those of a sensitivity table: three targets of utilisation and one to three replicas, the model's own among
// them. One is changed at a time, so that each row shows what that assumption does.
func (m *Model) Options() []Option {
	own := Option{m.Assumptions.Utilisation, m.Assumptions.Replicas}
	options := []Option{own}
	for _, u := range []float64{0.3, 0.5, 0.7} {
		if u != own.Utilisation {
			options = append(options, Option{u, own.Replicas})
		}
	}
	for _, k := range []int{1, 2, 3} {
		if k != own.Replicas {
			options = append(options, Option{own.Utilisation, k})
		}
	}
	return options
}

// With is the model under other assumptions. It shares the price list.
func (m *Model) With(o Option) *Model {
	other := *m
	other.Assumptions.Utilisation, other.Assumptions.Replicas = o.Utilisation, o.Replicas
	return &other
}

// A Beside is a load that a bill is made for too, to show what depends on the load. Of is the case that names it, "" where it is a share
// of the case's own.
type Beside struct {
	Load  Load
	Of    string
	Share float64 // of the case's load; 0 where it is a case of its own
}

// fewConnections is the least load of a sensitivity table; below it a second machine is there for its own sake.
const fewConnections = 100

// Besides are the loads beside a case's own: a tenth and a hundredth of it, and those of the model's other cases whose bills are made
// of the same measurements.
func (m *Model) Besides(id string) []Beside {
	given, ok := m.Case(id)
	if !ok {
		return nil
	}
	var all []Beside
	for _, part := range []int{10, 100} {
		if n := given.Connections / part; n >= fewConnections {
			all = append(all, Beside{Load: Load{n, given.RequestsPerSecond / float64(part)}, Share: 1 / float64(part)})
		}
	}
	for _, c := range m.Cases {
		if c.ID != id && c.CPUCell == given.CPUCell && c.MemoryScenario == given.MemoryScenario {
			all = append(all, Beside{Load: c.Load(), Of: c.ID})
		}
	}
	return all
}
