// Package stricttest helps to test what is read with package strict.
package stricttest
