using VirtLatency.Analysis;
using VirtLatency.Analysis.Statistics;
using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>
/// Confidence in words that follow from the test. Of runs: high from 5 runs a side and p below 0.01, else moderate. Of
/// packets of one or two runs: only that these runs differ, however small p is. Where so few values were compared that ranks
/// cannot tell any sides apart, the least p that they can give stands beside the test's.
/// </summary>
internal static class FindingConfidence
{
    private const double HighP = 0.01;
    private const int HighRuns = 5;
    private const double MostConvincingP = 0.05;
    private const string High = "High";
    private const string Moderate = "Moderate";
    private const string Within = "Within the runs";
    private const string Low = "Low";

    /// <summary>Of differences that are told from 0, taken together: as sure as the least sure of them.</summary>
    public static string OfDifference(IReadOnlyList<LatencyDifference> rows)
    {
        double p = rows.Max(row => row.AdjustedPValue ?? 1);
        string bound = rows.Any(row => row.ErrorBasis == "Bound") ? "; the errors of logs that do not join are taken at their largest" : string.Empty;
        string name = rows.Count > 1 ? "the largest adjusted p" : rows[0].AdjustedPValue == rows[0].PValue ? "p" : "adjusted p";
        string tests = $"{name} {FindingText.P(p)}{bound}";
        return Words(rows, tests, p, "these runs differ");
    }

    /// <summary>Of two means that are shown to be the same but for a margin.</summary>
    public static string OfSameness(LatencyDifference row)
    {
        double p = row.EquivalencePValue ?? 1;
        return Words([row], $"two one-sided tests against a margin of {FindingText.Us(row.EquivalenceMarginUs ?? 0)} us, p {FindingText.P(p)}", p, "these runs are alike");
    }

    /// <summary>Of a difference that is not told from 0.</summary>
    public static string OfDoubt(LatencyDifference row) => row.Verdict == "TooFewSamples"
        ? $"None: there are too few samples for a test{LeastText([row])}."
        : !FindingPair.IsTested(row) ? "None: no test is made of it, and the note of its row in Compare-LatencyEnvironment says why."
        : $"None either way: p {FindingText.P(row.AdjustedPValue ?? 1)}, and that is not \"the same\"{LeastText([row])}{(row.NeededRunCount is { } needed ? FormattableString.Invariant($"; {needed} runs a side would settle it at this spread") : string.Empty)}.";

    /// <summary>One step down, for a check of the same logs failed. What says nothing either way stays.</summary>
    public static string Lowered(string confidence) => confidence.Split(": ", 2) switch
    {
        [High, var rest] => $"{Moderate}: {rest} It would be {High}, but a check failed.",
        [Moderate, var rest] => $"{Low}: {rest} It would be {Moderate}, but a check failed.",
        [Within, var rest] => $"{Low}: within the runs {rest} It would not be {Low}, but a check failed.",
        _ => confidence,
    };

    private static string Words(IReadOnlyList<LatencyDifference> rows, string tests, double p, string aboutRuns)
    {
        int runs = rows.Min(row => Math.Min(row.ReferenceRunCount ?? 1, row.DifferenceRunCount ?? 1));
        string counts = FormattableString.Invariant($"{rows.Min(row => row.ReferenceRunCount ?? 1)}/{rows.Min(row => row.DifferenceRunCount ?? 1)} runs");
        if (rows.Any(row => row.Replication != DifferenceTest.ByRuns))
        {
            return $"{Within}: {aboutRuns} ({tests}{LeastText(rows)}, over packets of {counts}). Nothing is shown of the environments before 3 runs a side.";
        }

        string word = p < HighP && runs >= HighRuns && LeastP(rows) <= MostConvincingP ? High : Moderate;
        return $"{word}: {counts}, {tests}{LeastText(rows)}.";
    }

    private static string LeastText(IReadOnlyList<LatencyDifference> rows) =>
        LeastP(rows) is > MostConvincingP and var least ? FormattableString.Invariant($"; by ranks the least possible p is {least:0.###}") : string.Empty;

    /// <summary>Of runs where they are the unit, else of samples; of several rows the one with the fewest counts.</summary>
    private static double LeastP(IReadOnlyList<LatencyDifference> rows) => rows.Max(row => row.Replication == DifferenceTest.ByRuns
        ? BrunnerMunzel.LeastPValue(row.ReferenceRunCount ?? 1, row.DifferenceRunCount ?? 1)
        : BrunnerMunzel.LeastPValue(row.ReferenceCount, row.DifferenceCount));
}
