using System.Globalization;
using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>Numbers in the sentences of findings.</summary>
internal static class FindingText
{
    /// <summary>Microseconds with two decimals below 10, else one.</summary>
    public static string Us(double value) => value.ToString(Math.Abs(value) < 9.995 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    /// <summary>The same with a sign.</summary>
    public static string Signed(double value) => (value > 0 ? "+" : string.Empty) + Us(value);

    public static string Percent(double value) => value.ToString("0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>= 0.012, or &lt; 0.001.</summary>
    public static string P(double value) => value < 0.001 ? "< 0.001" : "= " + value.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>A part's id; of a stage with its segment.</summary>
    public static string Part(LatencyDifference row) => row.Level == "Stage" ? $"{row.Segment} {row.Name}" : row.Segment ?? row.Name ?? "?";

    /// <summary>For instance <c>E S1->S2 22.0 -> 98.4 us: +76.4 [+59.7, +93.2], n 16/16</c>; brackets hold the interval, where there is one.</summary>
    public static string Delta(LatencyDifference row)
    {
        string interval = row is { DeltaLowUs: { } low, DeltaHighUs: { } high } ? $" [{Signed(low)}, {Signed(high)}]" : string.Empty;
        return FormattableString.Invariant($"{Part(row)} {Us(row.ReferenceUs!.Value)} -> {Us(row.DifferenceUs!.Value)} us: {Signed(row.DeltaUs!.Value)}{interval}, n {row.ReferenceCount}/{row.DifferenceCount}");
    }

    /// <summary>A row's share of RoundTrip's difference, with its interval where there is one; null where it has none.</summary>
    public static string? Share(LatencyDifference row)
    {
        if (row.SharePercent is not { } share)
        {
            return null;
        }

        string interval = row is { ShareLowPercent: { } low, ShareHighPercent: { } high } ? $" [{Percent(low)}, {Percent(high)}]" : string.Empty;
        return $"{Percent(share)}{interval} of RoundTrip's difference";
    }

    /// <summary>For instance <c>1 run</c> or <c>3 runs</c>.</summary>
    public static string Count(long count, string what) => FormattableString.Invariant($"{count} {what}{(count == 1 ? string.Empty : "s")}");

    /// <summary>Parts of an enumeration: a, b and c.</summary>
    public static string List(IEnumerable<string> parts)
    {
        string[] all = [.. parts];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }

    /// <summary>Sentences or clauses, those that there are.</summary>
    public static string Join(string separator, params IEnumerable<string?> parts) => string.Join(separator, parts.Where(part => !string.IsNullOrEmpty(part)));
}
