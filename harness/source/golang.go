package source

import (
	"go/scanner"
	"go/token"
	"strings"
)

// goLines counts the lines on which a token of Go stands. A token that spans lines, a raw string, counts each of them.
func goLines(body []byte) int {
	files := token.NewFileSet()
	file := files.AddFile("", files.Base(), len(body))
	var s scanner.Scanner
	s.Init(file, body, func(token.Position, string) {}, 0) // without comments; an error is the compiler's to report
	var lines []int
	for {
		at, tok, text := s.Scan()
		if tok == token.EOF {
			return distinct(lines)
		}
		if tok == token.SEMICOLON && text == "\n" {
			continue // the scanner's own
		}
		first := file.Line(at)
		for i := range strings.Count(text, "\n") + 1 {
			lines = append(lines, first+i)
		}
	}
}
