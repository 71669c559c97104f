package launch

import (
	"debug/elf"
	"fmt"
)

// An engineArch is what an engine's architecture means for a binary.
type engineArch struct {
	goarch  string
	machine elf.Machine
}

// archOf maps what `docker info` calls an architecture (uname -m).
func archOf(engine string) (engineArch, bool) {
	switch engine {
	case "x86_64", "amd64":
		return engineArch{"amd64", elf.EM_X86_64}, true
	case "aarch64", "arm64":
		return engineArch{"arm64", elf.EM_AARCH64}, true
	}
	return engineArch{}, false
}

// checkAgentBinary fails unless the binary can run in a container FROM scratch on an
// engine of this architecture: an ELF file for it that needs no dynamic loader.
func checkAgentBinary(path, architecture string) error {
	want, known := archOf(architecture)
	if !known {
		return fmt.Errorf("the Docker engine runs on %s; assay knows x86_64 and aarch64; use --runtime process", architecture)
	}
	problem := staticProblem(path, want)
	if problem == "" {
		return nil
	}
	return fmt.Errorf("%s cannot be the load agent in a container: %s; build one with "+
		"`CGO_ENABLED=0 GOOS=linux GOARCH=%s go build -o bin/assay-agent ./harness/cmd/assay` and name it by --agent-binary",
		path, problem, want.goarch)
}

// staticProblem says why the file is no static binary for the architecture; "" if it is.
func staticProblem(path string, want engineArch) string {
	f, err := elf.Open(path)
	if err != nil {
		return fmt.Sprintf("it is no Linux binary (%v)", err)
	}
	defer f.Close()
	if f.Class != elf.ELFCLASS64 || f.Machine != want.machine {
		return fmt.Sprintf("it is built for %v, the engine needs %v", f.Machine, want.machine)
	}
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP {
			return "it is linked dynamically"
		}
	}
	return ""
}
