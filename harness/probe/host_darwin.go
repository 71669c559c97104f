package probe

import "golang.org/x/sys/unix"

// readSysctls fills what macOS tells through sysctl(3).
func readSysctls(h *Host) {
	if version := sysctl("kern.osproductversion"); version != "" {
		h.OS = "macOS " + version
	}
	h.Kernel, h.Machine, h.CPUModel = sysctl("kern.osrelease"), sysctl("hw.model"), sysctl("machdep.cpu.brand_string")
	if bytes, err := unix.SysctlUint64("hw.memsize"); err == nil {
		h.MemoryBytes = int64(bytes)
	}
	switch sysctl32("kern.hv_vmm_present") {
	case 0:
		h.Virtualisation = "none"
	case 1:
		h.Virtualisation = "unnamed hypervisor"
	}
	// The hard limit is no more than what the kernel grants a process.
	if most := sysctl32("kern.maxfilesperproc"); most > 0 && h.OpenFilesHard > most {
		h.OpenFilesHard = most
	}
	h.PortLow, h.PortHigh = sysctl32("net.inet.ip.portrange.first"), sysctl32("net.inet.ip.portrange.last")
	h.SomaxConn = sysctl32("kern.ipc.somaxconn")
}

func sysctl(name string) string {
	text, err := unix.Sysctl(name)
	if err != nil {
		return ""
	}
	return text
}

func sysctl32(name string) int64 {
	n, err := unix.SysctlUint32(name)
	if err != nil {
		return -1
	}
	return int64(n)
}
