// Command go-server is a target of assay: an HTTP/1.1 server on net/http that answers
// as targets/CONTRACT.md says.
//
// main.go reads the environment and listens. server.go serves a listener until its
// context ends, and counts connections. routes.go finds the handler of a path; each
// handler has a file of its name. decode.go reads an order more strictly than
// encoding/json does, strings.go has the part of that which looks at string literals.
// database.go has the pools of PostgreSQL connections and what becomes of their errors;
// database_item.go and database_orders.go have the handlers. query.go reads integer parameters, reply.go writes answers.
//
// Checking that the answers are right under load is the harness's work, not the server's.
package main
