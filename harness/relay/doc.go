// Package relay stands between a server under test and PostgreSQL and counts what both send: it decodes every message of
// the protocol and passes it on. It is for proving that two servers ask alike, before anything is timed; no timed request
// goes through it.
package relay
