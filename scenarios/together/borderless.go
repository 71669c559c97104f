//go:build !rust

package main

// borderWorks is empty where the program is built without its Rust part.
func borderWorks() []work { return nil }
