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
