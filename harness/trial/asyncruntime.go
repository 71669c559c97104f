package trial

// Who runs what waits in a program of scenarios/async-runtime.
const (
	NoExecutor       = "none"     // nobody: the Rust standard library alone
	OwnExecutor      = "own"      // the program brings an executor
	LanguageExecutor = "language" // Go's scheduler
)

// What became of a program's work.
const (
	WorkRan     = "ran"
	WorkIdle    = "idle"    // the program ended well, and its work had not run
	WorkRefused = "refused" // the compiler refused the program
)

// AsyncRuntime is the study of whether asynchronous work runs without a runtime from outside of the language. Where Missing or
// Failed says something, the rest is not there.
type AsyncRuntime struct {
	Missing  string         `json:"missing,omitempty"` // the tool that is not there and what to do
	Failed   string         `json:"failed,omitempty"`  // the program that ended in a way that shows nothing
	Tools    []string       `json:"tools,omitempty"`   // each with its version
	Programs []AsyncProgram `json:"programs,omitempty"`
}

// AsyncProgram is one program and what became of its work.
type AsyncProgram struct {
	ID       string `json:"id"`
	About    string `json:"about"`
	Language string `json:"language"` // "rust" or "go"
	Executor string `json:"executor"`
	Outcome  string `json:"outcome"`
	Says     string `json:"says,omitempty"` // the compiler's words, or the first line that was printed
}
