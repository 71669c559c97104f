package run

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/assay-bench/assay/harness/coldstart"
	"github.com/assay-bench/assay/harness/conform"
	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/roundtrips"
)

// A Task is what the agent finds in its job file: one of these.
type Task struct {
	Load    *load.Job    `json:"load,omitempty"`
	Conform *conform.Job `json:"conform,omitempty"`
	// Attended is a check during which the side that started the agent has its own part.
	Attended *conform.AttendedJob `json:"attended,omitempty"`
	// Start opens the gate before a target's start and times its first answer.
	Start *coldstart.Job `json:"start,omitempty"`
	// Database is work on the database itself, Count on what a target sends to it.
	Database *DatabaseTask   `json:"database,omitempty"`
	Count    *roundtrips.Job `json:"count,omitempty"`
}

// ServeAgent runs the task in jobFile and writes its result to resultFile. Progress goes
// to stdout, one JSON object a line. The agent runs where the target can be reached on
// loopback: in its network namespace, or beside it as a process.
func ServeAgent(ctx context.Context, jobFile, resultFile string, stdout io.Writer) error {
	body, err := os.ReadFile(jobFile)
	if err != nil {
		return err
	}
	var task Task
	if err := json.Unmarshal(body, &task); err != nil {
		return fmt.Errorf("%s: %w", jobFile, err)
	}
	result, err := task.do(ctx, stdout)
	if err != nil {
		return err
	}
	out, err := json.Marshal(result)
	if err != nil {
		return err
	}
	return os.WriteFile(resultFile, out, 0o644)
}

func (t Task) do(ctx context.Context, stdout io.Writer) (any, error) {
	switch {
	case t.Load != nil:
		lines := json.NewEncoder(stdout)
		return load.Run(ctx, *t.Load, func(p load.Progress) {
			// A lost progress line costs the user a moment of the bar, the trial nothing.
			_ = lines.Encode(p)
		})
	case t.Conform != nil:
		return conform.Check(ctx, *t.Conform)
	case t.Start != nil:
		return coldstart.Probe(ctx, *t.Start)
	case t.Attended != nil:
		lines := json.NewEncoder(stdout)
		var lost error // the other side waits for each of these
		report, err := conform.CheckAttended(ctx, *t.Attended, func(e conform.Event) { lost = errors.Join(lost, lines.Encode(e)) })
		return report, errors.Join(err, lost)
	case t.Database != nil:
		return t.Database.do(ctx)
	case t.Count != nil:
		return roundtrips.Count(ctx, *t.Count)
	}
	return nil, fmt.Errorf("the job file holds no task")
}
