package probe

import (
	"os"
	"runtime"
)

// ReadHost reads the host that this process runs on.
func ReadHost() Host {
	h := ReadHostFrom(os.DirFS("/"))
	h.Arch = runtime.GOARCH
	return h
}
