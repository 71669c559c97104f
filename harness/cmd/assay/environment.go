package main

import (
	"fmt"
	"os/exec"
	"runtime/debug"
	"strings"
	"time"

	"github.com/assay-bench/assay/harness/probe"
	"github.com/assay-bench/assay/harness/trial"
)

// environment describes what the run runs on. Conformance and probe cost are filled in by
// the checks before the first trial.
func environment(s *session, reason string) trial.Environment {
	h := probe.ReadHost()
	e := trial.Environment{
		Schema: trial.EnvironmentSchema, StartedAt: time.Now().UTC(), Assay: version + revision(), OS: h.OS, Kernel: h.Kernel,
		CPUModel: h.CPUModel, CPUs: len(h.UsableCPUs), MemoryBytes: h.MemoryBytes, Virtualisation: h.Virtualisation,
		ClockSource: h.ClockSource, Governor: strings.Join(h.Governors, ", "), Cgroup: h.Cgroup,
		OpenFilesHard: int(h.OpenFilesHard), PortRange: h.PortRange(), Runtime: s.launcher.Name(), RuntimeReason: reason,
		EngineVersion: s.launcher.Describe(), Toolchains: toolchains(), Builds: map[string]trial.Build{},
		Conformance: map[string]string{}, Sysctls: map[string]string{},
	}
	for id, b := range s.builds {
		e.Builds[id] = trial.Build{SHA256: b.SHA256, Bytes: b.Bytes, SourceHash: b.SourceHash}
	}
	for name, value := range map[string]int64{"net.core.somaxconn": h.SomaxConn, "net.ipv4.tcp_max_syn_backlog": h.SynBacklog, "net.ipv4.tcp_tw_reuse": h.TWReuse} {
		if value >= 0 {
			e.Sysctls[name] = fmt.Sprint(value)
		}
	}
	return e
}

// revision is the commit that assay was built from, where the build knows it.
func revision() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	return commitOf(info.Settings)
}

// commitOf writes the commit among the settings of a build: " (commit abcdef123456)", or "".
func commitOf(settings []debug.BuildSetting) string {
	commit, more := "", ""
	for _, s := range settings {
		switch {
		case s.Key == "vcs.revision" && len(s.Value) >= 12:
			commit = s.Value[:12]
		case s.Key == "vcs.modified" && s.Value == "true":
			more = " with changes" // the commit alone does not give this binary again
		}
	}
	if commit == "" {
		return ""
	}
	return " (commit " + commit + more + ")"
}

// toolchains are the compilers on this host. The Docker runtime builds with those of the
// images that the Dockerfiles name.
func toolchains() map[string]string {
	found := map[string]string{}
	for name, args := range map[string][]string{"go": {"go", "version"}, "rustc": {"rustc", "--version"}} {
		if out, err := exec.Command(args[0], args[1:]...).Output(); err == nil {
			found[name] = strings.TrimSpace(string(out))
		}
	}
	return found
}
