package verdict

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/assay-bench/assay/harness/trial"
)

// AsyncRuntime is the evidence of "asynchronous work runs with the standard library alone".
type AsyncRuntime struct {
	Programs []AsyncProgram `json:"programs"`
	Tools    []string       `json:"tools"` // with their versions
}

// AsyncProgram is one program, and what became of its work.
type AsyncProgram struct {
	ID       string `json:"id"`
	About    string `json:"about"`
	Language string `json:"language"`
	Executor string `json:"executor"` // "none", "own" or "language"
	Outcome  string `json:"outcome"`  // "ran", "idle" or "refused"
	Says     string `json:"says,omitempty"`
}

const asyncRuntimeRule = "refuted when no program without an executor of its own runs its work, and every other one does; supported when one of those without does; else inconclusive"

// asyncRuntime judges whether work runs without a runtime. The programs that have an executor are the controls: where the work of
// one does not run, that of the others says nothing.
func (c *court) asyncRuntime(body []byte) (Reading, error) {
	var found trial.AsyncRuntime
	if err := json.Unmarshal(body, &found); err != nil {
		return Reading{}, fmt.Errorf("study of async-runtime: %w", err)
	}
	if out, is := undemonstrated(found.Missing, found.Failed); is {
		return out, nil
	}
	e := &AsyncRuntime{Tools: found.Tools}
	var ran, notRun, controls, broken []string
	for _, p := range found.Programs {
		e.Programs = append(e.Programs, AsyncProgram(p))
		said := fmt.Sprintf("%s (%s)", p.About, outcomeWords(p))
		alone, did := p.Executor == trial.NoExecutor, p.Outcome == trial.WorkRan
		switch {
		case alone && did:
			ran = append(ran, said)
		case alone:
			notRun = append(notRun, said)
		case did:
			controls = append(controls, said)
		default:
			broken = append(broken, said)
		}
	}
	out := Reading{Verdict: Inconclusive, Rule: asyncRuntimeRule, AsyncRuntime: e, Reason: "a control did not run its work either: " + strings.Join(broken, "; "), WouldChange: "controls whose work runs"}
	switch {
	case len(ran) > 0:
		out.Verdict, out.Reason, out.WouldChange = Supported, "it runs: "+strings.Join(ran, "; "), "a toolchain with which it does not"
	case len(notRun) == 0 || len(controls)+len(broken) == 0:
		return Reading{}, errors.New("study of async-runtime: it holds no program of one of the two kinds")
	case len(broken) == 0:
		out.Verdict, out.WouldChange = Refuted, "a standard library with an executor"
		out.Reason = fmt.Sprintf("it does not run: %s; the controls do: %s", strings.Join(notRun, "; "), strings.Join(controls, "; "))
	}
	return out, nil
}

// outcomeWords says what became of a program's work.
func outcomeWords(p trial.AsyncProgram) string {
	switch p.Outcome {
	case trial.WorkRan:
		return "runs"
	case trial.WorkIdle:
		return "builds and ends, and its work has not run"
	case trial.WorkRefused:
		return "the compiler refuses it"
	}
	return p.Outcome
}
