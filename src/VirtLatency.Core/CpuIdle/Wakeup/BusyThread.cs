using System.Globalization;

namespace VirtLatency.CpuIdle.Wakeup;

/// <summary>A thread that a measurement must not disturb: a virtual machine's, or one with a realtime policy.</summary>
/// <param name="Id">Thread id.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsVirtualMachine">A thread of QEMU.</param>
/// <param name="IsRealtime">FIFO, RR or DEADLINE, and no thread of the kernel's own: every CPU has some of these.</param>
/// <param name="Cpus">Where it may run.</param>
internal sealed record BusyThread(int Id, string Name, bool IsVirtualMachine, bool IsRealtime, IReadOnlySet<int> Cpus)
{
    /// <summary>PF_KTHREAD of include/linux/sched.h.</summary>
    private const long KernelThread = 0x0020_0000;

    // Places in /proc/PID/stat behind the name (proc(5)): fields 9 and 41.
    private const int Flags = 6;
    private const int Policy = 38;

    /// <summary>Finds them.</summary>
    /// <param name="tree">A tree with /proc/PID/task/TID/stat and status.</param>
    /// <returns>The threads, in order of their ids.</returns>
    public static IEnumerable<BusyThread> AllOf(HostTree tree) => tree.Files
        .Where(file => file.Key.StartsWith("/proc/", StringComparison.Ordinal) && file.Key.EndsWith("/stat", StringComparison.Ordinal))
        .Select(file => (Parts: file.Key.Split('/'), Text: file.Value))
        .Where(file => file.Parts.Length == 6 && file.Parts[3] == "task" && char.IsAsciiDigit(file.Parts[2][0]))
        .Select(file => Of(tree, file.Parts, file.Text))
        .OfType<BusyThread>()
        .OrderBy(thread => thread.Id);

    private static BusyThread? Of(HostTree tree, string[] parts, string text)
    {
        // The name is in brackets and may hold brackets and blanks.
        int open = text.IndexOf('(', StringComparison.Ordinal);
        int close = text.LastIndexOf(')');
        string[] fields = close > open && open >= 0 ? text[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
        if (fields.Length <= Policy || !int.TryParse(parts[4], NumberStyles.None, CultureInfo.InvariantCulture, out int id))
        {
            return null;
        }

        string name = text[(open + 1)..close];
        bool isKernels = long.TryParse(fields[Flags], NumberStyles.None, CultureInfo.InvariantCulture, out long flags) && (flags & KernelThread) != 0;
        bool isRealtime = !isKernels && fields[Policy] is "1" or "2" or "6";
        bool isMachine = !isKernels && (IsQemu(name) || IsVcpu(name) || IsQemu(LeaderOf(tree, parts[2])));
        string? allowed = isRealtime || isMachine ? WakeupHost.FieldOf(tree.TextOf($"/proc/{parts[2]}/task/{parts[4]}/status"), "Cpus_allowed_list") : null;
        return allowed is not null && CpuRange.TryParse(allowed, out IReadOnlyList<int> cpus) ? new BusyThread(id, name, isMachine, isRealtime, cpus.ToHashSet()) : null;
    }

    private static bool IsQemu(string name) => name.StartsWith("qemu", StringComparison.Ordinal);

    /// <summary>QEMU calls a vCPU's thread "CPU 3/KVM".</summary>
    private static bool IsVcpu(string name) => name.StartsWith("CPU ", StringComparison.Ordinal) && name.EndsWith("/KVM", StringComparison.Ordinal);

    private static string LeaderOf(HostTree tree, string process) =>
        tree.TextOf($"/proc/{process}/task/{process}/stat") is { } text && text.IndexOf('(', StringComparison.Ordinal) is >= 0 and int open ? text[(open + 1)..] : string.Empty;
}
