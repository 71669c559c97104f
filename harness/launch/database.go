package launch

import (
	"time"
)

// A DatabaseSpec is the PostgreSQL server that is to run beside targets.
type DatabaseSpec struct {
	Image     string // Docker alone
	CPUs      []int
	LoadCPUs  []int // of agents that ask the database itself
	OpenFiles int
	Port      int // on loopback
	User      string
	Password  string
	Name      string   // of the database
	Settings  []string // "name=value", as the server's -c takes them
}

// A databaseID is how labels, notes and errors call the server of the database.
const databaseID = "postgres"

// databaseGrace is how long the database may take until it listens: it makes its files first.
const databaseGrace = 60 * time.Second

// arguments are the settings as the server takes them.
func (s DatabaseSpec) arguments() []string {
	var args []string
	for _, setting := range s.Settings {
		args = append(args, "-c", setting)
	}
	return args
}
