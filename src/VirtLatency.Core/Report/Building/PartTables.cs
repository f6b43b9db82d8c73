using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Report.Building;

/// <summary>Tables of parts in two environments, one per level; values are the comparison's own.</summary>
internal sealed class PartTables(ReportSource source)
{
    private ReportText Text => source.Text;

    public ReportTable Of(string id, BreakdownLevel level)
    {
        List<ReportRow> rows = [.. source.Pair.Rows(level).Select(RowOf)];
        if (level is BreakdownLevel.Layer or BreakdownLevel.Span)
        {
            rows.AddRange(source.Pair.Rows(BreakdownLevel.Container).Where(row => row.Segment == PathModel.RoundTrip).Select(RowOf));
        }

        return new ReportTable { Id = id, Title = Text["Table." + id], Introduction = Text["Table." + id + ".Introduction"], Columns = [.. Columns(level)], Rows = rows };
    }

    private IEnumerable<ReportColumn> Columns(BreakdownLevel level)
    {
        (string reference, string difference) = source.Names;
        yield return new ReportColumn("Segment", Text["Column.Part"]);
        yield return new ReportColumn("Name", Text[level == BreakdownLevel.Stage ? "Column.Stage" : "Column.Name"]);
        yield return Us("Reference", reference, hasCount: true);
        yield return Us("Difference", difference, hasCount: true);
        yield return Us("Delta", Text["Column.Delta"]) with { IsSigned = true };
        yield return new ReportColumn("Ratio", Text["Column.Ratio"]) { Unit = ReportUnit.Ratio, HasInterval = true };
        if (HasShare(level))
        {
            yield return new ReportColumn("Share", Text["Column.Share"]) { Unit = ReportUnit.Percent, HasInterval = true };
        }

        yield return new ReportColumn("Verdict", Text["Column.Verdict"]);
        yield return new ReportColumn("Basis", Text["Column.Basis"]);
        yield return new ReportColumn("Note", Text["Column.Note"]) { IsLong = true };
    }

    /// <summary>Stages lie inside segments: none has a share of the round trip's difference.</summary>
    private static bool HasShare(BreakdownLevel level) => level != BreakdownLevel.Stage;

    private static ReportColumn Us(string id, string header, bool hasCount = false) => new(id, header) { Unit = ReportUnit.Microseconds, HasCount = hasCount, HasInterval = true };

    private ReportRow RowOf(LatencyDifference row)
    {
        bool isStage = row.Level == nameof(BreakdownLevel.Stage);
        ReportCell[] share = isStage ? [] : [Cells.Number(row.SharePercent, ReportUnit.Percent, row.ShareLowPercent, row.ShareHighPercent)];
        string id = isStage ? $"{row.Segment} {row.Name}" : row.Segment ?? row.Name ?? string.Empty;
        return new ReportRow(
            id,
            [
                Cells.Text(row.Segment),
                Cells.Text(isStage ? $"{row.Name}: {Text.Or("Stage." + row.Name, row.Location ?? string.Empty)}" : source.NameOf(row.Segment, row.Name)),
                Cells.Mean(row.ReferenceUs, row.ReferenceCount, row.ReferenceBasis, row.ReferenceInterval),
                Cells.Mean(row.DifferenceUs, row.DifferenceCount, row.DifferenceBasis, row.DifferenceInterval),
                Cells.Number(row.DeltaUs, ReportUnit.Microseconds, row.DeltaLowUs, row.DeltaHighUs, isSigned: true),
                Cells.Number(row.Ratio, ReportUnit.Ratio, row.RatioLow, row.RatioHigh),
                .. share,
                Cells.Text(VerdictOf(row)),
                Cells.Text(BasisOf(row)),
                Cells.Text(Text.Phrase(row.Note)),
            ])
        {
            IsTotal = row.Segment == PathModel.RoundTrip,
            Tone = row switch
            {
                { Verdict: "Higher" } => ReportTone.Worse,
                { Verdict: "Lower" } => ReportTone.Better,
                { Verdict: "TooFewSamples" } or { Basis: nameof(Basis.UpperBound) } => ReportTone.Doubtful,
                _ => ReportTone.Plain,
            },
        };
    }

    /// <summary>How the values came about; of none there is nothing to say.</summary>
    private string? BasisOf(LatencyDifference row) => row.Basis is null || (row.ReferenceUs is null && row.DifferenceUs is null) ? null : Text["Basis." + row.Basis];

    /// <summary>The verdict; of samples of one or two runs it is one on these runs only.</summary>
    private string VerdictOf(LatencyDifference row) => row.Verdict.Length == 0
        ? string.Empty
        : Text.Or($"Verdict.{row.Verdict}.{row.Replication}", Text["Verdict." + row.Verdict]);
}
