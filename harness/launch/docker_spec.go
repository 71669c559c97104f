package launch

import (
	"maps"
	"strconv"

	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/api/types/mount"
	"github.com/testcontainers/testcontainers-go"

	"github.com/assay-bench/assay/harness/target"
)

const (
	maxTasks = 4096 // threads of one container: far above any target's, below a runaway's
	jobDir   = "/job"
	shimPath = "/assay-shim" // of our binary in an image that is held before its start
)

// targetRequest describes a target's container.
func (d *Docker) targetRequest(b Build, t target.Target, place target.Placement) testcontainers.ContainerRequest {
	return testcontainers.ContainerRequest{
		Image:  b.Ref,
		Cmd:    b.Args,
		Env:    targetEnv(t, place),
		Labels: d.labels("target", t.ID),
		HostConfigModifier: func(h *container.HostConfig) {
			d.confine(h, place.TargetCPUs, place.OpenFiles)
			h.Memory = place.MemoryBytes
			h.MemorySwap = place.MemoryBytes // equal: no swap
			if place.Database != nil {       // whose container has the network, and its sysctls
				h.NetworkMode = container.NetworkMode("container:" + place.Database.ContainerID)
				return
			}
			h.NetworkMode = "none"
			if !d.noSysctls.Load() {
				h.Sysctls = targetSysctls()
			}
		},
	}
}

// held turns the request of a target's container into one that waits at a gate. entry is what the image starts.
func held(request testcontainers.ContainerRequest, image string, entry []string, gate string) testcontainers.ContainerRequest {
	request.Image, request.Cmd = image, nil
	request.Entrypoint = append([]string{shimPath}, heldCommand(nil, 0, 0, gate, entry...)...)
	return request
}

// targetEnv is all that a target is told: its own settings, and where to listen.
func targetEnv(t target.Target, place target.Placement) map[string]string {
	env := map[string]string{}
	maps.Copy(env, t.Env)
	env["PORT"] = strconv.Itoa(place.Port)
	if db := place.Database; db != nil {
		env["DATABASE_URL"], env["POOL_SIZE"] = db.URL, strconv.Itoa(db.PoolSize)
	}
	return env
}

// targetSysctls hold in the network namespace that target and agent share. Together with
// the source addresses 127.0.0.2, .3, ... the ports last for every N that the file limit
// allows.
func targetSysctls() map[string]string {
	return map[string]string{
		"net.core.somaxconn":           "4096",
		"net.ipv4.ip_local_port_range": "10240 65535",
		"net.ipv4.tcp_tw_reuse":        "1",
	}
}

// agentRequest describes the container of an agent that shares the target's network.
func (d *Docker) agentRequest(image, targetContainer, targetID string, place target.Placement) testcontainers.ContainerRequest {
	return testcontainers.ContainerRequest{
		Image:  image,
		Cmd:    []string{"agent", "--job", jobDir + "/" + jobFile, "--result", jobDir + "/" + resultFile},
		Labels: d.labels("agent", targetID),
		HostConfigModifier: func(h *container.HostConfig) {
			d.confine(h, place.LoadCPUs, place.OpenFiles)
			h.NetworkMode = container.NetworkMode("container:" + targetContainer)
			// Anonymous: it goes with the container. The one place that can be written to.
			h.Mounts = []mount.Mount{{Type: mount.TypeVolume, Target: jobDir}}
		},
	}
}

// confine sets what both have in common. There is no CPU quota: throttling would be
// measured as the server's.
func (d *Docker) confine(h *container.HostConfig, cpus []int, openFiles int) {
	h.CpusetCpus = joinInts(cpus)
	h.CapDrop = []string{"ALL"}
	h.SecurityOpt = []string{"no-new-privileges:true"}
	h.ReadonlyRootfs = true
	tasks := int64(maxTasks)
	h.PidsLimit = &tasks
	h.RestartPolicy = container.RestartPolicy{Name: container.RestartPolicyDisabled}
	h.LogConfig = container.LogConfig{Type: "json-file"} // one that can be read back
	if openFiles > 0 {
		h.Ulimits = []*container.Ulimit{{Name: "nofile", Soft: int64(openFiles), Hard: int64(openFiles)}}
	}
}

func (d *Docker) labels(role, targetID string) map[string]string {
	labels := map[string]string{
		labelOwner:    d.me.String(),
		labelLauncher: d.id,
		labelRole:     role,
		labelTarget:   targetID,
	}
	if d.run != "" {
		maps.Copy(labels, map[string]string{labelRun: d.run})
	}
	return labels
}
