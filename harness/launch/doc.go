// Package launch starts a server under test, runs the load agent beside it, and leaves
// nothing behind.
//
// A [Launcher] prepares a target once (build) and launches it as often as there are
// trials; every [Instance] is fresh. There are two launchers with the same placement and
// the same agent binary:
//
//   - [Docker] runs the target on network "none" and joins the agent to its network
//     namespace, so that the load crosses no proxy and no NAT. Files are copied in and
//     out; nothing is mounted from the host and no port is published.
//   - [Process] runs both as children of this process. Each is started through a shim
//     ([Shim]) that pins it to its CPUs, sets its file limit and ties its life to ours.
//
// [Choose] picks one of them and says why.
//
// # The agent
//
// The agent is this program's own binary, started as
//
//	assay agent --job FILE --result FILE
//
// It prints progress as lines on stdout and its log on stderr, and exits with status 0
// when it has written a result. Job and result are opaque bytes here. In Docker it runs
// in an image of its own, FROM scratch, so the binary has to be a static Linux one.
//
// # Nothing is left behind
//
// Whatever a launcher starts carries an [Owner]: host, boot, process ID and start time of
// the process that started it. Containers carry it in the label dev.assay-bench.owner,
// processes in a small directory under the state directory. Close ends what this launcher
// started. What a killed owner left behind is removed by Sweep, at the next start; what
// belongs to a living owner, to another machine or to nobody known is never touched. On
// Linux a killed owner's processes die with it (PR_SET_PDEATHSIG).
//
// # What it leaves to others
//
// Readiness in the sense of the contract is the agent's business, for in Docker only the
// agent reaches the port. Memory of a process is watched by the caller. Which CPUs, how
// much memory and how many files: the plan decides (target.Placement). Images are kept,
// so that an unchanged target is not built twice; `docker image ls --filter
// label=dev.assay-bench.source` lists them.
package launch
