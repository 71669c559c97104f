package launch

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"github.com/moby/moby/api/types/system"
	"github.com/moby/moby/client"
	"github.com/testcontainers/testcontainers-go"
	tclog "github.com/testcontainers/testcontainers-go/log"
)

// Labels of what is ours. Only what carries labelOwner is ever removed.
const (
	labelOwner    = "dev.assay-bench.owner"    // who started it: an Owner
	labelLauncher = "dev.assay-bench.launcher" // which launcher of that process
	labelRun      = "dev.assay-bench.run"      // for a person
	labelRole     = "dev.assay-bench.role"     // "target" or "agent"; of images also "held", a target's with the shim
	labelTarget   = "dev.assay-bench.target"   // the target's ID
	labelSource   = "dev.assay-bench.source"   // of images: hash of what they were built from
)

// Docker launches targets and agents as containers. Use NewDocker.
type Docker struct {
	engine
	root     string
	agent    string // path of the assay binary
	me       Owner
	run      string
	id       string // value of labelLauncher
	provider *testcontainers.DockerProvider
	info     system.Info
	version  string // of the API

	agentHash string      // SHA-256 of the agent's binary
	imageMu   sync.Mutex  // held while the agent's image is built
	noSysctls atomic.Bool // the engine refused them; set at the first launch, for all that follow

	living   context.Context // over when Close is
	end      context.CancelFunc
	watching sync.WaitGroup
}

var _ Launcher = (*Docker)(nil)

// NewDocker returns a launcher of containers. It fails when no engine answers within a few
// seconds, when it runs no Linux containers, and when the agent's binary cannot run there.
func NewDocker(ctx context.Context, opts Options) (*Docker, error) {
	return newDocker(ctx, opts)
}

// newDocker takes further options of the client, which say where the engine is.
func newDocker(ctx context.Context, opts Options, where ...client.Opt) (*Docker, error) {
	root, err := filepath.Abs(opts.Root)
	if err != nil {
		return nil, err
	}
	agent, err := agentBinary(opts)
	if err != nil {
		return nil, err
	}
	me, err := self()
	if err != nil {
		return nil, err
	}
	provider, info, version, err := connect(ctx, where)
	if err != nil {
		return nil, fmt.Errorf("no Docker engine answers: %s; start one, name it in DOCKER_HOST, or use --runtime process", oneLine(err))
	}
	if info.OSType != "linux" {
		return nil, fmt.Errorf("the Docker engine runs %s containers; assay needs one that runs Linux containers", info.OSType)
	}
	if err := checkAgentBinary(agent, info.Architecture); err != nil {
		return nil, err
	}
	hash, _, err := fileDigest(agent)
	if err != nil {
		return nil, fmt.Errorf("read the load agent's binary: %w", err)
	}
	living, end := context.WithCancel(context.Background())
	return &Docker{
		engine: engine{api: provider.Client(), watchEvery: watchEvery},
		root:   root, agent: agent, agentHash: hash, me: me, run: opts.RunID, id: rand.Text(),
		provider: provider, info: info, version: version, living: living, end: end,
	}, nil
}

// connect finds the engine by way of testcontainers and asks it for a sign of life.
func connect(ctx context.Context, where []client.Opt) (*testcontainers.DockerProvider, system.Info, string, error) {
	fail := func(err error) (*testcontainers.DockerProvider, system.Info, string, error) {
		return nil, system.Info{}, "", err
	}
	// testcontainers reads this once, at its first use. Its reaper is an image from a
	// registry, which may be out of reach; our own labels and Sweep do that work.
	if err := os.Setenv("TESTCONTAINERS_RYUK_DISABLED", "true"); err != nil {
		return fail(err)
	}
	quiet := tclog.NewNoopLogger()
	tclog.SetDefault(quiet) // its chatter would stand between our own lines
	ctx, cancel := context.WithTimeout(ctx, answerLimit)
	defer cancel()
	if os.Getenv("DOCKER_HOST") != "" {
		// Otherwise it would quietly take another engine when the named one does not answer.
		where = append([]client.Opt{client.WithHostFromEnv()}, where...)
	}
	api, err := testcontainers.NewDockerClientWithOpts(ctx, where...)
	if err != nil {
		return fail(err)
	}
	// That client remembers its first answer of the engine: ask anew.
	ping, err := api.Ping(ctx, client.PingOptions{NegotiateAPIVersion: true})
	if err != nil {
		return fail(err)
	}
	info, err := api.Client.Info(ctx, client.InfoOptions{})
	if err != nil {
		return fail(err)
	}
	// On an engine without a bridge it would make a network of its own and publish the
	// target's ports there; "none" is the only network that a target may have.
	provider, err := testcontainers.NewDockerProvider(append(
		testcontainers.Generic2DockerOptions(testcontainers.WithLogger(quiet)),
		testcontainers.WithDefaultBridgeNetwork("none"))...)
	if err != nil {
		return fail(err)
	}
	provider.SetClient(api)
	return provider, info.Info, ping.APIVersion, nil
}

// Name is "docker".
func (d *Docker) Name() string { return "docker" }

// Describe names the engine and what it refused.
func (d *Docker) Describe() string {
	s := fmt.Sprintf("Docker Engine %s (API %s) on %s, %s, cgroup v%s",
		d.info.ServerVersion, d.version, d.info.OperatingSystem, d.info.Architecture, d.info.CgroupVersion)
	if d.noSysctls.Load() {
		s += "; it refused the network sysctls, the kernel's defaults apply"
	}
	return s
}

// Sweep removes the containers of owners that are gone.
func (d *Docker) Sweep(ctx context.Context) ([]string, error) {
	found, err := d.list(ctx, labelOwner)
	if err != nil {
		return nil, fmt.Errorf("sweep: %w", err)
	}
	var removed []string
	var errs []error
	for _, c := range found {
		owner, err := ParseOwner(c.Labels[labelOwner])
		if err != nil || !owner.goneFor(d.me) {
			continue // of another version or machine, or its owner lives
		}
		name := describeContainer(c)
		if err := d.remove(ctx, c.ID, name); err != nil {
			errs = append(errs, fmt.Errorf("sweep: %w", err))
			continue
		}
		removed = append(removed, name)
	}
	return removed, errors.Join(errs...)
}

// Close removes every container of this launcher, those included whose creation was cut
// off before their ID was known.
func (d *Docker) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), cleanUpLimit)
	defer cancel()
	found, err := d.list(ctx, labelLauncher+"="+d.id)
	errs := []error{err}
	for _, c := range found {
		errs = append(errs, d.remove(ctx, c.ID, describeContainer(c)))
	}
	d.end()
	d.watching.Wait()
	return errors.Join(append(errs, d.provider.Close())...)
}
