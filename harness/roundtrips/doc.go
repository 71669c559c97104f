// Package roundtrips proves what each database path of a target sends to PostgreSQL for one request: statements, by
// pg_stat_statements, and protocol messages, by a relay that decodes them. It runs in the agent, once, before anything is
// timed. [Judge] says where paths that are to be equal are not.
package roundtrips
