package limited

import (
	"os"
	"strings"
)

// ToolEnv is the environment of compilers and linters: the caller's, which says where their caches are, without what
// would change their answers, and without the network.
func ToolEnv() []string {
	var env []string
	for _, v := range os.Environ() {
		name, _, _ := strings.Cut(v, "=")
		switch name {
		case "GOFLAGS", "GOWORK", "GOPROXY", "GOTOOLCHAIN", "GO111MODULE", "GOEXPERIMENT", "GODEBUG", "CGO_ENABLED", "CGO_CFLAGS", "CGO_LDFLAGS", "GOOS", "GOARCH", "RUSTFLAGS", "CLIPPY_ARGS", "CLIPPY_CONF_DIR", "LANG", "LC_ALL":
		default:
			env = append(env, v)
		}
	}
	return append(env, "GOFLAGS=-mod=readonly", "GOWORK=off", "GOPROXY=off", "GOTOOLCHAIN=local", "CGO_ENABLED=1", "LC_ALL=C")
}

// ProgramEnv is the environment of a program under study, which runs in dir.
func ProgramEnv(dir string) []string {
	return []string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "TMPDIR=" + dir, "LC_ALL=C", "RUST_BACKTRACE=0"}
}
