package defect

import "github.com/assay-bench/assay/harness/mistake"

// StandardLimits are those of `assay defects`. Ten seconds are many times what a program takes that ends at all. A Go
// program whose recursion does not end fills a stack of 1 GB before the runtime stops it, and copies it as it grows, hence
// 3 GiB. The tools' limits are against a tool that hangs; a tool that meets one is an error, not an outcome.
func StandardLimits() mistake.Limits {
	return mistake.Limits{ToolSeconds: 180, ProgramSeconds: 10, ToolMemoryBytes: 4 << 30, ProgramMemoryBytes: 3 << 30}
}
