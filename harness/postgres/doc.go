// Package postgres makes and asks the database of a run, from where it can be reached: the agent in its network namespace.
//
// [Open] waits until the server answers, [Admin.Prepare] makes schema and rows, [Admin.Reset] brings them back to that
// state between trials, [Admin.Facts] tells version and settings for the report, and [Admin.Statements] how many
// statements the servers under test had executed, by pg_stat_statements. The server itself is started by package launch.
package postgres
