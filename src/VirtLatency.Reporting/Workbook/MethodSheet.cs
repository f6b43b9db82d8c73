using VirtLatency.Report;

namespace VirtLatency.Reporting.Workbook;

/// <summary>How the numbers were made: a heading and a paragraph per row.</summary>
internal static class MethodSheet
{
    private const double WidthOfText = 120;

    public static Sheet Of(string name, LatencyReport report) => new()
    {
        Name = name,
        Title = report.Text["Section.Method"],
        Widths = [30, WidthOfText],
        Rows = Rows(report),
    };

    private static IEnumerable<SheetRow> Rows(LatencyReport report)
    {
        yield return TextBlock.Row(1, report.Text["Section.Method"], CellStyle.Title, WidthOfText);
        for (int i = 0; i < report.Method.Count; i++)
        {
            ReportParagraph paragraph = report.Method[i];
            yield return new SheetRow(3 + i, SheetCell.Of(1, paragraph.Title, CellStyle.Text with { IsBold = true }), SheetCell.Of(2, paragraph.Text, CellStyle.Text)) { Height = TextBlock.LinesOf(paragraph.Text, WidthOfText) * TextBlock.LineHeight };
        }
    }
}
