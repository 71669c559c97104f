// Package scenario holds the workloads: what is asked of a server, over how many connections, how often, and which
// service-level objective its answers must keep to. It also holds the profiles, the sizes of run that a user picks from.
//
// LoadDir reads the scenarios of a folder, LoadProfiles its profiles.toml; Parse and ParseProfiles work on bytes. All
// report every problem of a file, one a line, as
//
//	file:line: key: what is wrong; what to do
//
// A scenario expands into cells; one trial measures one cell. Which cells a run measures is for package plan to
// decide, how requests get on the wire for package load.
//
// # Keys of a scenario file
//
// The name of the file without .toml is the scenario's id.
//
//	summary       one line for people
//	mode          "hold", "in-flight", "rate", "saturate", "start" or "build"
//
// The modes that load a server, all but start and build, take:
//
//	request       "GET /path"; each {id} in it becomes a fresh seeded number in every request. It is one whose answer is known,
//	              so that each can be checked: of /item, /hold, /hash, /healthz and, beside a database, /db/item?id={id} and
//	              /db/items?n=N&id={id} or the same below another driver set. "POST /db/orders" posts an order of three lines that
//	              is made from a fresh seeded number, and is answered 201
//	[slo] p99     99th percentile from the intended send: a duration such as "100ms", at most "60s"
//
// In mode hold:
//
//	connections   the ladder: an array of numbers, rising, each a cell <id>/<connections>
//	host_limit    true adds the cell <id>/host-limit: as many connections as the host lets one process hold
//	requests_per_second_per_connection
//
// In mode rate:
//
//	connections          one number
//	requests_per_second  an array of total rates, rising, each a cell <id>/<rate>
//	percent_of_capacity  in its place: an array of whole per cent up to 90, rising, each a cell <id>/<per cent>. What the
//	                     slowest target does at most is measured before the plan is fixed (package plan, Calibration)
//
// In mode in-flight, a closed loop over requests that the server lets wait ("GET /hold?ms=2000"; an objective must leave
// room for that wait), and in mode saturate, a closed loop over any request:
//
//	connections  as in mode hold
//	host_limit   as in mode hold
//
// In mode start, which starts fresh instances of a server and times the first answer of each; its cell is <id>/idle:
//
//	starts  fresh instances of one trial, 4 to 100; their median is the trial's number
//	idle    how long the last of them is left alone before its memory is read: a duration such as "1s", at most "60s"
//
// In mode build, which builds a copy of a server's source, edits it and builds it again; its cell is <id>/clean. The edit
// stands in the target's manifest:
//
//	blocks       in how many of a run's blocks there are builds, 5 to 100: they are long, and differ little from one to the next
//	development  true: the builds are made by the manifest's [build.development], as while somebody works on the server; the cell
//	             is of the targets that have one
//
// In mode saturate further:
//
//	[database]    runs PostgreSQL beside the target: image, for the Docker runtime, and pool_sizes, an array of how many
//	              connections the target may open to it, rising. The cells are <id>/pool-<size>-<connections>, and the
//	              targets are those whose manifest provides "database"
//	[[variant]]   has a target take part a second time, as the contestant <target>-<id>: id, needs (what the manifest must
//	              provide) and request, which is what it is asked
//
// # Keys of profiles.toml
//
// Each [[profile]]: id, summary, blocks (5 to 100), budget, warm_up and window (durations such as "15m" and "3s"; the
// window is at least a second, because connections are verified once a second), cells, the most important first, and
// optionally first_look, the block after which the run ends where every comparison is decided, [profile.windows], windows of
// their own for some scenarios, by ID, cross_check, the one of the cells that the other load engine measures as well, stacks,
// those of them in which every further target of the same languages runs as well, and canaries, true to have the load side
// prove itself on known faults before the first trial.
package scenario
