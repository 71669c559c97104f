package defect

import (
	"context"
	"os"
	"path/filepath"

	"github.com/assay-bench/assay/harness/limited"
	"github.com/assay-bench/assay/harness/mistake"
)

// lookGo puts a Go program through its steps, in a module of its own below dir.
func (r *runner) lookGo(ctx context.Context, source, want, dir string) (mistake.Program, error) {
	if err := copyProgram(source, dir); err != nil {
		return mistake.Program{}, err
	}
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module defect\n\ngo "+limited.GoVersion+"\n"), 0o644); err != nil {
		return mistake.Program{}, err
	}
	p := r.program(ctx, dir, want)
	p.tool(mistake.Build, judgeGoBuild, "go", "build", "-o", "ordinary", ".")
	if p.rejected() {
		return p.result()
	}
	p.tool(mistake.Vet, judgeVet, "go", "vet", "-json", ".")
	p.tool(mistake.Staticcheck, judgeStaticcheck, r.tools.staticcheck, "-f", "json", ".")
	p.start(mistake.Run, "ordinary")
	p.must("go", "build", "-race", "-o", "racing", ".")
	p.start(mistake.Race, "racing")
	return p.result()
}
