package mistake

// The languages, as folders and results name them.
const (
	Go   = "go"
	Rust = "rust"
)

// Classes are the kinds of mistakes, in the order of the tables.
func Classes() []string {
	return []string{"memory", "concurrency", "errors", "numbers", "types", "input"}
}
