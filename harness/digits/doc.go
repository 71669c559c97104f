// Package digits writes numbers for people, alike in reports, tables and on the terminal.
package digits
