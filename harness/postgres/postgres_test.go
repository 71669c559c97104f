package postgres

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

func TestURL(t *testing.T) {
	for _, role := range []string{Admins, Servers} {
		c, err := pgx.ParseConfig(URL(role, 5433))
		if err != nil {
			t.Fatal(err)
		}
		if c.User != role || c.Password != Password || c.Host != "127.0.0.1" || c.Port != 5433 || c.Database != Name || c.TLSConfig != nil {
			t.Errorf("%s reads as user %q, password %q, %s:%d, database %q, TLS %v", URL(role, 5433), c.User, c.Password, c.Host, c.Port, c.Database, c.TLSConfig != nil)
		}
	}
	if Admins == Servers {
		t.Error("the servers' statements can't be told from those of the harness: both have one role")
	}
}

// Each setting of ours is disclosed, by itself or, where it decides a part of another one, by that.
func TestSettingsAreDisclosed(t *testing.T) {
	shown := map[string]bool{}
	for _, name := range disclosed() {
		if shown[name] {
			t.Errorf("%s is disclosed twice", name)
		}
		shown[name] = true
	}
	for name := range given(t) {
		if !shown[name] {
			t.Errorf("%s differs from PostgreSQL's default and is not disclosed", name)
		}
	}
}

// A database cell runs one server at a time, and a check of conformance leaves at most two more with open pools.
func TestConnectionsSuffice(t *testing.T) {
	const largestPool, reserved = 64, 3 // scenarios/database.toml; superuser_reserved_connections
	n, err := strconv.Atoi(given(t)["max_connections"])
	if err != nil {
		t.Fatal(err)
	}
	if n < 3*largestPool+reserved+1 {
		t.Errorf("max_connections=%d is too few for three pools of %d and for us", n, largestPool)
	}
}

// given are the settings by name.
func given(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, setting := range Settings() {
		name, value, ok := strings.Cut(setting, "=")
		if !ok || name == "" || value == "" || out[name] != "" {
			t.Fatalf("setting %q is no name=value, or there twice", setting)
		}
		out[name] = value
	}
	return out
}

func TestWrap(t *testing.T) {
	if err := wrap("reset", nil); err != nil {
		t.Errorf("nothing failed, and yet: %v", err)
	}
	cause := errors.New("no route")
	if err := wrap("reset", cause); !errors.Is(err, cause) || err.Error() != "database: reset: no route" {
		t.Errorf("got %v", err)
	}
}
