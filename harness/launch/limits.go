package launch

import "time"

// How long things may take. They bound a fault, not a measurement.
const (
	// StopGrace is what a target gets between SIGTERM and SIGKILL (targets/CONTRACT.md).
	StopGrace = 10 * time.Second
	// StartGrace is how long a target may take until it listens.
	StartGrace = 10 * time.Second

	cleanUpLimit = 15 * time.Second // for each clean-up, on its own clock
	callLimit    = 30 * time.Second // for one short call to the engine
	answerLimit  = 5 * time.Second  // for a sign of life from the engine
	watchEvery   = 5 * time.Second  // between two signs of life while a container runs
	pipeGrace    = 2 * time.Second  // for output pipes that a dead child's children hold open
	settleGrace  = 2 * time.Second  // for a target out of our sight to die at its start
	pollEvery    = 5 * time.Millisecond
)

// Sizes of what is kept of an output for an error message.
const (
	tailLines   = 20
	tailBytes   = 8 << 10
	maxLineSize = 1 << 20 // longest line of progress
)
