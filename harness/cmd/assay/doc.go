// Command assay puts the claims of a published article to the test: it starts equivalent
// servers, drives them with verified concurrent connections, and judges each claim.
//
// One file holds one subcommand. main parses nothing itself; runCommand is the whole
// program as a function of its arguments and streams. Exit status: 0 done, 1 failed,
// 2 misuse (an unknown flag, a bad file), 3 a verdict changed where that was asked for,
// 130 and 143 interrupted by Ctrl-C and by SIGTERM or SIGHUP.
//
// The tests run the real binary, by the scripts of testdata/script and, for what goes
// wrong in mid-run, in small checkouts of their own (lab_linux_test.go).
//
// The command alone sees every package; it carries data between them and prints. What is
// measured, judged or drawn is decided elsewhere.
package main
