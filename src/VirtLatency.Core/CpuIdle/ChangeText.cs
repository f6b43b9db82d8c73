using System.Globalization;

namespace VirtLatency.CpuIdle;

/// <summary>
/// Values of a change as one line of text, <c>cpu0/C6=0;cpu1/C6=0</c>, that survives every serialization. A resume
/// latency stands as <c>cpu0/resume=0</c>; characters with a meaning here are written as %XX within names.
/// </summary>
public static class ChangeText
{
    private const string Resume = "resume";

    /// <summary>Writes the values.</summary>
    /// <param name="writes">The writes.</param>
    /// <param name="value">Which of a write's values.</param>
    /// <returns>The text.</returns>
    public static string Of(IEnumerable<LimitWrite> writes, Func<LimitWrite, string> value) =>
        string.Join(';', writes.Select(write => FormattableString.Invariant($"cpu{write.Cpu}/{(write.State is { } name ? Escape(name) : Resume)}={value(write)}")));

    /// <summary>Reads the two texts of a change.</summary>
    /// <param name="before">The values found.</param>
    /// <param name="after">The values written.</param>
    /// <param name="writes">The writes; states without an index, to be found by name.</param>
    /// <returns>False where the texts are not such.</returns>
    public static bool TryParse(string? before, string? after, out IReadOnlyList<LimitWrite> writes)
    {
        writes = [];
        string[] found = (before ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries);
        string[] written = (after ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries);
        if (found.Length != written.Length)
        {
            return false;
        }

        var list = new List<LimitWrite>(found.Length);
        for (int i = 0; i < found.Length; i++)
        {
            if (!TryPart(found[i], out int cpu, out string? state, out string old) || !TryPart(written[i], out int other, out string? otherState, out string now)
                || cpu != other || !string.Equals(state, otherState, StringComparison.Ordinal))
            {
                return false;
            }

            list.Add(new LimitWrite(cpu, null, state, null, old, now));
        }

        writes = list;
        return list.TrueForAll(IsSound);
    }

    /// <summary>A write whose values the kernel's files can hold: a flag, or a latency.</summary>
    /// <param name="write">The write.</param>
    /// <returns>False where a value is not one that was ever read or written.</returns>
    public static bool IsSound(LimitWrite write) => write.Cpu is >= 0 and < CpuRange.MostCpus && write.Index is null or >= 0 and < 64 && new[] { write.Before, write.After }.All(value =>
        write.State is not null ? value is "0" or "1" : value == "n/a" || int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _));

    private static bool TryPart(string part, out int cpu, out string? state, out string value)
    {
        (cpu, state, value) = (-1, null, string.Empty);
        int slash = part.IndexOf('/', StringComparison.Ordinal);
        int equals = part.LastIndexOf('=');
        if (slash < 4 || equals < slash || !part.StartsWith("cpu", StringComparison.Ordinal) || !int.TryParse(part.AsSpan(3, slash - 3), NumberStyles.None, CultureInfo.InvariantCulture, out cpu))
        {
            return false;
        }

        string name = part[(slash + 1)..equals];
        state = name == Resume ? null : Uri.UnescapeDataString(name);
        value = part[(equals + 1)..];
        return name.Length > 0 && value.Length > 0;
    }

    private static string Escape(string name) => (name == Resume ? "%72esume" : name.Replace("%", "%25", StringComparison.Ordinal)).Replace(";", "%3B", StringComparison.Ordinal).Replace("=", "%3D", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal);
}
