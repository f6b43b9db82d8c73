using System.Globalization;
using VirtLatency.Model;

namespace VirtLatency.Common;

/// <summary>The text of the table views of packets and of closure checks, called by VirtLatency.Format.ps1xml, in the invariant culture.</summary>
public static class PacketViewText
{
    /// <summary>The heading over an environment's packets.</summary>
    /// <param name="row">The first row.</param>
    /// <returns>The environment, its run, and what a star means.</returns>
    public static string Group(PacketBreakdown row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Environment + (row.Run is null ? string.Empty : ", run " + row.Run) + "  (us, *flagged)";
    }

    /// <summary>The sequence, with a star where a log flags the packet.</summary>
    /// <param name="row">The row.</param>
    /// <returns>For instance <c>16</c> or <c>1*</c>.</returns>
    public static string Sequence(PacketBreakdown row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Sequence.ToString(CultureInfo.InvariantCulture) + (row.Flag is null ? string.Empty : "*");
    }

    /// <summary>Microseconds with a sign where below zero; what rounds to zero has none.</summary>
    /// <param name="value">Microseconds; null when there are none.</param>
    /// <returns>For instance <c>-29.709</c>, or <c>-</c>.</returns>
    public static string Us(double? value) => ViewText.Us(value);

    /// <summary>Whether a check holds.</summary>
    /// <param name="row">The row.</param>
    /// <returns>yes, NO, or - where it could not be made.</returns>
    public static string Passed(ClosureCheck row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Passed switch { true => "yes", false => "NO", null => "-" };
    }
}
