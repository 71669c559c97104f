// Package marks puts generated text into a document that people write, between two lines that nobody sees:
//
//	<!-- NAME: begin -->
//	<!-- NAME: end -->
//
// What stands outside the marks stays as it is.
package marks
