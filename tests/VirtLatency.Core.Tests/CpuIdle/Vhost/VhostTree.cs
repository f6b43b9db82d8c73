using System.Globalization;

namespace VirtLatency.Tests.CpuIdle.Vhost;

/// <summary>
/// Writes what /proc and /sys show of virtual machines and of the network below them: network devices as links into
/// /sys/devices, as the kernel has them.
/// </summary>
internal sealed class VhostTree(string root)
{
    private readonly SysTree _files = new(root);
    private int _index;

    public VhostTree Online(string range)
    {
        _files.Online(range);
        return this;
    }

    /// <summary>A device; its folder is below a PCI function where one is given.</summary>
    public VhostTree Device(string name, string? pci = null, bool isTap = false)
    {
        string parent = pci is null ? "/sys/devices/virtual" : $"/sys/devices/pci0000:00/{pci}";
        string folder = $"{parent}/net/{name}";
        _files.Write(folder + "/ifindex", (++_index).ToString(CultureInfo.InvariantCulture)).Write(folder + "/iflink", _index.ToString(CultureInfo.InvariantCulture));
        if (isTap)
        {
            _files.Write(folder + "/tun_flags", "0x5902");
        }

        if (pci is not null)
        {
            _files.Write(parent + "/uevent", "DRIVER=ice");
            Link(folder + "/device", "../..");
        }

        Directory.CreateDirectory(root + "/sys/class/net");
        Link($"/sys/class/net/{name}", "../.." + folder["/sys".Length..]);
        return this;
    }

    public VhostTree Tap(string name) => Device(name, isTap: true);

    /// <summary>As net/core/dev.c links a master and its slaves.</summary>
    public VhostTree Enslave(string master, params string[] slaves)
    {
        foreach (string slave in slaves)
        {
            Below(master, slave);
            Link($"{Folder(slave)}/master", Folder(master));
        }

        return this;
    }

    /// <summary>Upper and lower without a master: a VLAN and its parent.</summary>
    public VhostTree Below(string upper, string lower)
    {
        Link($"{Folder(upper)}/lower_{lower}", Folder(lower));
        Link($"{Folder(lower)}/upper_{upper}", Folder(upper));
        return this;
    }

    /// <summary>The two ends of a veth pair name each other's number.</summary>
    public VhostTree Pair(string a, string b)
    {
        string NumberOf(string name) => File.ReadAllText(root + Folder(name) + "/ifindex").Trim();
        _files.Write(Folder(a) + "/iflink", NumberOf(b)).Write(Folder(b) + "/iflink", NumberOf(a));
        return this;
    }

    /// <summary>An MSI vector of a PCI function; handlers null on kernels without /sys/kernel/irq.</summary>
    public VhostTree Irq(string pci, int number, string? affinity, string? now = null, string? handlers = "x")
    {
        _files.Write(FormattableString.Invariant($"/sys/devices/pci0000:00/{pci}/msi_irqs/{number}"), "msix");
        string folder = FormattableString.Invariant($"/proc/irq/{number}");
        _ = affinity is null ? null : _files.Write(folder + "/smp_affinity_list", affinity);
        _ = now is null ? null : _files.Write(folder + "/effective_affinity_list", now);
        if (handlers is not null)
        {
            string actions = root + FormattableString.Invariant($"/sys/kernel/irq/{number}/actions");
            Directory.CreateDirectory(Path.GetDirectoryName(actions)!);
            File.WriteAllText(actions, handlers.Length == 0 ? string.Empty : handlers + "\n");
        }

        return this;
    }

    /// <summary>A process with its main thread; its command line has NULs between and at the end.</summary>
    public VhostTree Process(int id, string name, string cpus, params string[] arguments)
    {
        _files.Write(FormattableString.Invariant($"/proc/{id}/comm"), name);
        File.WriteAllText(root + FormattableString.Invariant($"/proc/{id}/cmdline"), string.Concat(arguments.Select(argument => argument + "\0")));
        _files.Write(FormattableString.Invariant($"/proc/{id}/status"), Status(name, id, cpus));
        return Thread(id, id, name, cpus);
    }

    public VhostTree Qemu(int id, string cpus) => Process(id, "qemu-kvm", cpus, "/usr/libexec/qemu-kvm", "-name", "guest=vm", "-netdev", "tap,fd=34,vhost=on,vhostfd=36,id=hostnet0");

    public VhostTree Thread(int process, int id, string name, string cpus)
    {
        string folder = FormattableString.Invariant($"/proc/{process}/task/{id}");
        _files.Write(folder + "/comm", name).Write(folder + "/status", Status(name, id, cpus));
        return this;
    }

    /// <summary>A worker as kernels before 6.4 have it: a thread of the kernel, a process of its own in /proc.</summary>
    public VhostTree KernelWorker(int id, int owner, string cpus) => Process(id, FormattableString.Invariant($"vhost-{owner}"), cpus);

    /// <summary>An open file; of a tap device where one is named.</summary>
    public VhostTree Open(int process, int descriptor, string? tap = null)
    {
        _files.Write(FormattableString.Invariant($"/proc/{process}/fdinfo/{descriptor}"), "pos:\t0\nflags:\t0104002\nmnt_id:\t25\nino:\t1057" + (tap is null ? string.Empty : "\niff:\t" + tap));
        return this;
    }

    public VhostTree Write(string path, string content)
    {
        _files.Write(path, content);
        return this;
    }

    public VhostTree Remove(string path)
    {
        Directory.Delete(root + path, recursive: true);
        return this;
    }

    private static string Status(string name, int id, string cpus) =>
        FormattableString.Invariant($"Name:\t{name}\nUmask:\t0022\nState:\tS (sleeping)\nTgid:\t{id}\nCpus_allowed:\tffff\nCpus_allowed_list:\t{cpus}\nMems_allowed_list:\t0\nvoluntary_ctxt_switches:\t150");

    private string Folder(string name) => Path.GetFullPath("/sys/class/net/" + new FileInfo($"{root}/sys/class/net/{name}").LinkTarget);

    private void Link(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(root + path)!);
        File.CreateSymbolicLink(root + path, target);
    }
}
