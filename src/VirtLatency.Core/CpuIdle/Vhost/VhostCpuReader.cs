using System.Globalization;

namespace VirtLatency.CpuIdle.Vhost;

/// <summary>
/// Finds the CPUs that packets of tap devices depend on. In four readings: the network devices and the processes' names; the
/// open files of those that may be virtual machines; the threads of the ones that hold a device, and the NICs' interrupts;
/// where kernel threads and interrupts may run.
/// </summary>
public sealed class VhostCpuReader
{
    private readonly IHostAccess _host;
    private readonly CancellationToken _cancellation;
    private readonly string[] _devices;
    private readonly NetworkDevices _network;
    private readonly TapProcesses _processes;
    private readonly IReadOnlyList<int> _online;
    private readonly List<string> _remarks = [];

    private VhostCpuReader(IHostAccess host, IReadOnlyList<string> devices, CancellationToken cancellation)
    {
        (_host, _cancellation, _devices) = (host, cancellation, [.. devices.Distinct(StringComparer.Ordinal)]);
        HostTree first = host.Read([.. NetworkDevices.Patterns, .. TapProcesses.Patterns, CpuIdleReader.CpuFolder + "/online"], cancellation);
        _network = new NetworkDevices(first);
        _processes = new TapProcesses(first);
        _online = CpuRange.TryParse(first.TextOf(CpuIdleReader.CpuFolder + "/online") ?? string.Empty, out IReadOnlyList<int> numbers) ? numbers : [];
    }

    /// <summary>Finds them.</summary>
    /// <param name="host">The host.</param>
    /// <param name="devices">Names of tap devices.</param>
    /// <param name="cancellation">Looked at between files.</param>
    /// <returns>The CPUs and what they come from.</returns>
    /// <exception cref="VhostException">They are not known; the message says why.</exception>
    /// <exception cref="HostAccessException">The host cannot be reached.</exception>
    public static VhostCpus Read(IHostAccess host, IReadOnlyList<string> devices, CancellationToken cancellation = default) =>
        new VhostCpuReader(host, devices, cancellation).Find();

    /// <summary>The CPUs of a thread, from its status.</summary>
    /// <param name="tree">A tree that has the status.</param>
    /// <param name="path">The status file.</param>
    /// <returns>The CPUs; null where it was not read.</returns>
    internal static IReadOnlyList<int>? AllowedOf(HostTree tree, string path) =>
        Wakeup.WakeupHost.FieldOf(tree.TextOf(path), "Cpus_allowed_list") is { } text && CpuRange.TryParse(text, out IReadOnlyList<int> cpus) && cpus.Count > 0 ? cpus : null;

    private VhostCpus Find()
    {
        Array.ForEach(_devices, CheckDevice);
        Dictionary<string, IReadOnlyList<int>> holders = Holders();
        Dictionary<string, IReadOnlyList<string>> nics = _devices.ToDictionary(device => device, device => _network.NicsBehind(device, _remarks), StringComparer.Ordinal);
        int[] ids = [.. holders.Values.SelectMany(held => held).Distinct().Order()];
        string[] names = [.. nics.Values.SelectMany(behind => behind).Distinct(StringComparer.Ordinal)];

        HostTree threads = _host.Read([.. ids.SelectMany(MachineThreads.Patterns), .. names.SelectMany(nic => NicInterrupts.PatternsOf(_network, nic))], _cancellation);
        MachineThreads[] machines = [.. ids.Select(id => MachineThreads.Of(threads, _processes, id))];
        var numbers = names.ToDictionary(nic => nic, nic => NicInterrupts.NumbersOf(_network, threads, nic), StringComparer.Ordinal);
        HostTree affinities = _host.Read([.. machines.SelectMany(machine => machine.KernelPatterns), .. numbers.Values.SelectMany(found => found).SelectMany(NicInterrupts.AffinityPatterns)], _cancellation);

        VhostCpuSource[] sources =
        [
            .. _devices.SelectMany(device =>
                Holding(machines, holders[device]).SelectMany(machine => ThreadsOf(machine, affinities, device))
                .Concat(nics[device].SelectMany(nic => NicInterrupts.SourcesOf(_host, affinities, device, nic, numbers[nic], _remarks)))),
        ];
        var cpus = new VhostCpus(_host.HostName, sources, _online, [.. _remarks.Distinct(StringComparer.Ordinal)]);

        // No CPU must not come out as no choice, which means all.
        return cpus.Cpus.Count > 0
            ? cpus
            : throw new VhostException(VhostProblem.ThreadAffinityNotFound, _devices[0], $"No CPU that {string.Join(", ", _devices)} depends on is online on {_host.HostName} ({cpus.Summary}). Give the CPUs with -Cpu.");
    }

    /// <summary>A program that only set the device up may hold it too: where one looks like a virtual machine, the others are left out.</summary>
    private static MachineThreads[] Holding(MachineThreads[] machines, IReadOnlyList<int> ids)
    {
        MachineThreads[] holding = [.. machines.Where(machine => ids.Contains(machine.ProcessId))];
        MachineThreads[] clear = [.. holding.Where(machine => machine.HasVcpuNames || machine.HasWorkers)];
        return clear.Length > 0 ? clear : holding;
    }

    private void CheckDevice(string device)
    {
        string taps = _network.Taps.Count == 0 ? "it has no tap devices" : $"its tap devices are {string.Join(", ", _network.Taps)}";
        if (!_network.Has(device))
        {
            throw new VhostException(VhostProblem.DeviceNotFound, device, $"{_host.HostName} has no network device '{device}'; {taps}.");
        }

        if (!_network.IsTap(device))
        {
            throw new VhostException(VhostProblem.DeviceNotTap, device, $"'{device}' of {_host.HostName} is no tap device, so no virtual machine is behind it; {taps}.");
        }
    }

    private Dictionary<string, IReadOnlyList<int>> Holders()
    {
        IReadOnlyList<int> candidates = _processes.Candidates(_devices);
        _processes.Take(_host.Read(TapProcesses.FilesOf(candidates), _cancellation));
        return _devices.ToDictionary(device => device, device => _processes.HoldersOf(device) is { Count: > 0 } holders ? holders : throw NotHeld(device, candidates), StringComparer.Ordinal);
    }

    private VhostException NotHeld(string device, IReadOnlyList<int> candidates)
    {
        if (candidates.Count > 0 && !_processes.SeesFiles)
        {
            return new VhostException(VhostProblem.DeviceProcessDenied, device, _host.IsLive
                ? $"Which process of {_host.HostName} holds '{device}' cannot be seen: the open files of other users' processes are for root only. Run as root (sudo)."
                : $"Which process of {_host.HostName} held '{device}' cannot be told: the tree has no proc/PID/fdinfo, and no command line names the device. Give the CPUs with -Cpu.");
        }

        string seen = candidates.Count == 0
            ? "no process there looks like QEMU"
            : $"of processes {string.Join(", ", candidates.Take(8).Select(id => id.ToString(CultureInfo.InvariantCulture)))}{(candidates.Count > 8 ? " and more" : string.Empty)} none has it open";
        return new VhostException(
            VhostProblem.DeviceProcessNotFound, device, $"No process of {_host.HostName} holds '{device}': {seen}. The virtual machine is not running, or its processes are out of sight. Give the CPUs with -Cpu.");
    }

    private List<VhostCpuSource> ThreadsOf(MachineThreads machine, HostTree kernel, string device)
    {
        MachineThread[] workers = [.. machine.Workers, .. machine.KernelWorkersOf(kernel)];
        List<VhostCpuSource> found = [.. workers.Select(worker => Source("vhost worker", worker))];
        Remark(machine, device, workers.Length);
        if (workers.Length == 0 && machine.HasVcpuNames)
        {
            found.AddRange(machine.Main.Select(main => Source("QEMU", main)));
        }

        found.AddRange(machine.Vcpus.Select(vcpu => Source("vCPUs", vcpu)));
        return found.Count > 0
            ? found
            : throw new VhostException(VhostProblem.ThreadAffinityNotFound, device, FormattableString.Invariant($"Where the threads of process {machine.ProcessId} on {_host.HostName} may run cannot be read: /proc/{machine.ProcessId}/task has no status with Cpus_allowed_list. Give the CPUs with -Cpu."));

        VhostCpuSource Source(string part, MachineThread thread) => new(device, part, thread.Name, thread.Id, thread.Cpus);
    }

    private void Remark(MachineThreads machine, string device, int workers)
    {
        IReadOnlyList<string> taps = _processes.TapsOf(machine.ProcessId);
        if (workers > 0 && taps.Count > 1)
        {
            _remarks.Add($"The virtual machine of {device} has {taps.Count} tap devices ({string.Join(", ", taps)}), and the kernel does not say which worker serves which: all {workers} are taken.");
        }

        if (!machine.HasVcpuNames)
        {
            _remarks.Add(FormattableString.Invariant($"No thread of process {machine.ProcessId} is named as a vCPU (QEMU's debug-threads is off): all its threads are taken for vCPUs of {device}."));
        }

        if (workers == 0)
        {
            _remarks.Add(FormattableString.Invariant($"{device} has no vhost worker (no thread vhost-{machine.ProcessId}): without vhost (vhost=off) QEMU itself moves the packets, and the main thread of process {machine.ProcessId} stands for the worker."));
        }
    }
}
