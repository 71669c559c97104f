package probe

import (
	"slices"
	"strings"
)

// readMachine fills what the firmware and the hypervisor tell.
func (t tree) readMachine(h *Host) {
	maker, product := t.text("sys/class/dmi/id/sys_vendor"), t.text("sys/class/dmi/id/product_name")
	h.Machine = strings.TrimSpace(maker + " " + product)
	if h.Machine == "" {
		h.Machine = t.text("sys/firmware/devicetree/base/model")
	}
	h.Virtualisation = t.virtualisation(maker, product)
	h.Container = t.container()
}

// virtualisation names the hypervisor. On x86 the CPU says whether there is one, and the
// rest only helps to name it; elsewhere, without a sign of one, it is not known.
func (t tree) virtualisation(maker, product string) string {
	flags := parseCPUInfo(t.text("proc/cpuinfo")).flags
	if flags != nil && !slices.Contains(flags, "hypervisor") {
		return "none"
	}
	if strings.Contains(strings.ToLower(t.text("proc/sys/kernel/osrelease")), "microsoft") {
		return "WSL"
	}
	if t.text("sys/hypervisor/type") == "xen" {
		return "Xen"
	}
	clocks := strings.Fields(t.text("sys/devices/system/clocksource/clocksource0/available_clocksource"))
	for _, name := range []string{
		firmwareName(maker, product),
		clockName(clocks),
		treeName(t.text("sys/firmware/devicetree/base/hypervisor/compatible")),
		emulatorName(maker, product),
	} {
		if name != "" {
			return name
		}
	}
	if flags != nil {
		return "unnamed hypervisor"
	}
	return ""
}

// firmwareName knows hypervisors by the maker or product that their firmware names.
// Source: the tables of systemd-detect-virt (src/basic/virt.c).
func firmwareName(maker, product string) string {
	switch {
	case strings.HasPrefix(maker, "Amazon EC2") && !strings.HasSuffix(product, ".metal"):
		return "Amazon Nitro"
	case maker == "Microsoft Corporation" && product == "Virtual Machine":
		return "Hyper-V"
	}
	both := maker + " " + product
	for _, known := range []struct{ sign, name string }{
		{"VMware", "VMware"}, {"VirtualBox", "VirtualBox"}, {"innotek", "VirtualBox"}, {"Parallels", "Parallels"},
		{"Apple Virtualization", "Apple Virtualization"}, {"Google Compute Engine", "Google Compute Engine"},
		{"Xen", "Xen"}, {"KVM", "KVM"},
	} {
		if strings.Contains(both, known.sign) {
			return known.name
		}
	}
	return ""
}

// emulatorName comes last: QEMU's firmware names itself under KVM and Xen too.
func emulatorName(maker, product string) string {
	for _, name := range []string{"QEMU", "OpenStack"} {
		if strings.Contains(maker+" "+product, name) {
			return name
		}
	}
	return ""
}

// clockName knows hypervisors by the clock that they offer their guests.
func clockName(sources []string) string {
	for _, source := range sources {
		switch {
		case source == "kvm-clock":
			return "KVM"
		case source == "xen":
			return "Xen"
		case strings.HasPrefix(source, "hyperv_"):
			return "Hyper-V"
		}
	}
	return ""
}

// treeName knows hypervisors by their node in the device tree, as ARM guests have it.
func treeName(compatible string) string {
	switch {
	case strings.Contains(compatible, "linux,kvm"):
		return "KVM"
	case strings.Contains(compatible, "xen"):
		return "Xen"
	case strings.Contains(compatible, "vmware"):
		return "VMware"
	}
	return ""
}

// container looks for the marks that engines leave. They are a hint: a virtual machine
// made from a container image has them too.
func (t tree) container() string {
	switch {
	case t.exists("run/.containerenv"):
		return "podman"
	case t.exists(".dockerenv"):
		return "docker"
	}
	return t.text("run/systemd/container")
}
