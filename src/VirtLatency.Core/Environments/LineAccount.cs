using VirtLatency.Model;
using VirtLatency.Parsing;

namespace VirtLatency.Environments;

/// <summary>Accounts for every line of a file, once it is read.</summary>
public static class LineAccount
{
    /// <summary>Damaged records that are reported one by one; the rest is only counted.</summary>
    public const int MostReportedIssues = 10;

    /// <summary>Says what became of the lines: always in the verbose stream, damage as a warning too.</summary>
    /// <param name="report">Told.</param>
    /// <param name="path">The file.</param>
    /// <param name="parser">Its parser, after reading.</param>
    /// <param name="samples">Samples found.</param>
    /// <param name="issues">Damaged records, reported or not.</param>
    public static void Tell(IImportReport report, string path, LogParser parser, long samples, long issues)
    {
        ArgumentNullException.ThrowIfNull(report);
        report.Verbose(Of(path, parser, samples));
        if (parser.Facts.IsThresholdBiased)
        {
            report.Warning($"'{path}' holds slow packets only (the tool was run with --latency-ms): its means and quantiles are too high. Capture again without a threshold.");
        }

        if (parser.Facts.ClosingCount is { } counted && samples > 0 && counted != samples)
        {
            report.Warning(FormattableString.Invariant($"The tool counted {counted} samples at the end of '{path}', but {samples} were read: lines are missing or damaged."));
        }

        if (parser.Facts.LostSampleCount > 0)
        {
            report.Warning(FormattableString.Invariant($"The tool says in '{path}' that it lost {parser.Facts.LostSampleCount} samples: slow reading or a busy host. Packets are missing, and not at random."));
        }

        if (parser.Facts.ToolError is { } error)
        {
            report.Warning($"The tool of '{path}' ended by an error of its own: {error}. What it had printed before is read.");
        }

        if (issues > MostReportedIssues)
        {
            report.Warning(FormattableString.Invariant($"'{path}' has {issues - MostReportedIssues} more damaged records than the {MostReportedIssues} named."));
        }

        if (parser.Tally.Malformed > 0)
        {
            report.Warning(FormattableString.Invariant($"'{path}' has {parser.Tally.Malformed} lines that are damaged or that no known tool prints, the first at line {parser.Tally.FirstMalformedLine}; they are left out."));
        }
    }

    /// <summary>The sentence of the verbose stream.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parser">Its parser, after reading.</param>
    /// <param name="samples">Samples found.</param>
    /// <returns>For instance <c>x.log (kernel_icmp_rtt): 400 lines = 96 parsed + 304 known noise + 0 malformed; 16 samples</c>.</returns>
    public static string Of(string path, LogParser parser, long samples)
    {
        LineTally tally = parser.Tally;
        string version = (parser.Facts.Version is { } known ? " " + known : string.Empty) + By(parser.Facts.Confidence);
        return FormattableString.Invariant(
            $"{path} ({LogToolName.Of(parser.Facts.Tool)}{version}): {tally.Total} lines = {tally.Parsed} parsed + {tally.Noise} known noise + {tally.Malformed} malformed; {samples} samples");
    }

    private static string By(LogConfidence confidence) => confidence switch
    {
        LogConfidence.High => " by its header",
        LogConfidence.Medium => " by its records",
        LogConfidence.Low => " in abbreviated form",
        _ => string.Empty,
    };
}
