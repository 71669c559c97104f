package prove

import "github.com/assay-bench/assay/harness/marks"

// mark names the two lines of a document between which the tables stand.
const mark = "prove"

// Insert returns the document with the text between its two marks.
func Insert(document, text string) (string, error) { return marks.Insert(document, mark, text) }

// Between returns what stands between the marks of a document.
func Between(document string) (string, error) { return marks.Between(document, mark) }
