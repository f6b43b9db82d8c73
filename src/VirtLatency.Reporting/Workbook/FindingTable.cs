using VirtLatency.Report;

namespace VirtLatency.Reporting.Workbook;

/// <summary>Findings as a table: one per row, most severe first.</summary>
internal static class FindingTable
{
    public static ReportTable Of(LatencyReport report)
    {
        ReportText text = report.Text;
        return new ReportTable
        {
            Id = "Findings",
            Title = text["Section.Findings"],
            Introduction = report.Findings.Count == 0 ? text["Answer.NoFinding"] : null,
            Columns =
            [
                new("Severity", text["Column.Severity"]),
                Long("Finding", text["Column.Finding"]),
                Long("Evidence", text["Label.Evidence"]),
                Long("Confidence", text["Label.Confidence"]),
                Long("Caveat", text["Label.Caveat"]),
                Long("NextStep", text["Label.NextStep"]),
                new("Rule", text["Column.Rule"]),
            ],
            Rows = [.. report.Findings.Select((finding, index) => RowOf(finding, FormattableString.Invariant($"{index}")))],
        };
    }

    private static ReportColumn Long(string id, string header) => new(id, header) { IsLong = true };

    private static ReportRow RowOf(ReportFinding finding, string id)
    {
        string[] texts = [finding.SeverityText, finding.Statement, finding.Evidence, finding.Confidence, finding.Caveat, string.Join('\n', finding.NextStep), finding.Rule];
        return new ReportRow(id, [.. texts.Select(text => new TextCell(text))])
        {
            Tone = finding.Severity switch { "Important" => ReportTone.Worse, "Caution" => ReportTone.Doubtful, _ => ReportTone.Plain },
        };
    }
}
