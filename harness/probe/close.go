package probe

import "io"

// Close releases what a source keeps open, if it keeps anything. Whoever opened a source
// closes it, after the sampler that asks it was stopped.
func Close(source Source) error {
	if closer, ok := source.(io.Closer); ok {
		return closer.Close()
	}
	return nil
}
