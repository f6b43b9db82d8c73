using System.Globalization;
using VirtLatency.Model;

namespace VirtLatency.Common;

/// <summary>The text of the table views of wake-up latencies, called by VirtLatency.Format.ps1xml, in the invariant culture.</summary>
public static class WakeupViewText
{
    private const string Absent = "-";

    /// <summary>The heading over the rows of one sleeping CPU.</summary>
    /// <param name="row">The first row.</param>
    /// <returns>Host, CPUs and SMT siblings.</returns>
    public static string Group(WakeupLatency row)
    {
        ArgumentNullException.ThrowIfNull(row);
        string sibling = row.SiblingState is null or "None" ? string.Empty : ", sibling " + row.SiblingState;
        return FormattableString.Invariant($"cpu{row.Cpu} by cpu{row.WakerCpu} on {row.HostName}{sibling}{(row.Note is null ? string.Empty : "  (has notes)")}");
    }

    /// <summary>The state's name, cut to the column.</summary>
    /// <param name="row">The row.</param>
    /// <returns>For instance <c>C6</c>, or <c>-</c>.</returns>
    public static string State(WakeupLatency row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.State is { Length: > 13 } name ? name[..12] + "~" : row.State ?? Absent;
    }

    /// <summary>A given length in us.</summary>
    /// <param name="us">The length; null when there is none.</param>
    /// <returns>For instance <c>20000</c> or <c>2.5</c>.</returns>
    public static string Given(double? us) => us?.ToString("0.##", CultureInfo.InvariantCulture) ?? Absent;

    /// <summary>A latency to a hundredth below 1 ms, to a us from 10 ms: the clock's calls alone take some 50 ns.</summary>
    /// <param name="us">The latency; null when not measured.</param>
    /// <returns>For instance <c>43.17</c>.</returns>
    public static string Us(double? us) => us?.ToString(us switch { < 1000 => "0.00", < 10_000 => "0.0", _ => "0" }, CultureInfo.InvariantCulture) ?? Absent;
}
