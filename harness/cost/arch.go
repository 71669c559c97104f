package cost

import (
	"slices"
	"strings"
)

// The architectures of machines. A vCPU is a hardware thread of an x86 machine and a core of an Arm one, so that a second of one is no
// second of the other.
const (
	X8664 = "x86-64"
	Arm64 = "arm64"
)

// Archs lists them.
func Archs() []string { return []string{X8664, Arm64} }

// HostArch is the architecture that the first of some lines about a host names, such as "go version go1.26.8 linux/amd64"; "" where none
// does.
func HostArch(lines ...string) string {
	for _, line := range lines {
		for _, word := range strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == ',' || r == '/' }) {
			switch word {
			case "amd64", "x86_64", X8664:
				return X8664
			case Arm64, "aarch64":
				return Arm64
			}
		}
	}
	return ""
}

// OfArch is the model with the machines of one architecture alone. It shares all but the price list.
func (m *Model) OfArch(arch string) *Model {
	other := *m
	other.Machines = slices.DeleteFunc(slices.Clone(m.Machines), func(of Machine) bool { return of.Arch != arch })
	return &other
}

// SaysArchs reports whether the price list names the architecture of any machine; lists of before there was one do not.
func (m *Model) SaysArchs() bool {
	return slices.ContainsFunc(m.Machines, func(of Machine) bool { return of.Arch != "" })
}
