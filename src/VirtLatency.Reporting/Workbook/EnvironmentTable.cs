using VirtLatency.Report;

namespace VirtLatency.Reporting.Workbook;

/// <summary>What was compared: a column per environment.</summary>
internal static class EnvironmentTable
{
    public static ReportTable Of(LatencyReport report)
    {
        ReportText text = report.Text;
        (string Id, string Label, Func<ReportEnvironment, ReportCell> Value)[] facts =
        [
            ("Part", text["Column.Environment"], environment => new TextCell(environment.Part)),
            ("Path", text["Label.Path"], environment => Text(environment.Path)),
            ("Note", text["Label.Note"], environment => Text(environment.Note)),
            ("Runs", text["Label.Runs"], environment => Count(environment.RunCount)),
            ("Files", text["Label.Files"], environment => Count(environment.LogCount)),
            ("Samples", text["Label.Samples"], environment => Count(environment.SampleCount)),
            ("Excluded", text["Label.Excluded"], environment => Count(environment.ExcludedCount)),
            ("Hosts", text["Label.Hosts"], environment => List(environment.Hosts)),
            ("Kernels", text["Label.Kernels"], environment => environment.Kernels.Count == 0 ? Text(text["Label.Unknown"]) : List(environment.Kernels)),
            ("Tools", text["Label.Tools"], environment => List(environment.Tools)),
            ("MissingLogs", text["Label.MissingLogs"], environment => List(environment.MissingLogs)),
        ];
        return new ReportTable
        {
            Id = "Environments",
            Title = text["Section.Compared"],
            Columns = [new("Fact", text["Workbook.Fact"]), .. report.Environments.Select((environment, index) => new ReportColumn(FormattableString.Invariant($"{index}"), environment.Name) { IsLong = true })],
            Rows = [.. facts.Select(fact => new ReportRow(fact.Id, [new TextCell(fact.Label), .. report.Environments.Select(fact.Value)]))],
        };
    }

    private static ReportCell Text(string? text) => text is null ? MissingCell.Instance : new TextCell(text);

    private static ReportCell List(IReadOnlyList<string> values) => values.Count == 0 ? MissingCell.Instance : new TextCell(string.Join('\n', values));

    private static NumberCell Count(long count) => new(count, ReportUnit.Count);
}
