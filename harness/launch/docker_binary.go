package launch

import (
	"context"
	"errors"
	"fmt"
	"path"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/client"
	"github.com/testcontainers/testcontainers-go"
)

// binaryIn is the size in bytes of the program that an image starts, which stands in the file system of a container that
// never runs. It is 0 where the image names no program by its path, or names a link: a size would be that of something else.
func (d *Docker) binaryIn(ctx context.Context, targetID string, image client.ImageInspectResult) (size int64, err error) {
	if image.Config == nil || len(image.Config.Entrypoint) == 0 || !path.IsAbs(image.Config.Entrypoint[0]) {
		return 0, nil
	}
	id, err := d.create(ctx, targetID, testcontainers.ContainerRequest{Image: image.ID, Labels: d.labels("target", targetID)})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, d.remove(ctx, id, targetID)) }()
	err = d.call(ctx, fmt.Sprintf("look for %s in the image of %s", image.Config.Entrypoint[0], targetID), func(ctx context.Context) error {
		found, err := d.api.ContainerStatPath(ctx, id, client.ContainerStatPathOptions{Path: image.Config.Entrypoint[0]})
		if errdefs.IsNotFound(err) {
			return nil // the first start says so, better
		}
		if err == nil && found.Stat.Mode.IsRegular() {
			size = found.Stat.Size
		}
		return err
	})
	return size, err
}
