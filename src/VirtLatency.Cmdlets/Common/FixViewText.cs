using System.Globalization;
using VirtLatency.Model;

namespace VirtLatency.Common;

/// <summary>The text of the views of <see cref="FixEffect"/>, called by VirtLatency.Format.ps1xml.</summary>
public static class FixViewText
{
    private const string Absent = "-";
    private const int LargestPercent = 999;

    /// <summary>A part's id, at level Stage with the stage, and a star where the row has a note.</summary>
    /// <param name="row">The row.</param>
    /// <returns>For instance <c>B_1  S0 *</c>.</returns>
    public static string Part(FixEffect row)
    {
        ArgumentNullException.ThrowIfNull(row);
        string part = row.Level == "Stage" ? $"{row.Segment,-4} {row.Name}" : row.Segment ?? Absent;
        return row.Note is null ? part : part + " *";
    }

    /// <summary>The id in as many characters as the narrow tables have.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The id; of a long metric its beginning.</returns>
    public static string ShortPart(FixEffect row)
    {
        const int Room = 18;
        string part = Part(row);
        string star = part.EndsWith(" *", StringComparison.Ordinal) ? " *" : string.Empty;
        return part.Length <= Room ? part : string.Concat(part.AsSpan(0, Room - 1 - star.Length), "~", star);
    }

    /// <summary>Counts before and after.</summary>
    /// <param name="row">The row.</param>
    /// <returns>For instance <c>16/4</c>.</returns>
    public static string Counts(FixEffect row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return ViewText.Count(row.BeforeCount) + "/" + ViewText.Count(row.AfterCount);
    }

    /// <summary>Before - after with a sign, and a question mark where it is not shown.</summary>
    /// <param name="row">The row.</param>
    /// <returns>For instance <c>+82.438?</c>.</returns>
    public static string Improvement(FixEffect row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.ImprovementUs is { } gain ? Signed(gain) + (row.Verdict == "NotShown" ? "?" : string.Empty) : Absent;
    }

    /// <summary>Percent without decimals.</summary>
    /// <param name="row">The row.</param>
    /// <returns>For instance <c>104</c>, or <c>-</c>.</returns>
    public static string Recovered(FixEffect row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.RecoveredPercent switch
        {
            null => Absent,
            > LargestPercent => ">999",
            < -LargestPercent => "<-1k",
            { } percent => percent.ToString("0", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>Both ends of the improvement's interval.</summary>
    /// <param name="row">The row.</param>
    /// <returns>For instance <c>+59.700 .. +98.688</c>.</returns>
    public static string Interval(FixEffect row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row is { ImprovementLowUs: { } low, ImprovementHighUs: { } high } ? $"{Signed(low)} .. {Signed(high)}" : Absent;
    }

    /// <summary>Both ends of the recovered percent's interval.</summary>
    /// <param name="row">The row.</param>
    /// <returns>For instance <c>96..104</c>.</returns>
    public static string RecoveredInterval(FixEffect row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row is { RecoveredLowPercent: { } low, RecoveredHighPercent: { } high } ? FormattableString.Invariant($"{low:0}..{high:0}") : Absent;
    }

    /// <summary>What the test took as its unit, and how many there were before and after.</summary>
    /// <param name="row">The row.</param>
    /// <returns>For instance <c>runs 5/5</c>, <c>within 1/1</c> or <c>cycles 5</c>.</returns>
    public static string Replication(FixEffect row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Replication switch
        {
            null => Absent,
            "Cycles" => FormattableString.Invariant($"cycles {row.CycleCount}"),
            "Runs" => FormattableString.Invariant($"runs {row.BeforeRunCount}/{row.AfterRunCount}"),
            _ => FormattableString.Invariant($"within {row.BeforeRunCount}/{row.AfterRunCount}"),
        };
    }

    /// <summary>The heading over the rows of a level.</summary>
    /// <param name="row">The first row.</param>
    /// <returns>The environments and the level.</returns>
    public static string Group(FixEffect row)
    {
        ArgumentNullException.ThrowIfNull(row);
        string sides = row.BeforeEnvironment is null ? "before -> after" : $"{row.BeforeEnvironment} -> {row.AfterEnvironment}";
        string baseline = row.BaselineEnvironment is null ? string.Empty : $", baseline {row.BaselineEnvironment}";
        return $"{sides}{baseline}, level {row.Level}";
    }

    private static string Signed(double value) => (value > 0 ? "+" : string.Empty) + ViewText.Us(value);
}
