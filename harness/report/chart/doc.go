// Package chart draws the report's plots as SVG and PNG.
//
// It takes plain data: points, labels, titles, and functions that format a tick.
// [XY] draws lines and points over two axes, [Forest] draws ratios with their
// intervals. [SVG] and [PNG] render either; the same chart gives the same bytes.
//
// It is the only package that imports gonum/plot. What a plot says, which numbers it
// shows and how they are written is decided by package report.
package chart
