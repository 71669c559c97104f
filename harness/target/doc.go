// Package target holds the servers under test: what each one is, how it is built and what it discloses, and the
// placement that all of them share.
//
// A target is a folder below targets/ with a manifest target.toml beside its source, so adding a server adds a folder and
// no code. Load reads one, LoadAll all of a folder, Parse the bytes of a manifest; they report every problem, one a line, as
//
//	file:line: key: what is wrong; what to do
//
// Starting a target is for package launch, proving that it answers as it must for package conform.
//
// # Keys
//
//	id           the name of the folder
//	language     "go", "rust", ...
//	stack        the parts that matter, with versions: "axum 0.8 / hyper 1 / tokio 1"
//	tier         how the code is written: "idiomatic"
//	env          optional: a table of variables of the running server, its settings
//	same_as      optional: the target whose source, build and abilities this one has, in place of [build]; it is to differ in env
//	[build]      for the process runtime; Docker uses the Dockerfile
//	command      the build command and its arguments, run in the folder
//	env          optional: a table of variables added to the environment
//	binary       the built program, relative to the folder
//	[build.edit] optional: the edit that mode build makes in a copy of the source before it builds again
//	file         what is edited, relative to the folder
//	from, to     a text that stands in the file once, and what takes its place; in all targets the same change
//	[build.development] optional: the build that a developer makes after an edit, for cells of mode build that ask for it
//	command      as in [build]; the environment is that of [build] too
//	binary       as in [build], and in the same folder below the target's, which holds no source
//	[source]     optional: what is left out of the lines that are counted; the report names it
//	uncounted    files, relative to the folder, which serve what the other targets do not have
//	why          what they serve
//	[disclose]   what a reader must know to judge fairness: a table of short strings
package target
