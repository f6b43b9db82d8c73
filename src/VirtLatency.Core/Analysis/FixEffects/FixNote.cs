using System.Globalization;
using VirtLatency.Analysis.Statistics;
using VirtLatency.Model;

namespace VirtLatency.Analysis.FixEffects;

/// <summary>What a row's numbers do not show: why there is no better verdict, what caused it, and what else differs between the sides.</summary>
internal static class FixNote
{
    public static string? Of(FixPart part, FixEffect row, bool hasLoss, bool wasBroken, TestRequest request)
    {
        IEnumerable<string?> notes = [.. Reasons(part, row, hasLoss, wasBroken, request), .. part.Notes];
        string text = string.Join("; ", notes.Where(note => !string.IsNullOrEmpty(note)).Distinct());
        return text.Length == 0 ? null : text;
    }

    private static IEnumerable<string?> Reasons(FixPart part, FixEffect row, bool hasLoss, bool wasBroken, TestRequest request)
    {
        if (part.Test is null)
        {
            return [part.Refusal];
        }

        string? verdict = row.Verdict switch
        {
            FixTable.NotShown => NotShown(part, row, request),
            FixTable.Improved => NotFixed(part, row, hasLoss, wasBroken),
            FixTable.NoEffect => FormattableString.Invariant($"shown to differ by less than {row.EquivalenceMarginUs:0.0##} us"),
            _ => null,
        };
        string? few = row.Verdict != FixTable.NotShown && part.Test.LeastPValue >= request.Alpha ? $"{CountsOf(part.Test, row)}: by ranks {BestText(part.Test)}" : null;
        return [verdict, CauseOf(row), few, Size(row), LeftOut(part.Test), BaselineOf(part, row, hasLoss), .. part.LeftOut, .. part.BaselineLeftOut];
    }

    private static string NotShown(FixPart part, FixEffect row, TestRequest request)
    {
        (long before, long after) = (row.BeforeCount, row.AfterCount);
        string counts = "not shown: " + CountsOf(part.Test!, row);
        if (part.Test!.Improvement?.PValue is not { } p)
        {
            string? need = row.Level == FixComparison.Workload && Math.Min(before, after) < RunEstimate.LeastRuns
                ? FormattableString.Invariant($", and a test needs {RunEstimate.LeastRuns} on each side")
                : null;
            return counts + (Math.Min(before, after) < 2 || need is not null ? ", " + BestText(part.Test) : ", but their spread is not known") + need;
        }

        string adjusted = row.AdjustedPValue is { } all && all > p ? $", {TextOf(all)} among all rows" : string.Empty;
        string more = part.Test.MoreRuns is { } needed && !needed.StartsWith("none", StringComparison.Ordinal) ? $"; to show it: {needed}" : string.Empty;
        return $"{counts}, p = {TextOf(p)}{adjusted}" + (part.Test.LeastPValue >= request.Alpha ? $"; by ranks {BestText(part.Test)}" : string.Empty) + WithLeftOut(part) + more;
    }

    private static string? WithLeftOut(FixPart part)
    {
        if (part.LeftOut.Count == 0)
        {
            return null;
        }

        return FixTable.IsTurned(part, Math.Sign(part.Test!.Improvement!.Value.Value))
            ? "; with the samples that are left out the sign would be the other one"
            : "; that there is no effect is not concluded without the samples that are left out";
    }

    /// <summary>For instance <c>runs 3 and 4</c>, <c>n = 16 and 1</c> or <c>4 cycles</c>: what the test counts.</summary>
    private static string CountsOf(FixTest test, FixEffect row) => (test.Replication, row.Level) switch
    {
        (FixTest.ByCycles, _) => FormattableString.Invariant($"{row.CycleCount} cycles"),
        (DifferenceTest.ByRuns, _) or (_, FixComparison.Workload) => FormattableString.Invariant($"runs {row.BeforeRunCount ?? 0} and {row.AfterRunCount ?? 0}"),
        _ => FormattableString.Invariant($"n = {row.BeforeCount} and {row.AfterCount}"),
    };

    private static string BestText(FixTest test) => "the best p that is possible is " + TextOf(test.LeastPValue);

    private static string? NotFixed(FixPart part, FixEffect row, bool hasLoss, bool wasBroken)
    {
        if (row.BaselineUs is null)
        {
            return null;
        }

        if (!hasLoss)
        {
            return "not called fixed: no loss against the baseline was shown";
        }

        if (!wasBroken)
        {
            return FormattableString.Invariant($"not called fixed: before lay within {row.EquivalenceMarginUs:0.0##} us of the baseline already");
        }

        if (part.LeftOut.Count + part.BaselineLeftOut.Count > 0)
        {
            return "not called fixed: that after is as the baseline is not concluded without the samples that are left out";
        }

        return row.EquivalencePValue is { } p
            ? FormattableString.Invariant($"not called fixed: after is not shown to be within {row.EquivalenceMarginUs:0.0##} us of the baseline (p = {TextOf(p)}, {part.Test!.Rest!.Value.Value:+0.0##;-0.0##} us)")
            : "not called fixed: too few samples to show that after is as the baseline";
    }

    private static string? CauseOf(FixEffect row)
    {
        if (row.Cause is null)
        {
            return null;
        }

        string change = row.Verdict == FixTable.Worse ? "the worsening" : "the improvement";
        string unit = row.Replication switch
        {
            FixTest.ByCycles => FormattableString.Invariant($", by {row.CycleCount} crossover cycles"),
            DifferenceTest.WithinRun => "; within runs: these runs differ, other runs may not",
            _ => string.Empty,
        };
        string missing = row.Replication != FixTest.ByCycles && row.CycleCount is { } few ? FormattableString.Invariant($", with {few} of {FixTest.LeastCycles} crossover cycles") : string.Empty;
        return $"{change} {(row.Replication == FixTest.ByCycles ? "was " : string.Empty)}{row.Cause} the change{missing}{unit}";
    }

    private static string TextOf(double p) => p < 0.001 ? "below 0.001" : p.ToString("0.###", CultureInfo.InvariantCulture);

    private static string? Size(FixEffect row) => row.Cause is not null && Math.Abs(row.ImprovementUs ?? 0) < row.EquivalenceMarginUs
        ? FormattableString.Invariant($"smaller than the margin of {row.EquivalenceMarginUs:0.0##} us")
        : null;

    private static string? LeftOut(FixTest test) => test.LeftOutRunCount > 0
        ? FormattableString.Invariant($"{test.LeftOutRunCount} {(test.LeftOutRunCount == 1 ? "run without a cycle on both sides is" : "runs without a cycle on both sides are")} left out")
        : null;

    private static string? BaselineOf(FixPart part, FixEffect row, bool hasLoss)
    {
        if (part.BaselineRefusal is { } refusal)
        {
            return refusal;
        }

        if (row.BaselineUs is null)
        {
            return null;
        }

        string? recovered = hasLoss
            ? row.RecoveredLowPercent is null ? "no interval of the recovered percent: " + (part.Test!.Recovered?.Reason ?? "too few samples") : null
            : row.Verdict == FixTable.Improved ? null : "nothing to recover: no loss against the baseline is shown";
        bool isWeaker = part.Test!.BaselineReplication == DifferenceTest.WithinRun && part.Test.Replication != DifferenceTest.WithinRun;
        return string.Join("; ", new[] { recovered, isWeaker ? "the baseline has fewer than 3 runs: compared within runs" : null }.OfType<string>());
    }
}
