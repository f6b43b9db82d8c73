using VirtLatency.Analysis.FixEffects;
using VirtLatency.Model;

namespace VirtLatency.Report.Building;

/// <summary>What a change did; null without an environment after it.</summary>
internal sealed class FixTables(ReportSource source)
{
    private readonly IReadOnlyList<FixEffect> _rows = source.Request.After is not { } after ? [] : [.. FixComparison.Of(new FixRequest
    {
        Before = source.Request.Difference,
        After = after,
        Baseline = source.Request.Reference,
        Test = source.Request.Test,
    }).Where(row => row.BeforeUs is not null || row.AfterUs is not null)];

    private ReportText Text => source.Text;

    /// <summary>Rows that before or after the change were measured.</summary>
    public IReadOnlyList<FixEffect> Rows => _rows;

    public ReportTable? Table() => source.AfterName is not { } after ? null : new ReportTable
    {
        Id = "FixEffect",
        Title = Text["Table.FixEffect"],
        Introduction = Text.Format("Table.FixEffect.Introduction", source.Names.Difference, after, source.Names.Reference),
        Columns =
        [
            new("Level", Text["Column.Level"]),
            new("Segment", Text["Column.Part"]),
            new("Name", Text["Column.Name"]),
            Us("Before", "Column.Before", hasCount: true),
            Us("After", "Column.After", hasCount: true),
            Us("Baseline", "Column.Baseline", hasCount: true),
            Us("Improvement", "Column.Improvement") with { HasInterval = true, IsSigned = true },
            new("Ratio", Text["Column.ImprovementRatio"]) { Unit = ReportUnit.Ratio },
            new("Recovered", Text["Column.Recovered"]) { Unit = ReportUnit.Percent, HasInterval = true },
            new("Verdict", Text["Column.Verdict"]),
            new("Note", Text["Column.Note"]) { IsLong = true },
        ],
        Rows = [.. _rows.Select(RowOf)],
    };

    /// <summary>A row's id: of a stage with its segment.</summary>
    public static string IdOf(FixEffect row) => row.Level == "Stage" ? $"{row.Segment} {row.Name}" : row.Segment ?? string.Empty;

    private ReportColumn Us(string id, string key, bool hasCount = false) => new(id, Text[key]) { Unit = ReportUnit.Microseconds, HasCount = hasCount };

    private ReportRow RowOf(FixEffect row) => new(
        $"{row.Level} {IdOf(row)}",
        [
            Cells.Text(row.Level is null ? null : Text["Level." + row.Level]),
            Cells.Text(row.Segment),
            Cells.Text(row.Level == "Stage" ? row.Name : source.NameOf(row.Segment, row.Name)),
            Cells.Us(row.BeforeUs, row.BeforeCount),
            Cells.Us(row.AfterUs, row.AfterCount),
            Cells.Us(row.BaselineUs, row.BaselineCount),
            Cells.Number(row.ImprovementUs, ReportUnit.Microseconds, row.ImprovementLowUs, row.ImprovementHighUs, isSigned: true),
            Cells.Number(row.ImprovementRatio, ReportUnit.Ratio),
            Cells.Number(row.RecoveredPercent, ReportUnit.Percent, row.RecoveredLowPercent, row.RecoveredHighPercent),
            Cells.Text(row.Verdict.Length == 0 ? null : Text["Fix." + row.Verdict]),
            Cells.Text(Text.Phrase(row.Note)),
        ])
    {
        Tone = row.Verdict switch { "Fixed" or "Improved" => ReportTone.Better, "Worse" => ReportTone.Worse, "NotShown" => ReportTone.Doubtful, _ => ReportTone.Plain },
    };
}
