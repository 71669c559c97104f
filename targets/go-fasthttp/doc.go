// Command go-fasthttp is a target of assay: an HTTP/1.1 server on fasthttp that answers
// as targets/CONTRACT.md says.
//
// main.go reads the environment and listens. server.go serves a listener until its
// context ends. routes.go finds the handler of a path; each handler is in handlers.go or
// in a file of its name. query.go reads integer parameters, reply.go writes answers.
//
// item.go computes items, order.go checks and prices orders, decode.go and strings.go
// read and write their JSON. Those four are as in go-server, since it is the stack below
// them that differs.
//
// Checking that the answers are right under load is the harness's work, not the server's.
package main
