using System.Globalization;
using VirtLatency.Report;

namespace VirtLatency.Reporting.Workbook;

/// <summary>The first sheet: the answer, what was compared, how to read the numbers, and where to find them.</summary>
internal sealed class SummarySheet
{
    private const int FirstRow = 1;

    private readonly LatencyReport _report;
    private readonly List<SheetRow> _rows = [];
    private readonly List<string> _merged = [];
    private readonly List<SheetLink> _links = [];
    private IReadOnlyList<double> _widths = [];
    private int _next = FirstRow;

    private SummarySheet(LatencyReport report) => _report = report;

    private ReportText Text => _report.Text;

    /// <summary>Makes the sheet.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="report">The report.</param>
    /// <param name="others">The sheets after it, to be listed.</param>
    public static Sheet Of(string name, LatencyReport report, IReadOnlyList<Sheet> others) => new SummarySheet(report).Make(name, others);

    private Sheet Make(string name, IReadOnlyList<Sheet> others)
    {
        ReportTable compared = EnvironmentTable.Of(_report);
        _widths = new TableArea(compared, Text, FirstRow).Widths();
        Head();
        Block(compared.Title, CellStyle.Heading);
        var area = new TableArea(compared, Text, _next);
        _rows.AddRange(area.Rows());
        _next = area.LastRow + 2;
        Block(Text["Workbook.Legend"], CellStyle.Remark);
        _next++;
        List(others);
        return new Sheet
        {
            Name = name,
            Title = _report.Title,
            Widths = _widths,
            Rows = _rows,
            Tables = [area.Table],
            Merged = _merged,
            Links = _links,
        };
    }

    private void Head()
    {
        string made = Text.Format("Label.Made", _report.CreatedUtc.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), _report.ProgramVersion);
        Block(_report.Title, CellStyle.Title);
        Block($"{made} {Text["Label.Unit"]}", CellStyle.Remark);
        _next++;
        Block(Text["Section.Answer"], CellStyle.Heading);
        for (int i = 0; i < _report.Answer.Count; i++)
        {
            Block(FormattableString.Invariant($"{i + 1}. {_report.Answer[i]}"), CellStyle.Text);
        }

        _next++;
    }

    private void List(IReadOnlyList<Sheet> sheets)
    {
        Block(Text["Workbook.Sheets"], CellStyle.Heading);
        foreach (Sheet sheet in sheets)
        {
            _rows.Add(new SheetRow(_next, [SheetCell.Of(1, sheet.Name, CellStyle.Link), SheetCell.Of(2, sheet.Title, CellStyle.Plain)]));
            _links.Add(new SheetLink(CellName.Of(_next, 1), sheet.Name));
            _next++;
        }
    }

    private void Block(string text, CellStyle style)
    {
        _rows.Add(TextBlock.Row(_next, text, style, _widths.Sum()));
        _merged.Add(CellName.Area(_next, 1, _next, _widths.Count));
        _next++;
    }
}
