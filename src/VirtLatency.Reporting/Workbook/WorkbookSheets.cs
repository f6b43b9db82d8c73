using VirtLatency.Report;

namespace VirtLatency.Reporting.Workbook;

/// <summary>A report as sheets, in reading order: the answer first, the numbers behind the charts last.</summary>
internal static class WorkbookSheets
{
    public static IReadOnlyList<Sheet> Of(LatencyReport report)
    {
        var names = new SheetNames();
        string NameOf(string key) => names.Take(report.Text["Sheet." + key]);
        string summary = NameOf("Summary");
        string chartData = NameOf("ChartData");
        var charts = new ChartData(chartData, report);
        Sheet Table(string key, ReportTable table, params IEnumerable<string> drawn) => TableSheet.Of(NameOf(key), table, report.Text, [.. drawn.SelectMany(charts.Of)]);
        Sheet?[] others =
        [
            Table("Findings", FindingTable.Of(report)),
            Table("Layers", report.Layers, "LayerStack", "DeltaWaterfall"),
            Table("Spans", report.Spans),
            Table("Containers", report.Containers),
            Table("Segments", report.Segments, "Path"),
            Table("Stages", report.Stages, "Stages"),
            Table("Spread", report.Spread),
            Table("Closure", report.Closure),
            report.FixEffect is { } fix ? Table("FixEffect", fix, "FixEffect") : null,
            report.CStates is { } states ? Table("CStates", states) : null,
            report.SlowPackets is { } packets ? Table("Packets", packets) : null,
            report.Packets is { } joins ? Table("Joins", joins) : null,
            Table("Logs", report.Logs),
            Table("Path", report.Path),
            MethodSheet.Of(NameOf("Method"), report),
            charts.Sheet(),
        ];
        Sheet[] shown = [.. others.OfType<Sheet>()];
        return [SummarySheet.Of(summary, report, shown), .. shown];
    }
}
