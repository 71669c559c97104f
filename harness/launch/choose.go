package launch

import (
	"context"
	"fmt"
)

// Choose returns the launcher that --runtime asks for, and why it is this one: a phrase for
// the first line of the output and for the report. want is "auto", "docker" or "process";
// auto takes Docker where an engine answers that can run the agent, else processes.
func Choose(ctx context.Context, want string, opts Options) (l Launcher, reason string, err error) {
	switch want {
	case "docker":
		d, err := NewDocker(ctx, opts)
		if err != nil {
			return nil, "", err
		}
		return d, "asked for by --runtime docker", nil
	case "process":
		p, err := NewProcess(opts)
		if err != nil {
			return nil, "", err
		}
		return p, "asked for by --runtime process", nil
	case "auto":
		return chooseAuto(ctx, opts)
	}
	return nil, "", fmt.Errorf("--runtime %q is not known; it is auto, docker or process", want)
}

func chooseAuto(ctx context.Context, opts Options) (Launcher, string, error) {
	d, dockerErr := NewDocker(ctx, opts)
	if dockerErr == nil {
		return d, "a Docker engine answers", nil
	}
	if ctx.Err() != nil {
		return nil, "", fmt.Errorf("look for a Docker engine: %w", context.Cause(ctx))
	}
	p, err := NewProcess(opts)
	if err != nil {
		return nil, "", err
	}
	return p, oneLine(dockerErr), nil
}
