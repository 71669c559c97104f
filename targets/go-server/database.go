package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	defaultPoolSize = 16
	maxPoolSize     = 1000

	// poolWait bounds the wait for a connection, opening one included.
	poolWait = 2 * time.Second

	// connectTimeout bounds the opening of a connection, the server's greeting included.
	connectTimeout = 2 * time.Second
)

// poolConfig reads DATABASE_URL and POOL_SIZE. Without a URL there is no database, and it
// returns nil. The error names the variable; it does not show the password.
func poolConfig(url, size string) (*pgxpool.Config, error) {
	connections := uint64(defaultPoolSize)
	if size != "" {
		var err error
		connections, err = strconv.ParseUint(size, 10, 64)
		if err != nil || connections < 1 || connections > maxPoolSize {
			return nil, fmt.Errorf("POOL_SIZE=%q: want a number from 1 to %d", size, maxPoolSize)
		}
	}
	if url == "" {
		return nil, nil
	}
	config, err := pgxpool.ParseConfig(url)
	if err != nil || !(strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://")) {
		return nil, errors.New("DATABASE_URL: want postgres://user:password@host:port/database?sslmode=disable")
	}
	config.MaxConns = int32(connections)
	config.ConnConfig.ConnectTimeout = connectTimeout
	return config, nil
}

// equalised returns config for a pool that sends nothing of its own: by default pgxpool
// asks a connection that was idle for more than a second whether it is alive. All else
// that the equalised reading wants is pgx's default: statements are prepared once per
// connection and kept, and the connection used last is used next.
func equalised(config *pgxpool.Config) *pgxpool.Config {
	config = config.Copy()
	config.ShouldPing = func(context.Context, pgxpool.ShouldPingParams) bool { return false }
	return config
}

// A database is a pool of connections, made for the first request that needs it.
type database struct {
	config *pgxpool.Config // nil without DATABASE_URL
	mu     sync.Mutex
	made   *pgxpool.Pool
}

// pool returns the pool. It does not connect.
func (d *database) pool() (*pgxpool.Pool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.made == nil {
		// The pool outlives the request that it is made for.
		pool, err := pgxpool.NewWithConfig(context.Background(), d.config)
		if err != nil {
			return nil, fmt.Errorf("make a pool: %w", err)
		}
		d.made = pool
	}
	return d.made, nil
}

// close closes the connections, once they are all idle.
func (d *database) close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.made != nil {
		d.made.Close()
	}
}

// errUnavailable says that the database could not be reached.
var errUnavailable = errors.New("database unavailable")

// with runs use with a connection of the pool.
func (d *database) with(ctx context.Context, use func(*pgxpool.Conn) error) error {
	pool, err := d.pool()
	if err != nil {
		return err
	}
	wait, cancel := context.WithTimeout(ctx, poolWait)
	conn, err := pool.Acquire(wait)
	cancel()
	if err != nil {
		return fmt.Errorf("%w: %w", errUnavailable, err)
	}
	// A connection that broke is closed, not put back.
	defer conn.Release()
	return use(conn)
}

// configured lets requests through to next if there is a DATABASE_URL.
func (d *database) configured(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if d.config == nil {
			rejectDatabase(w, errUnavailable)
			return
		}
		next(w, r)
	}
}

// rejectDatabase answers with what went wrong between this server and the database.
func rejectDatabase(w http.ResponseWriter, err error) {
	if isUnavailable(err) {
		reject(w, http.StatusServiceUnavailable, "database unavailable")
		return
	}
	reject(w, http.StatusInternalServerError, "database error")
}

// isUnavailable tells whether a request may succeed later: the database could not be
// reached, the connection was lost, or PostgreSQL gave up for the time being.
func isUnavailable(err error) bool {
	var refusal *pgconn.PgError
	var unreadable pgx.ScanArgError
	switch {
	case errors.Is(err, errUnavailable):
		return true
	case errors.As(err, &refusal):
		return isTransient(refusal.Code)
	case errors.As(err, &unreadable):
		return false
	}
	return true
}

// isTransient tells whether an SQLSTATE is of one of the classes connection exception,
// transaction rollback, insufficient resources and operator intervention. Its source is
// PostgreSQL's manual, appendix A.
func isTransient(code string) bool {
	if len(code) != 5 {
		return false
	}
	switch code[:2] {
	case "08", "40", "53", "57":
		return true
	}
	return false
}
