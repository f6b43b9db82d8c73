namespace VirtLatency.CpuIdle.Vhost;

/// <summary>
/// A host's network devices and what lies under what, from /sys/class/net; pure. The kernel links a device with those above
/// and below it (net/core/dev.c: master, upper_NAME, lower_NAME): ports and their bridge, slaves and their bond, a VLAN and
/// its parent, a port of Open vSwitch and ovs-system.
/// </summary>
internal sealed class NetworkDevices
{
    private const string Folder = "/sys/class/net/";
    private const string OpenSwitch = "ovs-system";
    private const string Lower = "lower_";

    private static readonly string[] Tunnels = ["vxlan_sys_", "genev_sys_", "gre_sys", "erspan_sys", "ip6gre_sys"];

    private readonly HostTree _tree;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _physical = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> _lower = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> _upper = new(StringComparer.Ordinal);
    private readonly Dictionary<long, string> _byIndex = [];

    /// <summary>Makes it.</summary>
    /// <param name="tree">The host's files, by <see cref="Patterns"/>.</param>
    public NetworkDevices(HostTree tree)
    {
        _tree = tree;
        string[][] files = [.. tree.Files.Keys.Where(path => path.StartsWith(Folder, StringComparison.Ordinal)).Select(path => path[Folder.Length..].Split('/'))];
        foreach (string[] parts in files.Where(parts => parts is [_, "ifindex"]))
        {
            _names.Add(parts[0]);
            if (tree.NumberOf(Folder + parts[0] + "/ifindex") is { } index)
            {
                _byIndex[index] = parts[0];
            }
        }

        foreach (string[] parts in files)
        {
            Take(parts);
        }
    }

    /// <summary>All that is read.</summary>
    public static IReadOnlyList<string> Patterns { get; } =
    [
        Folder + "*/ifindex", Folder + "*/iflink", Folder + "*/tun_flags", Folder + "*/device/uevent", Folder + "*/device/modalias",
        Folder + "*/master/ifindex", Folder + "*/lower_*/ifindex", Folder + "*/bonding/slaves", Folder + "*/brif/*/port_no",
    ];

    /// <summary>Tap devices, as they are named there.</summary>
    public IReadOnlyList<string> Taps => [.. _names.Where(IsTap).Order(StringComparer.Ordinal)];

    /// <summary>Whether there is such a device.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>True where there is.</returns>
    public bool Has(string name) => _names.Contains(name);

    /// <summary>Whether a device is a tap device: only those have tun_flags.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>True where it is.</returns>
    public bool IsTap(string name) => _tree.TextOf(Folder + name + "/tun_flags") is not null;

    /// <summary>Whether a NIC is a virtio device, whose interrupts belong to the PCI device above it.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>True where it is.</returns>
    public bool IsVirtio(string name) => _tree.TextOf(Folder + name + "/device/modalias")?.StartsWith("virtio:", StringComparison.Ordinal) == true;

    /// <summary>The NICs that a tap device's packets can go through.</summary>
    /// <param name="tap">The tap device.</param>
    /// <param name="remarks">Takes what is not certain.</param>
    /// <returns>Their names, in order.</returns>
    public IReadOnlyList<string> NicsBehind(string tap, ICollection<string> remarks)
    {
        var nics = new SortedSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<(string, bool)>();
        Climb(tap, seen, nics);
        bool isOpenSwitch = seen.Any(step => step.Item1 == OpenSwitch);
        bool isTunnelled = isOpenSwitch && seen.Any(step => Tunnels.Any(prefix => step.Item1.StartsWith(prefix, StringComparison.Ordinal)));
        string[] all = [.. _physical.Order(StringComparer.Ordinal)];
        string way = string.Join(", ", seen.Where(step => step.Item2 && step.Item1 != tap).Select(step => step.Item1));
        if (nics.Count > 0 && !isTunnelled)
        {
            if (isOpenSwitch)
            {
                remarks.Add($"{tap} is a port of Open vSwitch, and the kernel has all its bridges in one: every NIC attached to it is taken ({string.Join(", ", nics)}).");
            }

            return [.. nics];
        }

        remarks.Add(all.Length == 0 ? $"No physical NIC is in sight behind {tap}: no interrupts are counted."
            : isTunnelled ? $"{tap} is a port of Open vSwitch, which has tunnels: their packets can use any NIC, so all are taken ({string.Join(", ", all)})."
            : way.Length == 0 ? $"{tap} is in no bridge: its packets are routed, so all physical NICs are taken ({string.Join(", ", all)})."
            : $"No NIC is attached to {way}, where {tap} is a port: its packets are routed, so all physical NICs are taken ({string.Join(", ", all)}).");
        return all;
    }

    private void Take(string[] parts)
    {
        switch (parts)
        {
            case [var name, "device", "uevent"]:
                _physical.Add(name);
                break;
            case [var name, "master", "ifindex"] when _tree.NumberOf(Folder + name + "/master/ifindex") is { } index && _byIndex.TryGetValue(index, out string? master):
                Link(master, name);
                break;
            case [var name, var link, "ifindex"] when link.StartsWith(Lower, StringComparison.Ordinal):
                Link(name, link[Lower.Length..]);
                break;
            case [var name, "brif", var port, "port_no"]:
                Link(name, port);
                break;
            case [var name, "bonding", "slaves"]:
                foreach (string slave in _tree.TextOf(Folder + name + "/bonding/slaves")!.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
                {
                    Link(name, slave);
                }

                break;
        }
    }

    private void Link(string upper, string lower)
    {
        Of(_lower, upper).Add(lower);
        Of(_upper, lower).Add(upper);
    }

    private static SortedSet<string> Of(Dictionary<string, SortedSet<string>> edges, string name)
    {
        if (!edges.TryGetValue(name, out SortedSet<string>? ends))
        {
            edges[name] = ends = new SortedSet<string>(StringComparer.Ordinal);
        }

        return ends;
    }

    /// <summary>From a port up to its bridge, and from there down to all that the bridge has.</summary>
    private void Climb(string name, HashSet<(string Name, bool IsUp)> seen, SortedSet<string> nics)
    {
        if (!seen.Add((name, true)))
        {
            return;
        }

        foreach (string upper in Of(_upper, name))
        {
            Climb(upper, seen, nics);
            foreach (string lower in Of(_lower, upper).Where(lower => lower != name))
            {
                Descend(lower, seen, nics);
            }
        }
    }

    private void Descend(string name, HashSet<(string Name, bool IsUp)> seen, SortedSet<string> nics)
    {
        if (!seen.Add((name, false)) || IsTap(name))
        {
            return;
        }

        if (_physical.Contains(name))
        {
            nics.Add(name);
            return;
        }

        foreach (string lower in Of(_lower, name))
        {
            Descend(lower, seen, nics);
        }

        if (Of(_lower, name).Count == 0 && PeerOf(name) is { } peer)
        {
            Climb(peer, seen, nics);
        }
    }

    /// <summary>The other end of a veth pair, as OpenStack puts between a bridge of its own and Open vSwitch.</summary>
    private string? PeerOf(string name) =>
        _tree.NumberOf(Folder + name + "/iflink") is { } link && link != _tree.NumberOf(Folder + name + "/ifindex") ? _byIndex.GetValueOrDefault(link) : null;
}
