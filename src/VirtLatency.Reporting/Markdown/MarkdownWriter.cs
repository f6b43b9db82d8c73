using System.Globalization;
using System.Text;
using VirtLatency.Report;

namespace VirtLatency.Reporting.Markdown;

/// <summary>A report as Markdown, to be pasted into a ticket or a wiki: answer first, tables from coarse to fine, the method at the end.</summary>
internal sealed class MarkdownWriter : IReportWriter
{
    /// <summary>Rows of single packets that a ticket bears, per environment.</summary>
    private const int ListedPackets = 10;

    public void Write(LatencyReport report, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        foreach (string line in Lines(report))
        {
            writer.WriteLine(line);
        }
    }

    private static IEnumerable<string> Lines(LatencyReport report)
    {
        ReportText text = report.Text;
        IEnumerable<IEnumerable<string>> sections =
        [
            Head(report),
            Section(text["Section.Where"], Table(report, report.Layers), Table(report, report.Spans)),
            Section(text["Section.Detail"], Table(report, report.Containers), Table(report, report.Segments), Table(report, report.Stages), Table(report, report.Spread)),
            Section(text["Section.Checks"], Table(report, report.Closure)),
            Section(text["Section.Findings"], [.. report.Findings.Select(finding => Finding(finding, text))]),
            Section(text["Section.Fix"], Table(report, report.FixEffect)),
            Section(text["Section.CStates"], Table(report, report.CStates)),
            Section(text["Section.Packets"], Table(report, report.Packets), SlowPackets(report)),
            Section(text["Section.Method"], [Table(report, report.Path), Table(report, report.Logs), .. report.Method.Select(Paragraph)]),
        ];
        return sections.SelectMany(section => section);
    }

    private static IEnumerable<string> Head(LatencyReport report)
    {
        ReportText text = report.Text;
        yield return "# " + MarkdownText.Escape(report.Title);
        yield return string.Empty;
        yield return text.Format("Label.Made", report.CreatedUtc.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), report.ProgramVersion) + " " + text["Label.Unit"];
        yield return string.Empty;
        yield return "## " + text["Section.Answer"];
        yield return string.Empty;
        for (int i = 0; i < report.Answer.Count; i++)
        {
            yield return FormattableString.Invariant($"{i + 1}. {MarkdownText.Escape(report.Answer[i])}");
        }

        yield return string.Empty;
        yield return "## " + text["Section.Compared"];
        yield return string.Empty;
        foreach (string line in report.Environments.SelectMany(environment => Environment(environment, text)))
        {
            yield return line;
        }

        yield return string.Empty;
        yield return text["Label.Legend"];
        yield return string.Empty;
    }

    private static IEnumerable<string> Environment(ReportEnvironment environment, ReportText text)
    {
        yield return $"- **{MarkdownText.Escape(environment.Name)}** ({environment.Part})";
        (string Label, string? Value)[] facts =
        [
            ("Path", environment.Path),
            ("Note", environment.Note),
            ("Runs", environment.RunCount.ToString(CultureInfo.InvariantCulture)),
            ("Files", environment.LogCount.ToString(CultureInfo.InvariantCulture)),
            ("Samples", FormattableString.Invariant($"{environment.SampleCount} ({text["Label.Excluded"]}: {environment.ExcludedCount})")),
            ("Hosts", List(environment.Hosts)),
            ("Kernels", List(environment.Kernels) ?? text["Label.Unknown"]),
            ("Tools", List(environment.Tools)),
            ("MissingLogs", List(environment.MissingLogs)),
        ];
        foreach ((string label, string? value) in facts.Where(fact => !string.IsNullOrEmpty(fact.Value)))
        {
            yield return $"  - {text["Label." + label]}: {MarkdownText.Escape(value!)}";
        }
    }

    private static string? List(IReadOnlyList<string> values) => values.Count == 0 ? null : string.Join(", ", values);

    private static IEnumerable<string> Section(string title, params IEnumerable<IEnumerable<string>> parts)
    {
        string[] lines = [.. parts.SelectMany(part => part)];
        return lines.Length == 0 ? [] : ["## " + title, string.Empty, .. lines];
    }

    private static IEnumerable<string> Table(LatencyReport report, ReportTable? table) => Table(report, table, table?.Rows ?? []);

    private static IEnumerable<string> Table(LatencyReport report, ReportTable? table, IReadOnlyList<ReportRow> rows)
    {
        if (table is null)
        {
            return [];
        }

        string[] introduction = table.Introduction is null ? [] : [MarkdownText.Escape(table.Introduction), string.Empty];
        return ["### " + MarkdownText.Escape(table.Title), string.Empty, .. introduction, .. new MarkdownTable(table, report.Text).Lines(rows), string.Empty];
    }

    private static IEnumerable<string> SlowPackets(LatencyReport report)
    {
        if (report.SlowPackets is not { } table)
        {
            return [];
        }

        ReportRow[] rows = [.. table.Rows.GroupBy(row => table.Cell(row, "Environment")).SelectMany(environment => environment.Take(ListedPackets))];
        string[] shown = rows.Length == table.Rows.Count ? [] : [report.Text.Format("Label.Shown", rows.Length, table.Rows.Count), string.Empty];
        return [.. Table(report, table, rows), .. shown];
    }

    private static IEnumerable<string> Finding(ReportFinding finding, ReportText text)
    {
        yield return $"### {finding.SeverityText}: {MarkdownText.Escape(finding.Statement)}";
        yield return string.Empty;
        (string Label, string Value)[] parts = [("Evidence", finding.Evidence), ("Confidence", finding.Confidence), ("Caveat", finding.Caveat)];
        foreach ((string label, string value) in parts.Where(part => part.Value.Length > 0))
        {
            yield return $"- **{text["Label." + label]}**: {MarkdownText.Escape(value)}";
        }

        if (finding.NextStep.Any(line => line.Length > 0))
        {
            yield return $"- **{text["Label.NextStep"]}**:";
            yield return string.Empty;
            yield return MarkdownText.Code(finding.NextStep, "powershell");
        }

        yield return string.Empty;
    }

    private static IEnumerable<string> Paragraph(ReportParagraph paragraph) => [$"**{MarkdownText.Escape(paragraph.Title)}.** {MarkdownText.Escape(paragraph.Text)}", string.Empty];
}
