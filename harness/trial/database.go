package trial

// Database is the PostgreSQL that ran beside the targets, and what each path of theirs sends to it. The counts are proven
// once, before trial 1.
type Database struct {
	Version  string            `json:"version"`         // as the server tells it
	Image    string            `json:"image,omitempty"` // Docker; "" for the host's binaries
	Settings map[string]string `json:"settings"`
	Paths    []DatabasePath    `json:"paths"`
}

// DatabasePath is what one request by a path of a target costs: means over Requests requests.
type DatabasePath struct {
	Target     string         `json:"target"`
	Request    string         `json:"request"` // "GET /db/item"
	Statements float64        `json:"statements"`
	RoundTrips float64        `json:"round_trips"`
	Frontend   map[string]int `json:"frontend"` // messages to the database over all the requests, by the protocol's names
	Backend    map[string]int `json:"backend"`  // same, from it
	Requests   int            `json:"requests"`
}
