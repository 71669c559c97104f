//go:build !linux

package launch

import "fmt"

// listenerName tells the user how to find out: this system has no file that says it.
func listenerName(port int) string {
	return fmt.Sprintf("another program (`lsof -nP -iTCP:%d -sTCP:LISTEN` names it)", port)
}

// listeners cannot be seen on this system.
func listeners(string, int) map[string]bool { return nil }
