package defect

import "context"

// lookRust puts a Rust program through its steps. It is one file without dependencies, so the compiler is enough and cargo
// would add only its own start. The flags are those of cargo's two profiles.
func (r *runner) lookRust(ctx context.Context, source, want, dir string) (Program, error) {
	if err := copyProgram(source, dir); err != nil {
		return Program{}, err
	}
	p := r.program(ctx, dir, want)
	p.tool(Build, judgeRustBuild, "rustc", "--edition", edition, "--error-format", "json", "-o", "ordinary", "main.rs")
	if p.rejected() {
		return p.result()
	}
	p.tool(Clippy, judgeClippy, "clippy-driver", "--edition", edition, "--error-format", "json", "--emit", "metadata", "-o", "checked", "main.rs")
	p.start(Debug, "ordinary")
	p.must("rustc", "--edition", edition, "--cap-lints", "allow", "-C", "opt-level=3", "-o", "optimised", "main.rs")
	p.start(Release, "optimised")
	return p.result()
}
