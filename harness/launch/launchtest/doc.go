// Package launchtest has a launcher that starts nothing, for tests of what is built on
// launchers. Its instances answer an agent's job with what the test says.
package launchtest
