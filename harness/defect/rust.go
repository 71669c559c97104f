package defect

import (
	"context"

	"github.com/assay-bench/assay/harness/mistake"
)

// lookRust puts a Rust program through its steps. It is one file without dependencies, so the compiler is enough and cargo
// would add only its own start. The flags are those of cargo's two profiles.
func (r *runner) lookRust(ctx context.Context, source, want, dir string) (mistake.Program, error) {
	if err := copyProgram(source, dir); err != nil {
		return mistake.Program{}, err
	}
	p := r.program(ctx, dir, want)
	p.tool(mistake.Build, judgeRustBuild, "rustc", "--edition", edition, "--error-format", "json", "-o", "ordinary", "main.rs")
	if p.rejected() {
		return p.result()
	}
	p.tool(mistake.Clippy, judgeClippy, "clippy-driver", "--edition", edition, "--error-format", "json", "--emit", "metadata", "-o", "checked", "main.rs")
	p.start(mistake.Debug, "ordinary")
	p.must("rustc", "--edition", edition, "--cap-lints", "allow", "-C", "opt-level=3", "-o", "optimised", "main.rs")
	p.start(mistake.Release, "optimised")
	return p.result()
}
