package launch

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/client"
	"github.com/testcontainers/testcontainers-go"

	"github.com/assay-bench/assay/harness/target"
)

func TestDockerPublishesNothing(t *testing.T) {
	d := newTestDocker(t)
	i := launchTest(t, d, "server", testPlacement(t)) // its image has EXPOSE
	got, err := d.api.ContainerInspect(testContext(t), i.ContainerID(), client.ContainerInspectOptions{})
	if err != nil {
		t.Fatal(err)
	}
	c := got.Container
	for port, bindings := range c.NetworkSettings.Ports {
		if len(bindings) > 0 {
			t.Errorf("port %v is published: %v", port, bindings)
		}
	}
	if c.HostConfig.NetworkMode != "none" || c.HostConfig.CPUQuota != 0 || c.HostConfig.NanoCPUs != 0 || c.HostConfig.Privileged {
		t.Errorf("host config: %+v", c.HostConfig)
	}
	if c.HostConfig.MemorySwap != c.HostConfig.Memory || c.HostConfig.Memory != 256<<20 {
		t.Errorf("memory %d, with swap %d", c.HostConfig.Memory, c.HostConfig.MemorySwap)
	}
	for key, want := range map[string]string{labelOwner: d.me.String(), labelRun: "launch-test", labelTarget: "launch-test", labelRole: "target"} {
		if c.Config.Labels[key] != want {
			t.Errorf("label %s is %q, want %q", key, c.Config.Labels[key], want)
		}
	}
	wantIn(t, d.Describe(), "Docker Engine", "API")
}

func TestDockerOutOfMemory(t *testing.T) {
	d := newTestDocker(t)
	place := testPlacement(t)
	place.MemoryBytes = 32 << 20
	i := launchTest(t, d, "server", place)
	if _, err := i.Agent(testContext(t), AgentRun{Job: []byte("get http://" + i.Address() + "/eat?mb=200")}); err == nil {
		t.Error("the target had 200 MiB of its 32")
	}
	exit, ok := <-i.Exited()
	if !ok || !exit.OOMKilled || exit.Signal != "killed" {
		t.Errorf("exited: %+v, %t", exit, ok)
	}
}

func TestDockerTooManyOpenFiles(t *testing.T) {
	d := newTestDocker(t)
	tgt := testTarget(t, "server")
	place := testPlacement(t)
	place.OpenFiles = 1 << 30
	_, err := d.Launch(testContext(t), prepare(t, d, tgt), tgt, place)
	wantIn(t, errorText(t, err), "start the container of launch-test", "rlimit")
	if left := ownContainers(t, d); len(left) != 0 {
		t.Errorf("left behind: %q", left)
	}
}

func TestDockerSweepEndsExactlyItsOwn(t *testing.T) {
	d := newTestDocker(t)
	mine := launchTest(t, d, "server", testPlacement(t)) // its owner, this process, lives
	image := prepare(t, d, testTarget(t, "server")).Ref
	foreign := d.me
	foreign.Host, foreign.Start = digest("another host"), 1
	others := map[string]map[string]string{
		"another host's":    {labelOwner: foreign.String()},
		"another version's": {labelOwner: "v2:whatever"},
		"somebody's":        {"com.example.owner": "somebody"},
	}
	for name, labels := range others {
		others[name][labelTarget] = "launch-test"
		id, err := d.create(testContext(t), name, testcontainers.ContainerRequest{Image: image, Labels: labels})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := d.remove(testContext(t), id, name); err != nil {
				t.Error(err)
			}
		})
		others[name]["id"] = id
	}
	parent, ids := startParent(t, "docker", t.TempDir())
	if removed, err := d.Sweep(testContext(t)); err != nil || mentions(removed, ids[2]) || mentions(removed, ids[3]) {
		t.Errorf("a sweep while the parent lives: %q, %v", removed, err)
	}
	kill(t, parent)
	removed, err := d.Sweep(testContext(t))
	if err != nil || !mentions(removed, ids[2]) || !mentions(removed, ids[3]) {
		t.Errorf("sweep: %q, %v; want %q", removed, err, ids[2:])
	}
	for _, id := range ids[2:] {
		if exists(t, d, id) {
			t.Errorf("container %.12s outlived the sweep", id)
		}
	}
	if !exists(t, d, mine.ContainerID()) {
		t.Error("the sweep removed the container of a living owner")
	}
	for name, labels := range others {
		if !exists(t, d, labels["id"]) {
			t.Errorf("the sweep removed %s container", name)
		}
	}
}

func mentions(removed []string, id string) bool {
	return slices.ContainsFunc(removed, func(s string) bool { return strings.Contains(s, id[:12]) })
}

func exists(t *testing.T, d *Docker, id string) bool {
	t.Helper()
	_, err := d.api.ContainerInspect(testContext(t), id, client.ContainerInspectOptions{})
	if err != nil && !errdefs.IsNotFound(err) {
		t.Fatal(err)
	}
	return err == nil
}

func ownContainers(t *testing.T, d *Docker) []string {
	t.Helper()
	found, err := d.list(testContext(t), labelLauncher+"="+d.id)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range found {
		names = append(names, describeContainer(c))
	}
	return names
}

func TestDockerLeavesNoVolume(t *testing.T) {
	d := newTestDocker(t)
	i := launchTest(t, d, "server", testPlacement(t))
	var volume string
	_, err := i.Agent(testContext(t), AgentRun{
		Job: []byte("facts http://" + i.Address() + "/facts"),
		Started: func(_ int, id string) {
			got, err := d.api.ContainerInspect(testContext(t), id, client.ContainerInspectOptions{})
			if err != nil || len(got.Container.Mounts) != 1 {
				t.Errorf("mounts of the agent: %+v, %v", got.Container.Mounts, err)
				return
			}
			volume = got.Container.Mounts[0].Name
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.api.VolumeInspect(testContext(t), volume, client.VolumeInspectOptions{}); !errdefs.IsNotFound(err) {
		t.Errorf("volume %q is still there: %v", volume, err)
	}
}

func TestNoDockerEngine(t *testing.T) {
	_, err := newDocker(testContext(t), Options{AgentBinary: standin}, client.WithHost("unix://"+filepath.Join(t.TempDir(), "none.sock")))
	text := errorText(t, err)
	wantIn(t, text, "no Docker engine answers", "--runtime process")
	if strings.Contains(text, "\n") {
		t.Errorf("more than one line: %q", text)
	}
}

func TestDockerWantsStaticAgent(t *testing.T) {
	newTestDocker(t)
	_, err := newDocker(testContext(t), Options{AgentBinary: "/bin/sh"})
	wantIn(t, errorText(t, err), "/bin/sh", "CGO_ENABLED=0 GOOS=linux GOARCH=", "--agent-binary")
}

func TestDockerLaunchOfRemovedImage(t *testing.T) {
	d := newTestDocker(t)
	tgt := testTarget(t, "server")
	gone := Build{TargetID: tgt.ID, Ref: "sha256:" + strings.Repeat("ab", 32)}
	_, err := d.Launch(testContext(t), gone, tgt, target.Placement{Port: 8080})
	wantIn(t, errorText(t, err), "image", "is gone")
}
