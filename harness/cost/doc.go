// Package cost says what machines cost a month that carry a load: infrastructure alone, from measured CPU time and
// memory and a dated price list. Wages, training and the time of people are not in it, and neither are traffic, disks, load
// balancers and databases.
//
//	model.go   Model: assumptions, price list, the loads that claims are about
//	parse.go   reads scenarios/cost.toml
//	places.go  holds the cells that a case names against those that there are
//	usage.go   Usage and Load: what was measured, and what is to be carried
//	bill.go    Model.Bill: the cheapest whole number of machines of one type
//	grid.go    the same bill under other assumptions, and other loads
//	arch.go    architectures of machines, and that of the host
//
// # The model
//
// A load of N connections and R requests a second is shared evenly by k machines of one type, each with one instance of the
// server. k is the smallest whole number that keeps three rules:
//
//	CPU       R x CPU seconds a request <= k x vCPUs x utilisation
//	memory    base + ceil(N/k) x bytes a connection <= GiB x (1 - headroom) - reserved, on each machine
//	replicas  k >= replicas, so that the service outlives the loss of a machine
//
// The base counts on each machine, since each runs a process. The bill is k x USD/h x hours a month; of all machine types, and
// of those of each provider, the cheapest counts.
//
// What it takes for granted: a vCPU does in a second what a CPU of the measuring host does; the load splits evenly; CPU time
// a request does not depend on the number of connections, nor memory on the rate. The first is the same for all servers and cancels out in a ratio,
// but for rounding to whole machines.
//
// # Keys of cost.toml
//
// The table [assumptions]: utilisation (share of a machine's CPU time at that load, above 0 and up to 1), replicas (machines at
// least), hours_per_month, memory_headroom (share left free, below 1), reserved_mib (for the system, a machine).
//
// Each [[machine]], a line of the price list: provider, region, name, arch ("x86-64" or "arm64"; optional), usd_per_hour, vcpus, memory_gib, source, url, date (of
// the price).
//
// Each [[case]], a load that claims name: id, summary, connections, requests_per_second, cpu_cell (in whose trials the CPU
// time a request is measured) and memory_scenario (whose ladder of connections gives base and bytes a connection); why (optional: why this load and no other, which the report prints).
//
// It reads no file, and knows no run: package verdict takes the usage from records, package plan carries the model.
package cost
