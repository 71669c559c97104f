package probe

import "fmt"

const (
	littleMemory = 2 << 30 // bytes; below it a large number of connections may not fit
	muchSwap     = 0.05    // of the memory
)

func memoryFinding(h Host) Finding {
	f := Finding{ID: "memory", Name: "memory"}
	if h.MemoryBytes < 0 {
		return unknown(f.ID, f.Name, "Whether many connections fit is not known.")
	}
	f.Value = size(h.MemoryBytes)
	usable := h.MemoryBytes
	if h.MemoryLimitBytes > 0 && h.MemoryLimitBytes < usable {
		usable = h.MemoryLimitBytes
		f.Value = fmt.Sprintf("%s, of which our cgroup may use %s", size(h.MemoryBytes), size(usable))
	}
	if usable < littleMemory {
		f.Level = Warn
		f.Means = "Server, load and the kernel's socket buffers share little. A large number of connections may not fit."
		f.Do = "Use a machine with more memory, or lift the limit."
		return f
	}
	f.Means = "The report says what a connection costs, from which follows how many fit."
	return f
}

func swapFinding(h Host) Finding {
	f := Finding{ID: "swap", Name: "swap"}
	switch {
	case h.SwapTotalBytes < 0 || h.SwapUsedBytes < 0:
		return unknown(f.ID, f.Name, "Whether memory is swapped out is not told.")
	case h.SwapTotalBytes == 0:
		f.Value = "none"
		f.Means = "Resident memory is all there is to a process."
	case h.SwapUsedBytes == 0:
		f.Value = "0 of " + size(h.SwapTotalBytes) + " used"
		f.Means = "Nothing is swapped out."
	default:
		f.Value = fmt.Sprintf("%s of %s used", size(h.SwapUsedBytes), size(h.SwapTotalBytes))
		f.Level = Note
		f.Means = "Some memory was swapped out at some time. A server swapped out looks smaller and slower than it is."
		if float64(h.SwapUsedBytes) > muchSwap*float64(h.MemoryBytes) {
			f.Level = Warn
		}
		f.Do = "Close what is not needed; sudo swapoff -a && sudo swapon -a brings the rest back."
	}
	return f
}

func hugePagesFinding(h Host) Finding {
	f := Finding{ID: "huge-pages", Name: "transparent huge pages", Value: h.HugePages}
	switch h.HugePages {
	case "":
		return unknown(f.ID, f.Name, "Whether resident memory grows in steps of 2 MiB is not told.")
	case "always":
		f.Level = Note
		f.Means = "Memory can grow in steps of 2 MiB, more so with one allocator than with another. " +
			"Resident memory then says more about the kernel than about the server."
		f.Do = "echo madvise | sudo tee /sys/kernel/mm/transparent_hugepage/enabled"
	default:
		f.Means = "Programs get huge pages only where they ask for them."
	}
	return f
}
