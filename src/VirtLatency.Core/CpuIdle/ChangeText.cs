using System.Globalization;

namespace VirtLatency.CpuIdle;

/// <summary>
/// Values of a change as one line of text, <c>cpu0/C6=0;cpu1/C6=0</c>, that survives every serialization. A resume
/// latency stands as <c>cpu0/resume=0</c>; states that share a name have their number behind it, <c>cpu0/C6#3=0</c>; characters with a meaning here are
/// written as %XX within names.
/// </summary>
public static class ChangeText
{
    private const string Resume = "resume";

    /// <summary>Writes the values.</summary>
    /// <param name="writes">The writes.</param>
    /// <param name="value">Which of a write's values.</param>
    /// <returns>The text.</returns>
    public static string Of(IEnumerable<LimitWrite> writes, Func<LimitWrite, string> value)
    {
        LimitWrite[] all = [.. writes];
        HashSet<(int, string?)> shared = [.. all.GroupBy(write => (write.Cpu, write.State)).Where(group => group.Count() > 1).Select(group => group.Key)];
        return string.Join(';', all.Select(write => FormattableString.Invariant($"cpu{write.Cpu}/{PlaceOf(write, shared.Contains((write.Cpu, write.State)))}={value(write)}")));
    }

    /// <summary>Reads the two texts of a change.</summary>
    /// <param name="before">The values found.</param>
    /// <param name="after">The values written.</param>
    /// <param name="writes">The writes; states without an index, to be found by name, but where several share it.</param>
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
            if (!TryPart(found[i], out LimitWrite part, out string old) || !TryPart(written[i], out LimitWrite other, out string now) || part != other)
            {
                return false;
            }

            list.Add(part with { Before = old, After = now });
        }

        writes = list;
        return list.TrueForAll(IsSound) && Twice(list) is null;
    }

    /// <summary>A value that a change names more than once: no limit writes such a change.</summary>
    /// <param name="writes">The writes.</param>
    /// <returns>The second naming; null where there is none.</returns>
    internal static LimitWrite? Twice(IEnumerable<LimitWrite> writes) =>
        writes.GroupBy(write => (write.Cpu, write.Index, write.State)).Select(group => group.Skip(1).FirstOrDefault()).FirstOrDefault(write => write is not null);

    /// <summary>A write whose values the kernel's files can hold: a flag, or a latency.</summary>
    /// <param name="write">The write.</param>
    /// <returns>False where a value is not one that was ever read or written.</returns>
    public static bool IsSound(LimitWrite write) =>
        write.Cpu is >= 0 and < CpuRange.MostCpus && write.Index is null or >= 0 and < 64
        && new[] { write.Before, write.After }.All(value => write.State is not null ? value is "0" or "1" : value == "n/a" || IsNumber(value, out _));

    /// <summary>One part: its place as a write without values, and its value.</summary>
    private static bool TryPart(string part, out LimitWrite place, out string value)
    {
        (place, value) = (new LimitWrite(-1, null, null, null, string.Empty, string.Empty), string.Empty);
        int slash = part.IndexOf('/', StringComparison.Ordinal);
        int equals = part.LastIndexOf('=');
        if (slash < 4 || equals < slash || !part.StartsWith("cpu", StringComparison.Ordinal) || !IsNumber(part.AsSpan(3, slash - 3), out int cpu))
        {
            return false;
        }

        string[] name = part[(slash + 1)..equals].Split('#');
        int index = -1;
        bool isNamed = name.Length == 1 || (name.Length == 2 && IsNumber(name[1], out index));
        place = place with { Cpu = cpu, Index = index < 0 ? null : index, State = name[0] == Resume && index < 0 ? null : Uri.UnescapeDataString(name[0]) };
        value = part[(equals + 1)..];
        return isNamed && name[0].Length > 0 && value.Length > 0;
    }

    private static bool IsNumber(ReadOnlySpan<char> text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string PlaceOf(LimitWrite write, bool isShared) =>
        write.State is null ? Resume
        : isShared && write.Index is { } index ? FormattableString.Invariant($"{Escape(write.State)}#{index}")
        : Escape(write.State);

    private static string Escape(string name)
    {
        string escaped = name == Resume ? "%72esume" : name.Replace("%", "%25", StringComparison.Ordinal);
        return escaped.Replace(";", "%3B", StringComparison.Ordinal).Replace("=", "%3D", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal).Replace("#", "%23", StringComparison.Ordinal);
    }
}
