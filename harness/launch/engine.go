package launch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"
	"time"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/client"
)

// An engine is the Docker API with deadlines: no call hangs, and a lost engine is always
// the same error, ErrEngine.
type engine struct {
	api        client.APIClient
	watchEvery time.Duration // between two signs of life during a long call
}

// call makes one short call. doing names it for the error: "create the target's container".
func (e engine) call(ctx context.Context, doing string, f func(context.Context) error) error {
	limited, cancel := context.WithTimeout(ctx, callLimit)
	defer cancel()
	return e.explain(ctx, limited, doing, f(limited))
}

// long makes a call that may take any time, and gives it up when the engine gives no more
// signs of life.
func (e engine) long(ctx context.Context, doing string, f func(context.Context) error) error {
	watched, cancel := context.WithCancelCause(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		e.watch(watched, cancel)
	}()
	err := f(watched)
	cancel(nil)
	<-done
	return e.explain(ctx, watched, doing, err)
}

func (e engine) watch(ctx context.Context, giveUp context.CancelCauseFunc) {
	ticker := time.NewTicker(e.watchEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		limited, cancel := context.WithTimeout(ctx, answerLimit)
		_, err := e.api.Ping(limited, client.PingOptions{})
		cancel()
		if err != nil && ctx.Err() == nil {
			giveUp(lostEngine(err))
			return
		}
	}
}

// explain turns the error of a call under ctx, whose own limits are in inner, into one
// that says what was being done and, for a lost engine, what to do.
func (e engine) explain(ctx, inner context.Context, doing string, err error) error {
	switch cause := context.Cause(inner); {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return fmt.Errorf("%s: %w", doing, context.Cause(ctx))
	case errors.Is(cause, ErrEngine):
		return fmt.Errorf("%s: %w", doing, cause)
	case errors.Is(err, context.DeadlineExceeded), isLost(err):
		return fmt.Errorf("%s: %w", doing, lostEngine(err))
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// lostEngine keeps the engine's or the system's words and says what to do.
func lostEngine(err error) error {
	return fmt.Errorf("%w (%s); start it again, then go on with `assay run --resume`", ErrEngine, oneLine(err))
}

// isLost tells a broken connection to the engine from an answer that it gave.
func isLost(err error) bool {
	return client.IsErrConnectionFailed(err) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.EPIPE)
}

// waitExit waits until a started container has ended and returns its status.
func (e engine) waitExit(ctx context.Context, id, who string) (status int64, err error) {
	err = e.long(ctx, "wait for "+who, func(ctx context.Context) error {
		wait := e.api.ContainerWait(ctx, id, client.ContainerWaitOptions{Condition: container.WaitConditionNotRunning})
		select {
		case answer := <-wait.Result:
			status = answer.StatusCode
			if answer.Error != nil {
				return errors.New(answer.Error.Message)
			}
			return nil
		case err := <-wait.Error:
			return err
		}
	})
	return status, err
}

// remove kills and removes a container with its volumes, on its own clock, whatever became
// of ctx. A container that is gone already is no error.
func (e engine) remove(ctx context.Context, id, who string) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), cleanUpLimit)
	defer cancel()
	return e.call(ctx, "remove "+who, func(ctx context.Context) error {
		_, err := e.api.ContainerRemove(ctx, id, client.ContainerRemoveOptions{Force: true, RemoveVolumes: true})
		if errdefs.IsNotFound(err) || isBeingRemoved(err) {
			return nil
		}
		return err
	})
}

// isBeingRemoved recognises the engine's answer to a second, simultaneous removal, which
// has no code of its own.
func isBeingRemoved(err error) bool {
	return errdefs.IsConflict(err) && strings.Contains(err.Error(), "already in progress")
}

func oneLine(err error) string {
	return strings.Join(strings.FieldsFunc(err.Error(), func(r rune) bool { return r == '\n' }), "; ")
}
