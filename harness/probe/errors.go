package probe

import "errors"

var (
	// ErrGone says that the process, or the cgroup, no longer exists.
	ErrGone = errors.New("target is gone")

	// ErrOutOfReach says that this host cannot see what was asked for: another operating
	// system than Linux, or an engine whose processes run elsewhere.
	ErrOutOfReach = errors.New("out of reach on this host")

	// ErrNoNews says that a source with a pace of its own has nothing newer than what it
	// gave last. It is a gap, not a failure.
	ErrNoNews = errors.New("no newer sample yet")
)
