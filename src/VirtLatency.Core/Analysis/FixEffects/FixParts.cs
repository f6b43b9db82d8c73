using VirtLatency.Model;

namespace VirtLatency.Analysis.FixEffects;

/// <summary>The parts of the round trip that before and after both have, with the baseline's beside them.</summary>
internal sealed class FixParts
{
    private readonly FixRequest _request;
    private readonly EnvironmentFigures _before;
    private readonly EnvironmentFigures _after;
    private readonly EnvironmentFigures? _baseline;
    private readonly MixedDirection? _mixed;
    private readonly string? _primary;
    private readonly double _marginOfRoundTripUs;

    public FixParts(FixRequest request)
    {
        _request = request;
        _before = new EnvironmentFigures(request.Before);
        _after = new EnvironmentFigures(request.After);
        _baseline = request.Baseline is { } baseline ? new EnvironmentFigures(baseline) : null;
        _mixed = request.AllowMixedDirection ? MixedDirection.Of(request.Before, request.After) : null;
        _primary = new[] { PathModel.RoundTrip, PathModel.PingRtt }.FirstOrDefault(id => MeanOf(_before, id) is not null && MeanOf(_after, id) is not null);
        _marginOfRoundTripUs = TestRequest.MarginPart * (RoundTripOf(_baseline) ?? RoundTripOf(_before) ?? 0);
    }

    /// <summary>The parts of a level; end to end first.</summary>
    public IEnumerable<FixPart> Of(BreakdownLevel level)
    {
        RowPair[] pairs = [.. Comparison.PairsOf(_before, _after, level)];
        if (level == BreakdownLevel.Container && _primary is null)
        {
            yield return WithoutEnds(pairs);
        }

        Dictionary<(string?, string?, string?, string?), SegmentLatency> baseline = BaselineRows(level);
        foreach (RowPair pair in pairs.OrderBy(row => row.Any.Segment == _primary ? 0 : 1))
        {
            RowPair own = _mixed?.Adapt(pair, pairs, _before, _after) ?? pair;
            if (own.IsComparable || (own with { Refusal = null, IsSameLog = false }).IsComparable)
            {
                yield return PartOf(own, baseline);
            }
        }
    }

    private static SegmentLatency RowOf(EnvironmentFigures figures, string id) =>
        new RowWriter(figures, BreakdownLevel.Container).FromSamples(PathModel.Container(id), null, share: false);

    private static double? MeanOf(EnvironmentFigures figures, string id) => RowOf(figures, id).MeanUs;

    private static double? RoundTripOf(EnvironmentFigures? figures) => figures is null ? null : MeanOf(figures, PathModel.RoundTrip) ?? MeanOf(figures, PathModel.PingRtt);

    private Dictionary<(string?, string?, string?, string?), SegmentLatency> BaselineRows(BreakdownLevel level) => _baseline is null
        ? []
        : Breakdown.Of(_baseline, level).Where(row => row is { MeanUs: not null, Terms.Count: > 0 } && row.Basis != nameof(Basis.UpperBound)).DistinctBy(Comparison.KeyOf).ToDictionary(Comparison.KeyOf);

    private FixPart PartOf(RowPair pair, Dictionary<(string?, string?, string?, string?), SegmentLatency> baselines)
    {
        bool isMixed = _mixed is not null && pair.Reference!.Segment != pair.Difference!.Segment;
        (SegmentLatency? aim, string? refusal) = BaselineOf(pair, isMixed, baselines);
        FixSide before = FixSide.Of(_before, pair.Reference!);
        FixSide after = FixSide.Of(_after, pair.Difference!);
        FixSide? baseline = aim is null ? null : FixSide.Of(_baseline!, aim);
        FixTest? test = pair is { Refusal: null, IsSameLog: false } ? FixTest.Of(before, after, baseline, _request.Test.ConfidenceLevel) : null;
        string[] leftOut = [.. LeftOutOf("before", _before, pair.Reference!), .. LeftOutOf("after", _after, pair.Difference!)];
        double step = Math.Max(Math.Max(before.StepUs, after.StepUs), baseline?.StepUs ?? 0);
        return new FixPart(Named(pair.Any, FixPart.RowOf(before, after, baseline, pair.HasDelta)), test, _request.Test.EquivalenceMarginUs ?? Math.Max(_marginOfRoundTripUs, 2 * step))
        {
            IsPrimary = pair.Any.Segment == _primary,
            Refusal = pair.Refusal ?? (pair.IsSameLog ? "not shown: before and after rest on one log" : null),
            BaselineRefusal = refusal,
            LeftOut = leftOut,
            BaselineLeftOut = aim is null ? [] : LeftOutOf("baseline", _baseline!, aim),
            ImprovementWithLeftOutUs = test is null || leftOut.Length == 0 ? null : WithLeftOut(pair),
            Notes = NotesOf(pair, isMixed, aim),
        };
    }

    private static string[] LeftOutOf(string side, EnvironmentFigures figures, SegmentLatency row) =>
        [.. figures.LeftOutNotes(SharedLogs.RolesOf(row)).Select(note => $"{side}: {note}")];

    /// <summary>What is tested, with the samples that flags keep out.</summary>
    private double? WithLeftOut(RowPair pair) =>
        FixTest.Of(FixSide.Of(_before.WithFlagged, pair.Reference!), FixSide.Of(_after.WithFlagged, pair.Difference!), null, _request.Test.ConfidenceLevel).Improvement?.Value;

    private FixEffect Named(SegmentLatency row, FixEffect numbers) => numbers with
    {
        Level = row.Level,
        Segment = row.Segment,
        Name = row.Name,
        BeforeEnvironment = _before.Name,
        AfterEnvironment = _after.Name,
        BaselineEnvironment = _baseline?.Name,
    };

    /// <summary>What is aimed at is no more comparable than what is compared: other cuts and other directions are left out.</summary>
    private (SegmentLatency? Row, string? Refusal) BaselineOf(RowPair pair, bool isMixed, Dictionary<(string?, string?, string?, string?), SegmentLatency> baselines)
    {
        if (_baseline is null)
        {
            return (null, null);
        }

        if (isMixed)
        {
            return (null, "not set against the baseline, which has one direction only");
        }

        LogRole? role = KernelBoundary.RoleOf(pair.Any);
        if (role is { } kick && pair.Any.Name is "S1" or "S2" && new[] { _before, _after }.Any(side => Provenance.CrossesBatching(new RoleLogs(_baseline, kick), new RoleLogs(side, kick))))
        {
            return (null, "not set against the baseline: " + KernelBoundary.Reason);
        }

        SegmentLatency? row = role is { } sum && pair.Any.Name == PathModel.StagesFromKick(sum).Name
            ? KernelBoundary.SumOf(_baseline, sum)
            : baselines.GetValueOrDefault(Comparison.KeyOf(pair.Any));
        return row is not { MeanUs: not null } ? (null, "the baseline has not measured it")
            : SharedWithBaseline(row) is { } shared ? (null, "not set against the baseline: " + shared)
            : (row, null);
    }

    /// <summary>A log that the baseline has in common with before or after: no loss or recovery is one against itself.</summary>
    private string? SharedWithBaseline(SegmentLatency row) => new[] { _after, _before }
        .SelectMany(side => SharedLogs.RolesOf(row).Select(role => side.SharedWith(_baseline!, role).Note is { } note ? $"{(side == _after ? "after" : "before")} and baseline: {note}" : null))
        .FirstOrDefault(note => note is not null);

    private IReadOnlyList<string?> NotesOf(RowPair pair, bool isMixed, SegmentLatency? baseline)
    {
        IEnumerable<string> sides = isMixed
            ? [_mixed!.Note, .. Between($"{_mixed.BeforeSegment} and {_mixed.AfterSegment}", new RoleLogs(_before, _mixed.BeforeRole), new RoleLogs(_after, _mixed.AfterRole))]
            : RolesOf(pair).SelectMany(role => Between(role.ToString(), new RoleLogs(_before, role), new RoleLogs(_after, role)));
        IEnumerable<string> aim = baseline is null ? [] : Provenance.NotesOf(_baseline!, _after, baseline.Terms.Select(term => term.Role).Distinct()).Select(note => "baseline against after: " + note);
        string? before = pair.Reference?.Note;
        string? after = pair.Difference?.Note;
        return before == after ? [.. sides, .. aim, before] : [.. sides, .. aim, before is null ? null : "before: " + before, after is null ? null : "after: " + after];
    }

    private static IEnumerable<string> Between(string name, RoleLogs left, RoleLogs right) =>
        Provenance.PlaceNotesOf(name, left, right).Concat(Provenance.NotesOf(name, left, right));

    private static IEnumerable<LogRole> RolesOf(RowPair pair) => SharedLogs.RolesOf(pair.Reference!).Union(SharedLogs.RolesOf(pair.Difference!));

    /// <summary>A fix that is not shown end to end is not shown where it matters: that row is never just absent.</summary>
    private FixPart WithoutEnds(RowPair[] pairs)
    {
        RowPair pair = pairs.First(row => row.Any.Segment == PathModel.RoundTrip);
        SegmentLatency? aim = _baseline is null ? null : RowOf(_baseline, PathModel.RoundTrip);
        FixEffect numbers = FixPart.RowOf(SideOf(_before, pair.Reference), SideOf(_after, pair.Difference), aim is null ? null : SideOf(_baseline!, aim), hasDifference: false);
        (bool before, bool after) = (MeanOf(_before, PathModel.PingRtt) is not null, MeanOf(_after, PathModel.PingRtt) is not null);
        string?[] reasons =
        [
            pair.Reference?.MeanUs is null ? "before: " + pair.Reference?.Note : null,
            pair.Difference?.MeanUs is null ? "after: " + pair.Difference?.Note : null,
            before == after ? "no output of ping on either side" : $"output of ping is there {(before ? "before" : "after")} the change only",
        ];
        return new FixPart(Named(pair.Any, numbers), null, 0) { Refusal = $"the effect end to end is not shown: {string.Join(", ", reasons.OfType<string>())}" };
    }

    private static FixSide? SideOf(EnvironmentFigures figures, SegmentLatency? row) => row?.MeanUs is null ? null : FixSide.Of(figures, row);
}
