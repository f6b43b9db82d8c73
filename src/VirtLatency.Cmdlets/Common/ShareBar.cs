using System.Management.Automation.Host;
using System.Text;
using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Common;

/// <summary>
/// The first column of breakdowns and comparisons. At the levels Layer and Stage the ids leave room in it: a terminal that
/// draws gets a bar there of the part's share of the round trip, or of the round trip's difference. A session that writes
/// into a file or a pipe gets the text alone.
/// </summary>
public static class ShareBar
{
    /// <summary>Characters of 100 %, each of eight steps.</summary>
    private const int Length = 8;

    private const int Steps = 8;

    /// <summary>Where the bar begins, so that bars of a table stand under each other; what the narrower of both columns leaves.</summary>
    private const int Start = 17;

    private const char FullBlock = '\u2588';

    /// <summary>A part of a breakdown.</summary>
    /// <param name="row">The row.</param>
    /// <param name="host">The host that shows it.</param>
    /// <param name="rendering">What <c>$PSStyle.OutputRendering</c> says; null where there is no such setting.</param>
    /// <returns>For instance <c>VirtSender *     &#9608;&#9611;</c>.</returns>
    public static string Part(SegmentLatency row, PSHost? host, object? rendering)
    {
        ArgumentNullException.ThrowIfNull(row);
        return With(ViewText.Part(row), IsDrawn(row.Level, host, rendering) ? ShareOf(row) : null);
    }

    /// <summary>A part of a comparison.</summary>
    /// <param name="row">The row.</param>
    /// <param name="host">The host that shows it.</param>
    /// <param name="rendering">What <c>$PSStyle.OutputRendering</c> says; null where there is no such setting.</param>
    /// <returns>For instance <c>VirtSender *     &#9608;&#9611;</c>.</returns>
    public static string Part(LatencyDifference row, PSHost? host, object? rendering)
    {
        ArgumentNullException.ThrowIfNull(row);
        return With(ViewText.Part(row), IsDrawn(row.Level, host, rendering) ? ShareOf(row) : null);
    }

    /// <summary>A share as a bar.</summary>
    /// <param name="percent">The share; what is above 100 fills the bar, what is not above 0 has none.</param>
    /// <returns>At most eight characters.</returns>
    internal static string Of(double percent)
    {
        int steps = (int)Math.Round(Math.Clamp(percent, 0, 100) / 100 * Length * Steps);
        var bar = new StringBuilder().Append(FullBlock, steps / Steps);
        return steps % Steps == 0 ? bar.ToString() : bar.Append((char)(FullBlock + Steps - (steps % Steps))).ToString();
    }

    private static string With(string part, double? percent) =>
        percent is { } share && Of(share) is { Length: > 0 } bar && part.Length < Start ? part.PadRight(Start) + bar : part;

    private static bool IsDrawn(string? level, PSHost? host, object? rendering) =>
        level is nameof(BreakdownLevel.Layer) or nameof(BreakdownLevel.Stage)
        && host?.UI is { SupportsVirtualTerminal: true }
        && rendering?.ToString() != "PlainText"
        && Console.OutputEncoding.CodePage == Encoding.UTF8.CodePage
        && !(host.Name == "ConsoleHost" && Console.IsOutputRedirected); // pwsh's own host says true of a pipe, too.

    /// <summary>Stages have no share of their own in the tables, for they lie inside segments; the bar is to scale all the same.</summary>
    private static double? ShareOf(SegmentLatency row) => row.SharePercent
        ?? (row.Level == nameof(BreakdownLevel.Stage) && row.Basis != nameof(Basis.UpperBound) ? Percent(row.MeanUs, row.RoundTripUs) : null);

    private static double? ShareOf(LatencyDifference row) => row.SharePercent
        ?? (row.Level == nameof(BreakdownLevel.Stage) ? Percent(row.DeltaUs, row.RoundTripDeltaUs) : null);

    private static double? Percent(double? part, double? whole) => whole is null or 0 ? null : 100 * part / whole;
}
