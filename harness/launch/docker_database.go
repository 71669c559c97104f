package launch

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/api/types/mount"
	"github.com/testcontainers/testcontainers-go"

	"github.com/assay-bench/assay/harness/target"
)

// StartDatabase starts PostgreSQL in a container without a network. Targets and agents join it, so that all of them meet
// on one loopback.
func (d *Docker) StartDatabase(ctx context.Context, spec DatabaseSpec) (Instance, error) {
	if d.living.Err() != nil {
		return nil, errors.New("the launcher is closed")
	}
	if err := d.FindDatabase(ctx, spec.Image); err != nil {
		return nil, err
	}
	if err := d.pull(ctx, spec.Image); err != nil {
		return nil, err
	}
	id, err := d.startDatabase(ctx, spec)
	if err != nil {
		return nil, err
	}
	i := &dockerInstance{
		launcher: d, targetID: databaseID, id: id, startGrace: databaseGrace,
		placement: target.Placement{Port: spec.Port, LoadCPUs: spec.LoadCPUs, OpenFiles: spec.OpenFiles},
		done:      make(chan struct{}), exited: make(chan Exit, 1),
	}
	i.stop = onceFunc(i.end)
	d.watching.Go(i.watch)
	if err := i.waitListening(ctx); err != nil {
		_, stopErr := i.Stop(canceled())
		return nil, errors.Join(err, stopErr)
	}
	return i, nil
}

// FindDatabase says in an error why no database could be started; an image that is not here yet is pulled at the start.
func (d *Docker) FindDatabase(_ context.Context, image string) error {
	if image == "" {
		return errors.New("no image of PostgreSQL is named; name one in the scenario, or in ASSAY_POSTGRES_IMAGE")
	}
	return nil
}

// pull fetches an image that the engine lacks.
func (d *Docker) pull(ctx context.Context, image string) error {
	var missing bool
	err := d.call(ctx, "look for image "+image, func(ctx context.Context) error {
		_, err := d.api.ImageInspect(ctx, image)
		missing = errdefs.IsNotFound(err)
		if missing {
			return nil
		}
		return err
	})
	if err != nil || !missing {
		return err
	}
	if err := d.long(ctx, "pull image "+image, func(ctx context.Context) error { return d.provider.PullImage(ctx, image) }); err != nil {
		return fmt.Errorf("%w; name another one in ASSAY_POSTGRES_IMAGE", err)
	}
	return nil
}

// startDatabase creates and starts the container; a second time without sysctls when those are what the engine refuses.
func (d *Docker) startDatabase(ctx context.Context, spec DatabaseSpec) (id string, err error) {
	withSysctls := !d.noSysctls.Load()
	if id, err = d.create(ctx, databaseID, d.databaseRequest(spec)); err == nil {
		if err = d.start(ctx, id, databaseID); err == nil {
			return id, nil
		}
		err = errors.Join(err, d.remove(ctx, id, databaseID))
	}
	if withSysctls && !errors.Is(err, ErrEngine) && isSysctlRefusal(err) {
		d.noSysctls.Store(true)
		return d.startDatabase(ctx, spec)
	}
	return "", err
}

// databaseRequest describes the database's container. It runs as the image's user postgres, which needs none of the
// capabilities that the image's start as root would.
func (d *Docker) databaseRequest(spec DatabaseSpec) testcontainers.ContainerRequest {
	const data = "/var/lib/postgresql/data"
	return testcontainers.ContainerRequest{
		Image: spec.Image,
		Cmd:   append([]string{"postgres", "-p", strconv.Itoa(spec.Port)}, spec.arguments()...),
		Env: map[string]string{
			"POSTGRES_USER": spec.User, "POSTGRES_PASSWORD": spec.Password, "POSTGRES_DB": spec.Name, "PGDATA": data + "/assay",
		},
		Labels:         d.labels("database", databaseID),
		ConfigModifier: func(c *container.Config) { c.User = "postgres" },
		HostConfigModifier: func(h *container.HostConfig) {
			d.confine(h, spec.CPUs, spec.OpenFiles)
			h.NetworkMode = "none"
			// Anonymous volumes go with the container. They have the owner that the image gave the directory, which a tmpfs has
			// not.
			h.Mounts = []mount.Mount{{Type: mount.TypeVolume, Target: data}, {Type: mount.TypeVolume, Target: "/var/run/postgresql"}}
			h.Tmpfs = map[string]string{"/tmp": "mode=1777"}
			if !d.noSysctls.Load() {
				h.Sysctls = targetSysctls() // of the namespace, which target and agent share
			}
		},
	}
}
