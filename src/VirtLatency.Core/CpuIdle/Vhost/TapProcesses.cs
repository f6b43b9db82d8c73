using System.Globalization;

namespace VirtLatency.CpuIdle.Vhost;

/// <summary>
/// Finds the process that holds a tap device. A tap's open file says its device in fdinfo (drivers/net/tun.c: "iff:"). To
/// look at every open file of a host would take long, so only processes that look like QEMU, own a vhost worker, or name the
/// device are looked at.
/// </summary>
internal sealed class TapProcesses
{
    private static readonly string[] Programs = ["qemu", "kvm"];

    private readonly Dictionary<int, string> _names;
    private readonly HostTree _processes;
    private HostTree _files = new(new Dictionary<string, string>(StringComparer.Ordinal), []);

    /// <summary>Makes it.</summary>
    /// <param name="processes">The host's files, by <see cref="Patterns"/>.</param>
    public TapProcesses(HostTree processes)
    {
        _processes = processes;
        _names = processes.Files
            .Select(file => (Parts: file.Key.Split('/'), file.Value))
            .Where(file => file.Parts is ["", "proc", _, "comm"])
            .Select(file => (IsNumber: int.TryParse(file.Parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out int id), Id: id, file.Value))
            .Where(file => file.IsNumber).ToDictionary(file => file.Id, file => file.Value);
    }

    /// <summary>All that is read first: two small files for each process.</summary>
    public static IReadOnlyList<string> Patterns { get; } = ["/proc/*/comm", "/proc/*/cmdline"];

    /// <summary>Kernel threads called vhost-PID, by their own id: workers of kernels before 6.4, and of later ones on request.</summary>
    public IEnumerable<(int Id, int Owner)> KernelWorkers => _names.Select(name => (Id: name.Key, Owner: OwnerOf(name.Value))).Where(worker => worker.Owner is not null).Select(worker => (worker.Id, worker.Owner!.Value));

    /// <summary>Processes that may hold tap devices.</summary>
    /// <param name="devices">The devices.</param>
    /// <returns>Their ids, in order.</returns>
    public IReadOnlyList<int> Candidates(IReadOnlyList<string> devices)
    {
        HashSet<int> owners = [.. KernelWorkers.Select(worker => worker.Owner)];
        return [.. _names.Keys.Where(id => owners.Contains(id) || IsMachine(id) || devices.Any(device => Names(id, device))).Order()];
    }

    /// <summary>What is read of the candidates.</summary>
    /// <param name="candidates">Their ids.</param>
    /// <returns>The patterns.</returns>
    public static IReadOnlyList<string> FilesOf(IEnumerable<int> candidates) => [.. candidates.Select(id => FormattableString.Invariant($"/proc/{id}/fdinfo/*"))];

    /// <summary>Takes what was read of the candidates.</summary>
    /// <param name="files">By <see cref="FilesOf"/>.</param>
    public void Take(HostTree files) => _files = files;

    /// <summary>The processes that hold a device: by their open files, else by their command lines.</summary>
    /// <param name="device">The device.</param>
    /// <returns>Their ids; more than one where a helper holds it too, or where another network namespace has a device of that name.</returns>
    public IReadOnlyList<int> HoldersOf(string device)
    {
        int[] holders = [.. OpenTaps().Where(tap => tap.Device == device).Select(tap => tap.Id).Distinct().Order()];
        return holders.Length > 0 ? holders : [.. _names.Keys.Where(id => Names(id, device)).Order()];
    }

    /// <summary>Tap devices that a process holds.</summary>
    /// <param name="id">The process.</param>
    /// <returns>Each once.</returns>
    public IReadOnlyList<string> TapsOf(int id) => [.. OpenTaps().Where(tap => tap.Id == id).Select(tap => tap.Device).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether the open files of any process were seen.</summary>
    public bool SeesFiles => _files.Files.Count > 0;

    /// <summary>The process that a vhost worker's name tells: vhost-PID (drivers/vhost/vhost.c).</summary>
    /// <param name="name">A thread's name.</param>
    /// <returns>The owner's id; null where it is no such name.</returns>
    public static int? OwnerOf(string name) =>
        name.StartsWith("vhost-", StringComparison.Ordinal) && int.TryParse(name.AsSpan("vhost-".Length), NumberStyles.None, CultureInfo.InvariantCulture, out int owner) ? owner : null;

    private bool IsMachine(int id)
    {
        string program = Path.GetFileName(Arguments(id).FirstOrDefault() ?? string.Empty);
        return Programs.Any(name => program.Contains(name, StringComparison.OrdinalIgnoreCase) || _names[id].StartsWith(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>-netdev tap,ifname=vnet0,... and -net tap,ifname=vnet0.</summary>
    private bool Names(int id, string device) => Arguments(id).SelectMany(argument => argument.Split(',')).Contains("ifname=" + device, StringComparer.Ordinal);

    private string[] Arguments(int id) => (_processes.TextOf(FormattableString.Invariant($"/proc/{id}/cmdline")) ?? string.Empty).Split('\0', StringSplitOptions.RemoveEmptyEntries);

    private IEnumerable<(int Id, string Device)> OpenTaps()
    {
        foreach ((string path, string text) in _files.Files)
        {
            string? device = text.Split('\n').FirstOrDefault(line => line.StartsWith("iff:", StringComparison.Ordinal))?["iff:".Length..].Trim();
            if (!string.IsNullOrEmpty(device) && int.TryParse(path.Split('/')[2], NumberStyles.None, CultureInfo.InvariantCulture, out int id))
            {
                yield return (id, device);
            }
        }
    }
}
