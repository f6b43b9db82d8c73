using System.Globalization;

namespace VirtLatency.CpuIdle.Hardware;

/// <summary>A PMU as /sys/bus/event_source/devices shows it; pure.</summary>
/// <param name="Type">Its number.</param>
/// <param name="Events">The numbers of its events by name, such as c6-residency.</param>
/// <param name="Cpus">The CPUs that count for the others of their core or package; empty where any CPU counts for itself.</param>
internal sealed record PerfUnit(int Type, IReadOnlyDictionary<string, long> Events, IReadOnlyList<int> Cpus)
{
    private const string Folder = "/sys/bus/event_source/devices/";

    /// <summary>What is read of a PMU.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The patterns.</returns>
    public static IEnumerable<string> PatternsOf(string name) => [Folder + name + "/type", Folder + name + "/cpumask", Folder + name + "/events/*"];

    /// <summary>Makes it.</summary>
    /// <param name="tree">By <see cref="PatternsOf"/>.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The PMU; null where the host has none of that name.</returns>
    public static PerfUnit? Of(HostTree tree, string name)
    {
        if (tree.NumberOf(Folder + name + "/type") is not (>= 0 and <= int.MaxValue and { } type))
        {
            return null;
        }

        string events = Folder + name + "/events/";
        var numbers = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach ((string path, string text) in tree.Files.Where(file => file.Key.StartsWith(events, StringComparison.Ordinal)))
        {
            if (NumberOf(text) is { } number)
            {
                numbers[path[events.Length..]] = number;
            }
        }

        return new PerfUnit((int)type, numbers, CpuRange.TryParse(tree.TextOf(Folder + name + "/cpumask") ?? string.Empty, out IReadOnlyList<int> cpus) ? cpus : []);
    }

    /// <summary>event=0x02: the PMUs of C-states and of MSRs have no other field (format/event is config:0-63).</summary>
    private static long? NumberOf(string text) =>
        text.Trim() is var trimmed && trimmed.StartsWith("event=0x", StringComparison.Ordinal) && long.TryParse(trimmed["event=0x".Length..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long number) ? number : null;
}
