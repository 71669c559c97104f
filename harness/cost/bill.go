package cost

import (
	"errors"
	"fmt"
	"math"
)

// maxMachines bounds a bill: beyond it the numbers are no plan of anybody's.
const maxMachines = 1e6

// rounding is the share by which two sums of the same money may differ in floating point.
const rounding = 1e-9

// A Bound is what decided the number of machines.
type Bound string

// The bounds.
const (
	ByReplicas Bound = "replicas" // the least number of machines carries the load
	ByCPU      Bound = "cpu"
	ByMemory   Bound = "memory"
)

// A Bill is the machines of one type that carry a load.
type Bill struct {
	Machine     Machine
	Count       int     // machines
	USDPerMonth float64 // of all of them
	BoundBy     Bound
	CPUShare    float64 // of the machines' CPU time, at the load
}

// ErrTooLarge is wrapped where no machine of the list, in whatever number, carries a load.
var ErrTooLarge = errors.New("no machine of the price list carries it")

// Bill is the cheapest of all machine types. Equal bills: the first of the list.
func (m *Model) Bill(u Usage, l Load) (Bill, error) {
	return m.billOf(u, l, func(Machine) bool { return true })
}

// BillAt is the cheapest of one provider's machine types.
func (m *Model) BillAt(provider string, u Usage, l Load) (Bill, error) {
	return m.billOf(u, l, func(of Machine) bool { return of.Provider == provider })
}

func (m *Model) billOf(u Usage, l Load, wanted func(Machine) bool) (Bill, error) {
	if err := errors.Join(m.Assumptions.Check(), u.check(), l.Check()); err != nil {
		return Bill{}, err
	}
	var best Bill
	for _, of := range m.Machines {
		if !wanted(of) {
			continue
		}
		b, ok := m.Assumptions.bill(of, u, l)
		if ok && (best.Count == 0 || b.USDPerMonth < best.USDPerMonth*(1-rounding)) {
			best = b
		}
	}
	if best.Count == 0 {
		return Bill{}, fmt.Errorf("%w: %d connections of %.0f bytes each beside a base of %.0f, and %v requests/s of %v us", ErrTooLarge,
			l.Connections, u.BytesPerConnection, u.BaseBytes, l.RequestsPerSecond, u.CPUMicrosPerRequest)
	}
	return best, nil
}

// bill counts machines of one type by the rules of the package comment; ok is false where no number of them does.
func (a Assumptions) bill(of Machine, u Usage, l Load) (b Bill, ok bool) {
	cpu := l.RequestsPerSecond * u.CPUMicrosPerRequest / 1e6 // CPU seconds a second
	forCPU := ceil(cpu / (of.VCPUs * a.Utilisation))
	forMemory, ok := a.machinesForMemory(of, u, l.Connections)
	count := max(float64(a.Replicas), forCPU, forMemory)
	if !ok || !(count <= maxMachines) {
		return Bill{}, false
	}
	b = Bill{Machine: of, Count: int(count), USDPerMonth: count * of.USDPerHour * a.HoursPerMonth, BoundBy: ByReplicas, CPUShare: cpu / (count * of.VCPUs)}
	switch {
	case count == float64(a.Replicas):
	case forCPU >= forMemory:
		b.BoundBy = ByCPU
	default:
		b.BoundBy = ByMemory
	}
	return b, true
}

// machinesForMemory is the smallest k of which each holds ceil(N/k) connections; ok is false where the base alone, or one
// connection beside it, is too much.
func (a Assumptions) machinesForMemory(of Machine, u Usage, connections int) (k float64, ok bool) {
	free := a.usableBytes(of) - max(u.BaseBytes, 0)
	switch {
	case free < 0:
		return 0, false
	case connections == 0 || u.BytesPerConnection == 0:
		return 0, true
	}
	each := math.Floor(free / u.BytesPerConnection) // connections that one holds
	if each < 1 {
		return 0, false
	}
	return math.Ceil(float64(connections) / each), true
}

// ceil rounds up what is not a whole number within rounding: 0.6/(2*0.3) is 1.0000000000000002, and one machine.
func ceil(v float64) float64 {
	if near := math.Round(v); math.Abs(v-near) <= rounding*near {
		return near
	}
	return math.Ceil(v)
}
