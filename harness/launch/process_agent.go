package launch

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// agentName is how errors and notes call the process that hosts the load engine.
const agentName = "load agent"

// Agent runs the load agent as a child process on the load CPUs. When ctx is over, the
// agent is killed.
func (i *processInstance) Agent(ctx context.Context, run AgentRun) ([]byte, error) {
	select {
	case <-i.child.done:
		return nil, &ExitError{Who: i.targetID, When: "before the load agent was started", Exit: i.finalExit()}
	default:
	}
	dir, err := os.MkdirTemp(i.launcher.children.notes.dir, "agent-")
	if err != nil {
		return nil, fmt.Errorf("make a directory for the load agent's job: %w", err)
	}
	defer os.RemoveAll(dir) // Close removes what is left
	job, result := filepath.Join(dir, "job.json"), filepath.Join(dir, "result.json")
	if err := os.WriteFile(job, run.Job, 0o600); err != nil {
		return nil, fmt.Errorf("write the load agent's job: %w", err)
	}
	if err := i.runAgent(ctx, job, result, run); err != nil {
		return nil, err
	}
	answer, err := os.ReadFile(result)
	if err != nil {
		return nil, fmt.Errorf("the load agent ended well but left no result: %w", err)
	}
	return answer, nil
}

func (i *processInstance) runAgent(ctx context.Context, job, result string, run AgentRun) error {
	self := i.launcher.agent
	told := make(chan struct{}) // closed when Started was called: no progress before
	progress := &lineSplitter{emit: func(line []byte) {
		<-told
		if run.Progress != nil {
			run.Progress(line)
		}
	}}
	log := new(tail)
	cmd := exec.Command(self, shimCommand(i.placement.LoadCPUs, i.placement.OpenFiles, os.Getpid(),
		self, "agent", "--job", job, "--result", result)...)
	cmd.Env = agentEnviron()
	cmd.Stdout, cmd.Stderr = progress, log
	child, err := i.launcher.children.start(cmd, agentName)
	if err != nil {
		return fmt.Errorf("start the load agent: %w", err)
	}
	if run.Started != nil {
		run.Started(child.pid, "")
	}
	close(told)
	if err := child.wait(ctx); err != nil {
		return fmt.Errorf("load agent: %w", err)
	}
	progress.flush()
	if !child.exit.clean() {
		exit := child.exit
		exit.LogTail = log.String()
		return &ExitError{Who: agentName, When: "before it wrote a result", Exit: exit}
	}
	return nil
}

// agentEnviron is what an agent gets of our environment: enough to find its temporary
// directory, nothing that changes how it runs.
func agentEnviron() []string {
	var env []string
	for _, key := range []string{"PATH", "HOME", "TMPDIR"} {
		if value, ok := os.LookupEnv(key); ok {
			env = append(env, key+"="+value)
		}
	}
	return env
}
