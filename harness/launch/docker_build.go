package launch

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/api/types/build"
	"github.com/moby/moby/client"
	"github.com/moby/moby/client/pkg/jsonmessage"
	"github.com/testcontainers/testcontainers-go"

	"github.com/assay-bench/assay/harness/target"
)

// hashInTag is how much of a hash an image's tag shows.
const hashInTag = 16

// An imageSpec is an image to build from an archive that holds its Dockerfile.
type imageSpec struct {
	name   string // for errors: "image of go-server"
	repo   string // "assay/go-server"
	hash   string // of what it is built from; its beginning is the tag
	labels map[string]string
}

func (s imageSpec) tag() string { return s.repo + ":" + s.hash[:hashInTag] }

// Prepare builds the image of a target from its Dockerfile, unless it was built from the
// same source before.
func (d *Docker) Prepare(ctx context.Context, t target.Target, log io.Writer) (Build, error) {
	if t.BuiltIn {
		return d.ownImage(ctx, t)
	}
	src, err := listSource(d.root, t)
	if err != nil {
		return Build{}, err
	}
	hash, err := src.hash()
	if err != nil {
		return Build{}, fmt.Errorf("read the source of %s: %w", t.ID, err)
	}
	amount, err := src.count(t.Language, t.Uncounted())
	if err != nil {
		return Build{}, fmt.Errorf("read the source of %s: %w", t.ID, err)
	}
	spec := imageSpec{
		name: "image of " + t.ID, repo: "assay/" + strings.ToLower(t.ID), hash: hash,
		labels: map[string]string{labelTarget: t.ID, labelSource: hash, labelRole: "target"},
	}
	started := time.Now()
	image, found, err := d.findImage(ctx, spec)
	if err != nil {
		return Build{}, err
	}
	if !found {
		archive, err := src.archive()
		if err != nil {
			return Build{}, err
		}
		if image, err = d.buildImage(ctx, spec, archive, log); err != nil {
			return Build{}, err
		}
	}
	binary, err := d.binaryIn(ctx, t.ID, image)
	if err != nil {
		return Build{}, err
	}
	return Build{
		TargetID: t.ID, Ref: image.ID, SHA256: strings.TrimPrefix(image.ID, "sha256:"), Bytes: image.Size, Binary: binary,
		SourceHash: hash, Took: time.Since(started), Cached: found, Source: amount,
	}, nil
}

// findImage looks for an image that was built from the same source: the tag alone, which
// anybody can set, does not prove that.
func (d *Docker) findImage(ctx context.Context, spec imageSpec) (image client.ImageInspectResult, found bool, err error) {
	err = d.call(ctx, "look for the "+spec.name, func(ctx context.Context) (err error) {
		image, err = d.api.ImageInspect(ctx, spec.tag())
		return err
	})
	if errdefs.IsNotFound(err) {
		return image, false, nil
	}
	if err != nil {
		return image, false, err
	}
	return image, image.Config != nil && image.Config.Labels[labelSource] == spec.hash, nil
}

// checkImage fails when a build's image was removed since. testcontainers would look for it
// in a registry, for minutes.
func (d *Docker) checkImage(ctx context.Context, b Build) error {
	err := d.call(ctx, "look for the image of "+b.TargetID, func(ctx context.Context) error {
		_, err := d.api.ImageInspect(ctx, b.Ref)
		return err
	})
	if errdefs.IsNotFound(err) {
		return fmt.Errorf("image %s of %s is gone; start again, it is built anew then", b.Ref, b.TargetID)
	}
	return err
}

// buildImage builds with the legacy builder: BuildKit over the plain API returns no log,
// and a failed build must show the compiler's words.
func (d *Docker) buildImage(ctx context.Context, spec imageSpec, archive io.ReadSeeker, log io.Writer) (client.ImageInspectResult, error) {
	request := testcontainers.ContainerRequest{FromDockerfile: testcontainers.FromDockerfile{
		ContextArchive: archive,
		Repo:           spec.repo,
		Tag:            spec.hash[:hashInTag],
		KeepImage:      true,
		BuildOptionsModifier: func(o *client.ImageBuildOptions) {
			o.Version = build.BuilderV1
			o.Labels = spec.labels
		},
	}}
	options, err := request.BuildOptions() // finds the credentials for base images
	if err != nil {
		return client.ImageInspectResult{}, fmt.Errorf("build the %s: %w", spec.name, err)
	}
	var last tail
	err = d.long(ctx, "build the "+spec.name, func(ctx context.Context) error {
		answer, err := d.api.ImageBuild(ctx, options.Context, options)
		if err != nil {
			return err
		}
		defer answer.Body.Close()
		return jsonmessage.DisplayStream(answer.Body, &plainWriter{to: io.MultiWriter(log, &last)})
	})
	if err != nil {
		if words := last.String(); words != "" && !errors.Is(err, ErrEngine) && ctx.Err() == nil {
			err = fmt.Errorf("%w; its last output:\n%s", err, words)
		}
		return client.ImageInspectResult{}, err
	}
	image, found, err := d.findImage(ctx, spec)
	if err == nil && !found {
		err = fmt.Errorf("build the %s: the engine reports success but has no %s", spec.name, spec.tag())
	}
	return image, err
}

// heldImage is a target's image with our binary in it as well, the shim that waits before it becomes the target. Built
// once for each target, so that a start of it does no more than an ordinary one.
func (d *Docker) heldImage(ctx context.Context, b Build) (client.ImageInspectResult, error) {
	d.imageMu.Lock()
	defer d.imageMu.Unlock()
	sum := sha256.Sum256([]byte(b.SHA256 + d.agentHash))
	spec := imageSpec{
		name: "image of " + b.TargetID + " with the shim", repo: "assay/" + strings.ToLower(b.TargetID) + "-held", hash: hex.EncodeToString(sum[:]),
		labels: map[string]string{labelTarget: b.TargetID, labelSource: hex.EncodeToString(sum[:]), labelRole: "held"},
	}
	image, found, err := d.findImage(ctx, spec)
	if err != nil || found {
		return image, err
	}
	binary, err := os.ReadFile(d.agent)
	if err != nil {
		return image, err
	}
	archive, err := tarOf(tarEntry{"Dockerfile", 0o644, []byte("FROM " + b.Ref + "\nCOPY assay " + shimPath + "\n")}, tarEntry{"assay", 0o755, binary})
	if err != nil {
		return image, err
	}
	return d.buildImage(ctx, spec, archive, io.Discard)
}

// ownImage is the build of a target that is a part of this program: the agent's image.
func (d *Docker) ownImage(ctx context.Context, t target.Target) (Build, error) {
	b, err := ownBinary(d.agent, t)
	if err != nil {
		return Build{}, err
	}
	if b.Ref, err = d.agentImage(ctx); err != nil {
		return Build{}, err
	}
	b.SHA256 = strings.TrimPrefix(b.Ref, "sha256:")
	return b, nil
}

// agentImage returns the image that holds the agent's binary and nothing else; it builds
// it when it is not there.
func (d *Docker) agentImage(ctx context.Context) (id string, err error) {
	d.imageMu.Lock()
	defer d.imageMu.Unlock()
	spec := imageSpec{
		name: "image of the load agent", repo: "assay/agent", hash: d.agentHash,
		labels: map[string]string{labelSource: d.agentHash, labelRole: "agent"},
	}
	image, found, err := d.findImage(ctx, spec)
	if err != nil || found {
		return image.ID, err
	}
	archive, err := d.agentArchive()
	if err != nil {
		return "", fmt.Errorf("build the %s: %w", spec.name, err)
	}
	image, err = d.buildImage(ctx, spec, archive, io.Discard)
	return image.ID, err
}

func (d *Docker) agentArchive() (*bytes.Reader, error) {
	binary, err := os.ReadFile(d.agent)
	if err != nil {
		return nil, err
	}
	dockerfile := []byte("FROM scratch\nCOPY assay /assay\nENTRYPOINT [\"/assay\"]\n")
	return tarOf(tarEntry{"Dockerfile", 0o644, dockerfile}, tarEntry{"assay", 0o755, binary})
}

// A tarEntry is a regular file of a small archive.
type tarEntry struct {
	name    string
	mode    int64
	content []byte
}

func tarOf(entries ...tarEntry) (*bytes.Reader, error) {
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, e := range entries {
		header := &tar.Header{Name: e.name, Mode: e.mode, Size: int64(len(e.content)), Typeflag: tar.TypeReg}
		if err := errors.Join(w.WriteHeader(header), writeAll(w, e.content)); err != nil {
			return nil, fmt.Errorf("pack %s: %w", e.name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return bytes.NewReader(out.Bytes()), nil
}
