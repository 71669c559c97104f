// Package model says what a correct target answers: targets/CONTRACT.md as code.
//
// It is the one place where the contract's arithmetic is written down on the harness's
// side. Two packages judge answers with it: conform, before anything is timed, and the load
// engine, while it is. A target does not use it; a target that shared the code would
// share its mistakes.
//
//   - item.go: the object of GET /item, computed from its id.
//   - order.go: the rules and the answer of POST /orders; scan.go reads the request's JSON.
//   - hash.go: the answers of GET /hash and GET /hold.
//   - problem.go: the error answers.
//   - request.go: the requests that load can be made of, since their answers are known.
//   - null.go: the answer of the null server, which is no target.
//
// Append functions follow strconv: they append to dst and return it, and allocate only
// when dst is too small.
//
// The package knows bodies and statuses. Header fields and connections are left to conform, and so are the paths and
// query parameters that no load is made of.
package model
