using VirtLatency.Analysis.Statistics;
using VirtLatency.Model;

namespace VirtLatency.Analysis.FixEffects;

/// <summary>
/// Verdicts over all rows that are shown together. The end-to-end row is judged by itself; of all others p is adjusted by
/// Holm, and the intervals hold together. An improvement is shown when both say so; "fixed" needs more: that there was a loss
/// against the baseline beyond the margin, and that after is shown to be the same as the baseline. Where flags keep samples
/// out, nothing is the same, and a direction is shown only if they would not turn it.
/// </summary>
internal sealed class FixTable
{
    public const string Fixed = "Fixed";
    public const string Improved = "Improved";
    public const string NoEffect = "NoEffect";
    public const string Worse = "Worse";
    public const string NotShown = "NotShown";

    private const string CausedBy = "caused by";
    private const string WentTogether = "went together with";

    private readonly TestRequest _request;
    private readonly double _rowLevel;

    private FixTable(TestRequest request, int rows) => (_request, _rowLevel) = (request, 1 - (request.Alpha / Math.Max(1, rows)));

    /// <summary>The rows with verdicts, in the order of the parts.</summary>
    public static IEnumerable<FixEffect> Of(IReadOnlyList<FixPart> parts, TestRequest request)
    {
        double?[] adjusted = Holm.Adjust([.. parts.Select(part => part.IsPrimary ? null : part.Test?.Improvement?.PValue)]);
        var table = new FixTable(request, adjusted.Count(value => value is not null));
        return parts.Select((part, index) => table.RowOf(part, part.IsPrimary ? part.Test?.Improvement?.PValue : adjusted[index]));
    }

    private FixEffect RowOf(FixPart part, double? decisive)
    {
        Interval? interval = part.Test?.Improvement?.IntervalAt(part.IsPrimary ? _request.ConfidenceLevel : _rowLevel);
        bool isShown = decisive < _request.Alpha && interval is { } range && !range.Contains(0);
        int direction = isShown ? Math.Sign(part.Test!.Improvement!.Value.Value) : 0;
        direction = IsTurned(part, direction) ? 0 : direction;

        // "The same" is not claimed of means that lack samples: these can be the very difference.
        Equivalence? toBefore = part.LeftOut.Count > 0 ? null : SameAs(part.Test?.Improvement, part.MarginUs);
        Equivalence? toBaseline = part.LeftOut.Count + part.BaselineLeftOut.Count > 0 ? null : SameAs(part.Test?.Rest, part.MarginUs);
        bool hasLoss = part.Test?.Loss?.IntervalAt(_request.ConfidenceLevel)?.Low > 0;

        // A loss inside the margin counts as none: after would be "as the baseline" whatever was done.
        bool wasBroken = hasLoss && SameAs(part.Test?.Loss, part.MarginUs)?.IsEquivalent == false;
        string? cause = direction == 0 ? null : part.Test!.Replication == FixTest.ByCycles ? CausedBy : WentTogether;
        FixEffect row = WithRecovered(Shown(part), part.Test, hasLoss) with
        {
            ImprovementLowUs = interval?.Low,
            ImprovementHighUs = interval?.High,
            PValue = part.Test?.Improvement?.PValue,
            AdjustedPValue = decisive,
            EquivalenceMarginUs = part.MarginUs > 0 && part.Test is not null ? part.MarginUs : null,
            EquivalencePValue = toBaseline?.PValue,
            NoEffectPValue = toBefore?.PValue,
            Replication = part.Test?.Improvement is null ? null : part.Test.Replication,
            CycleCount = part.Test?.CycleCount is > 0 and var cycles ? cycles : null,
            Cause = cause,
            Verdict = direction switch
            {
                > 0 => wasBroken && toBaseline?.IsEquivalent == true ? Fixed : Improved,
                < 0 => Worse,
                _ => toBefore?.IsEquivalent == true ? NoEffect : NotShown,
            },
        };
        return row with { Note = FixNote.Of(part, row, hasLoss, wasBroken, _request) };
    }

    /// <summary>Whether the samples that are left out would turn a direction round.</summary>
    public static bool IsTurned(FixPart part, int direction) => part.ImprovementWithLeftOutUs is { } with && direction * Math.Sign(with) < 0;

    /// <summary>What is shown is what was tested: a large run must not turn the means' sign against the test's.</summary>
    private static FixEffect Shown(FixPart part) => part is { Row.ImprovementUs: not null, Test.Tested: { } tested }
        ? part.Row with
        {
            BeforeUs = tested.Before,
            AfterUs = tested.After,
            BaselineUs = tested.Baseline ?? part.Row.BaselineUs,
            ImprovementUs = tested.Before - tested.After,
            ImprovementRatio = tested is { Before: > 0, After: > 0 } ? tested.Before / tested.After : null,
        }
        : part.Row;

    private Equivalence? SameAs(Estimate? difference, double margin) => difference is { } delta && margin > 0 ? Equivalence.Of(delta, margin, _request.EquivalenceAlpha) : null;

    /// <summary>Of a loss that is not shown, no part was recovered: the quotient would be one of noise.</summary>
    private static FixEffect WithRecovered(FixEffect row, FixTest? test, bool hasLoss) => !hasLoss || row.ImprovementUs is null ? row : row with
    {
        RecoveredPercent = 100 * row.ImprovementUs / (row.BeforeUs - row.BaselineUs),
        RecoveredLowPercent = 100 * test!.Recovered?.Interval?.Low,
        RecoveredHighPercent = 100 * test.Recovered?.Interval?.High,
    };
}
