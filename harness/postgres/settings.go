package postgres

import (
	"fmt"
	"net"
	"net/url"
	"strconv"
)

// Names of the database. The servers under test have a role of their own, so that their statements can be told from ours.
const (
	Admins   = "assay"
	Servers  = "shop"
	Password = "assay" // of both: the server listens on loopback alone, while a run lasts
	Name     = "postgres"
)

// Settings are those that differ from PostgreSQL's defaults, as "name=value".
func Settings() []string {
	return []string{
		"shared_preload_libraries=pg_stat_statements",
		"pg_stat_statements.track=top",
		"max_connections=" + strconv.Itoa(maxConnections),
		"shared_buffers=128MB",
		"autovacuum=off", // a run's rows are few, and are brought back to their first state between trials
		"jit=off",
	}
}

// maxConnections leaves room for three servers with the largest pool of the scenarios, and for us.
const maxConnections = 3*64 + 28

// disclosed are the settings that a reader must know.
func disclosed() []string {
	return []string{"fsync", "synchronous_commit", "full_page_writes", "wal_level", "shared_buffers", "max_connections", "autovacuum", "jit",
		"password_encryption", "shared_preload_libraries", "pg_stat_statements.track"}
}

// URL is how a role finds the database on loopback.
func URL(role string, port int) string {
	u := url.URL{
		Scheme: "postgres", User: url.UserPassword(role, Password), Host: net.JoinHostPort("127.0.0.1", strconv.Itoa(port)), Path: "/" + Name,
		RawQuery: "sslmode=disable",
	}
	return u.String()
}

// Facts are what the report discloses of the server.
type Facts struct {
	Version  string            `json:"version"` // as the server tells it: "15.14 (Debian ...)"
	Settings map[string]string `json:"settings"`
}

func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("database: %s: %w", doing, err)
}
