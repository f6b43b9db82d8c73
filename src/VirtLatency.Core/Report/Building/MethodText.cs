using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Report.Building;

/// <summary>How the numbers were made, and the path they were made along.</summary>
internal sealed class MethodText(ReportSource source)
{
    private static readonly string[] Keys = ["Means", "Basis", "Layers", "Stages", "Tests", "Sameness", "Join", "Boundaries", "HostToHost", "Instrumentation"];

    private ReportText Text => source.Text;

    public IReadOnlyList<ReportParagraph> Paragraphs() =>
        [.. Keys.Select(key => new ReportParagraph(Text[$"Method.{key}"], Text.Format($"Method.{key}.Text", 100 * source.Input.ConfidenceLevel)))];

    public ReportTable Path() => new()
    {
        Id = "Path",
        Title = Text["Table.Path"],
        Introduction = Text["Table.Path.Introduction"],
        Columns =
        [
            new("Segment", Text["Column.Part"]),
            new("Name", Text["Column.Name"]),
            new("Direction", Text["Column.Direction"]),
            new("Location", Text["Column.Location"]),
            new("Log", Text["Column.Log"]),
        ],
        Rows = [.. PathModel.Segments.Select(RowOf)],
    };

    private ReportRow RowOf(PathPart part)
    {
        string[] location = part.Location.Split(": ", 2);
        string where = Text.Or("Where." + location[0], location[0]);
        return new ReportRow(part.Id, [
            Cells.Text(part.Id),
            Cells.Text(source.NameOf(part.Id, part.Name)),
            Cells.Text(Text["Direction." + part.Direction]),
            Cells.Text(location.Length == 1 ? where : $"{where}: {location[1].Replace(" to ", " \u2192 ", StringComparison.Ordinal)}"),
            Cells.Text(part.Role is { } role ? $"{Text["Role." + role]} ({LogToolName.Of(LogRoleName.ToolOf(role))})" : Text["Log.Difference"]),
        ]);
    }
}
