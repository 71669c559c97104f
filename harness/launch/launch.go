package launch

import (
	"time"

	"github.com/assay-bench/assay/harness/source"
)

// A Build is a target made ready to start.
type Build struct {
	TargetID   string
	Ref        string   // path of the binary, or image ID
	Args       []string // of the binary, or of the image's entry point; targets have none
	SHA256     string   // of the binary, or the image ID's digest
	Bytes      int64    // size of the binary or the image
	Binary     int64    // size of the binary, also in an image; 0: not found there
	SourceHash string   // over the target's files
	Took       time.Duration
	Cached     bool // Docker: the image was there; process: the build command left the binary as it was
	// Source is how much source it was built from; nil for what is built in and for languages without a counter.
	Source *source.Count
}

// An Exit tells how a process or container ended.
type Exit struct {
	Code      int    // -1 when ended by a signal
	Signal    string // "killed", ...; "" if none
	OOMKilled bool
	LogTail   string // last lines of its output
	// Err is set when the end itself was not seen: the engine stopped answering, say.
	// The other fields mean nothing then.
	Err error
}

// clean reports whether it ended by itself with status 0.
func (e Exit) clean() bool { return e.Code == 0 && e.Signal == "" && e.Err == nil }
