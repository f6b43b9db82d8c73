using VirtLatency.Analysis.Statistics;
using VirtLatency.Model;

namespace VirtLatency.Analysis;

/// <summary>
/// The tests of one table, taken together. RoundTrip is the one primary question and is judged by itself; the p of all
/// other rows are adjusted by Holm, and their intervals hold together (Bonferroni). A row is Higher or Lower only when
/// both say so: a delta whose interval holds 0 is not distinguishable.
/// </summary>
internal sealed class VerdictTable
{
    private const string Higher = "Higher";
    private const string Lower = "Lower";
    private const string NotDistinguishable = "NotDistinguishable";
    private const string TooFewSamples = "TooFewSamples";

    private readonly EnvironmentFigures _reference;
    private readonly EnvironmentFigures _difference;
    private readonly TestRequest _request;
    private readonly double?[] _adjusted;
    private readonly double _rowLevel;
    private readonly double? _roundTripUs;
    private readonly DifferenceTest? _roundTrip;

    private VerdictTable(RowPair[] pairs, DifferenceTest?[] tests, EnvironmentFigures reference, EnvironmentFigures difference, TestRequest request)
    {
        (_reference, _difference, _request) = (reference, difference, request);
        _adjusted = Holm.Adjust([.. pairs.Zip(tests, (pair, test) => IsPrimary(pair) ? null : test?.Delta?.PValue)]);
        _rowLevel = 1 - (request.Alpha / Math.Max(1, _adjusted.Count(value => value is not null)));
        _roundTripUs = pairs.Select(pair => pair.Reference?.RoundTripUs).FirstOrDefault(value => value is not null);
        _roundTrip = RoundTripOf(reference, difference);
    }

    /// <summary>The rows with their verdicts, in the order of the pairs.</summary>
    public static IEnumerable<LatencyDifference> Of(
        RowPair[] pairs, DifferenceTest?[] tests, EnvironmentFigures reference, EnvironmentFigures difference, TestRequest request)
    {
        var table = new VerdictTable(pairs, tests, reference, difference, request);
        return pairs.Select((pair, index) => table.RowOf(pair, tests[index], table._adjusted[index]));
    }

    private static bool IsPrimary(RowPair pair) => pair.Any.Segment == PathModel.RoundTrip;

    private static DifferenceTest? RoundTripOf(EnvironmentFigures reference, EnvironmentFigures difference)
    {
        SegmentLatency[] rows = [.. new[] { reference, difference }.Select(figures => new RowWriter(figures, BreakdownLevel.Container).FromSamples(PathModel.Container(PathModel.RoundTrip), null, share: false))];
        var pair = new RowPair(rows[0], rows[1]);
        return pair.IsComparable && !SharedLogs.IsBehind(pair, reference, difference) ? DifferenceTest.Of(pair, reference, difference) : null;
    }

    private LatencyDifference RowOf(RowPair pair, DifferenceTest? test, double? adjusted)
    {
        IEnumerable<LogRole> roles = [.. (pair.Reference?.Terms ?? []).Concat(pair.Difference?.Terms ?? []).Select(term => term.Role).Distinct()];
        string[] provenance = [.. Provenance.NotesOf(_reference, _difference, roles)];
        string[] leftOut = [.. new[] { _reference, _difference }.SelectMany(figures => figures.LeftOutNotes(roles).Select(note => $"{figures.Name}: {note}"))];
        LatencyDifference row = DifferenceRow.Of(pair, [.. provenance, .. leftOut, NoteOf(test)]);
        if (test?.Delta is not { } delta)
        {
            return WithIntervals(row, test) with { Verdict = pair.IsComparable ? TooFewSamples : string.Empty, Replication = test?.Replication, ReferenceRunCount = test?.Reference.RunCount, DifferenceRunCount = test?.Difference.RunCount };
        }

        bool isPrimary = IsPrimary(pair);
        Interval? interval = delta.IntervalAt(isPrimary ? _request.ConfidenceLevel : _rowLevel);
        double? decisive = isPrimary ? delta.PValue : adjusted;
        LatencyDifference tested = WithIntervals(WithSpread(WithRatios(WithRanks(WithRunMeans(row, test, delta.Value), test), test, pair), test), test);
        return tested with
        {
            DeltaLowUs = interval?.Low,
            DeltaHighUs = interval?.High,
            PValue = delta.PValue,
            AdjustedPValue = decisive,
            Verdict = decisive < _request.Alpha && interval is { } shown && !shown.Contains(0) ? delta.Value > 0 ? Higher : Lower : NotDistinguishable,
            Replication = test.Replication,
            EquivalencePValue = leftOut.Length > 0 ? null : tested.EquivalencePValue,
            NeededRunCount = leftOut.Length == 0 && tested.EquivalencePValue < _request.EquivalenceAlpha ? null : tested.NeededRunCount,
        };
    }

    /// <summary>Each mean's own interval, of the samples or runs that the test took.</summary>
    private LatencyDifference WithIntervals(LatencyDifference row, DifferenceTest? test) => row with
    {
        ReferenceInterval = IntervalOf(test?.Reference),
        DifferenceInterval = IntervalOf(test?.Difference),
    };

    private (double Low, double High)? IntervalOf(PartEstimate? side) => side?.Mean?.IntervalAt(_request.ConfidenceLevel) is { } interval ? (interval.Low, interval.High) : null;

    /// <summary>Where runs are the unit, what is shown is what was tested: a large run must not turn the delta's sign against the verdict.</summary>
    private LatencyDifference WithRunMeans(LatencyDifference row, DifferenceTest test, double deltaUs)
    {
        if (test is not { Reference.Runs.MeanUs: var before, Difference.Runs.MeanUs: var after })
        {
            return row;
        }

        double? whole = _roundTrip is { Replication: DifferenceTest.ByRuns, Delta.Value: var ofRuns } ? ofRuns : row.DeltaUs / (row.SharePercent / 100);
        return row with
        {
            ReferenceUs = before,
            DifferenceUs = after,
            DeltaUs = deltaUs,
            Ratio = before == 0 ? null : after / before,
            SharePercent = row.SharePercent is null || whole is null or 0 ? null : 100 * deltaUs / whole,
        };
    }

    private static LatencyDifference WithRanks(LatencyDifference row, DifferenceTest test) =>
        test.Ranks is not { } ranks ? row : row with { LargerProbability = ranks.Superiority, RankPValue = ranks.PValue };

    private LatencyDifference WithRatios(LatencyDifference row, DifferenceTest test, RowPair pair)
    {
        Interval? ratio = Fieller.Of(test.Difference.Mean!.Value, test.Reference.Mean!.Value, 0, _request.ConfidenceLevel).Interval;
        Interval? share = row.SharePercent is null || IsPrimary(pair) || _roundTrip?.Delta is not { } whole
            ? null
            : Fieller.Bound(test.Delta!.Value, whole, _request.ConfidenceLevel).Interval;
        Equivalence same = Equivalence.Of(test.Delta!.Value, MarginOf(test), _request.EquivalenceAlpha);
        return row with
        {
            RatioLow = ratio?.Low,
            RatioHigh = ratio?.High,
            ShareLowPercent = 100 * share?.Low,
            ShareHighPercent = 100 * share?.High,
            EquivalenceMarginUs = same.Margin,
            EquivalencePValue = same.PValue,
        };
    }

    private LatencyDifference WithSpread(LatencyDifference row, DifferenceTest test)
    {
        RunsNeeded? needed = test is { Reference.Runs: { } one, Difference.Runs: { } other } ? RunsNeeded.Of(one, other, _request.ConfidenceLevel) : null;
        return row with
        {
            ReferenceRunCount = test.Reference.RunCount,
            DifferenceRunCount = test.Difference.RunCount,
            ReferenceEffectiveCount = test.Reference.EffectiveCount,
            DifferenceEffectiveCount = test.Difference.EffectiveCount,
            BetweenRunStdDevUs = Pooled(test.Reference.Runs?.BetweenVariance, test.Difference.Runs?.BetweenVariance),
            WithinRunStdDevUs = Pooled(test.Reference.WithinVariance, test.Difference.WithinVariance),
            NeededRunCount = needed?.More is > 0 and var more ? Math.Max(test.Reference.RunCount, test.Difference.RunCount) + more : null,
            ErrorBasis = (test.Reference.Basis > test.Difference.Basis ? test.Reference : test.Difference).Basis.ToString(),
        };
    }

    private double MarginOf(DifferenceTest test) =>
        _request.EquivalenceMarginUs ?? Math.Max(TestRequest.MarginPart * (_roundTripUs ?? 0), 2 * test.StepUs);

    /// <summary>What of a test its numbers do not show.</summary>
    private static string? NoteOf(DifferenceTest? test)
    {
        if (test?.Delta is null)
        {
            return null;
        }

        string?[] notes =
        [
            test.Reference.IsUnordered || test.Difference.IsUnordered ? "how alike neighbours are is not known of a reservoir's samples: the interval takes them as independent" : null,
            test.IsFlat ? "a side's values are all the same print step: the interval holds that step" : null,
        ];
        string text = string.Join("; ", notes.OfType<string>());
        return text.Length == 0 ? null : text;
    }

    private static double? Pooled(double? one, double? other) => one is { } left && other is { } right ? Math.Sqrt((left + right) / 2) : null;
}
