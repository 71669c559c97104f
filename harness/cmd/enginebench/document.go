package main

import (
	"fmt"
	"strings"
)

// howToRead explains the tables that follow it.
const howToRead = `Each measurement is a process of its own on the generator's CPU, beside servers on others. In the
closed loops every connection sends its next request as soon as it has its answer.

- **requests per CPU-second**: right answers over the life of the generator's process, divided by the user and system
  time that the kernel counted for it (wait4). Start-up and connecting are part of both, for every engine. The native
  engine greets each connection with a request of its own, whose answer counts.
- **native**, in the first table **native, asleep**: the native engine as it sleeps until there is an answer, as wrk does; all of
  its CPU time counts. While it opens connections it always sleeps.
- **native, awake**: the native engine as a run drives a server to its limit. It does not sleep between answers, and of
  its CPU time the part is taken off for which it was awake with nothing to do (by its thread's own clock). In the table of
  every measurement that part is **idle** and the rest **work**.
- **native, awake before each send**: the native engine as a run sends at a fixed rate. It stops sleeping shortly before one is
  due. It is the *native* of the table of lateness.
- **requests/s**: the rate while the generator drove. wrk and vegeta open their connections in that time, the native engine has opened
  its before; so no ratio of rates is formed at 10,000 connections, where opening takes up to half of the window, and the rates given there are not to be compared. Where the generator used nearly all of its CPU, the rate is the
  generator's limit and not the server's.
- **server's us a request**: CPU time of the server's process over the life of the generator's, divided by the answers. **sleeps**:
  how often the generator's process gave up its CPU to wait (voluntary context switches). Whoever sends wakes the sleeper, so a
  generator that sleeps oftener costs the server more.
- **Spread**: ratios are formed within a round, in which the engines took turns. A ratio is the geometric mean over the
  rounds, then the smallest and the largest, then the 95 % interval (paired t on the logarithms). Other figures are the
  median, then the smallest and the largest.
- **met**: "yes" where the whole interval, or every round, is on the wanted side.
- **What favours whom.** The native engine asks for another item each time, compares every body with what the contract
  demands, byte for byte, and records every latency. wrk asks for the same item every time (/item?id=123456789) and
  looks at the status alone; so does vegeta, of whose answers nothing but the number is kept. This favours both. nginx
  answers that one item whatever is asked.
- **lateness**: from the moment at which a request was meant to be sent to the moment at which it was, in the load
  agent's job at a fixed rate. wrk keeps no schedule. vegeta's is its library as the load agent drives it.
- **open and verified**: from the first dial to the moment at which client, kernel and server all count so many
  connections; a fresh server each time.
- **bytes a connection**: the rise of the generator's peak resident memory from 64 to 10,000 connections, divided by
  9,936; each has a request outstanding. What the kernel holds for a socket is not part of it.
`

// opening begins the document. Its first line keeps people from editing what is written anew.
const opening = `<!-- Written by make engine-bench; do not edit. Notes belong into engine-bench-notes.md beside it. -->

# The native load engine against wrk and vegeta

What is wanted of the engine, and whether it was met on the host below.
`

// document is docs/engine-bench.md, whole. It is a function of what was measured and of the notes.
func document(r *results, n notes) string {
	var b strings.Builder
	section := func(title string, t *table) {
		if len(t.rows) > 0 {
			fmt.Fprintf(&b, "\n## %s\n\n%s", title, t)
		}
	}
	fmt.Fprintf(&b, "%s\n%s", opening, wantedTable(r))
	list(&b, "Left out", r.Left)
	list(&b, "Not measured", r.Failed)
	if text := n.inDocument(r); text != "" {
		fmt.Fprintf(&b, "\n## Notes\n\n%s\n", text)
	}
	fmt.Fprintf(&b, "\n## How to read it\n\n%s", howToRead)
	section("Requests per CPU-second of the generator: ratios", ratioTable(r))
	section("What a request costs the generator (medians)", costTable(r))
	section("The servers' own limits: rate on "+rustServer+" over rate on "+goServer, saturationTable(r))
	late := fmt.Sprintf("Lateness of sends, %s requests/s over %s connections", count(lateRate), count(lateConnections))
	section(late, latenessTable(r))
	section("Opening connections", connectTable(r))
	section("Bytes of the generator's memory a connection", memoryTable(r))
	environment := &table{head: []string{"environment", ""}}
	for _, f := range r.Environment {
		environment.add(f.Name, f.Value)
	}
	section("Environment", environment)
	section("Every closed-loop measurement, in order", everyTable(r))
	return b.String()
}

func list(b *strings.Builder, title string, items []string) {
	if len(items) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s:\n\n", title)
	for _, item := range items {
		fmt.Fprintf(b, "- %s\n", item)
	}
}
