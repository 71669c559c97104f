// Package harness holds nothing but the description of its parts and the test that keeps
// them apart.
//
//	claims ─┐
//	scenarios ─┼─> plan ──> trials ──> records ──> verdicts ──> report
//	targets ─┘
//
// Data flows one way. What a package may import is in imports_test.go and
// docs/decisions/0001-import-table.md; judging cannot reach Docker, statistics cannot
// reach a file.
package harness
