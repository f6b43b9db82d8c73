using VirtLatency.Report;
using VirtLatency.Tests.Analysis;

namespace VirtLatency.Tests.Reporting.Workbook;

/// <summary>Reports that a writer must survive.</summary>
internal static class OddReports
{
    public const string Formula = "=HYPERLINK(\"http://x.example\",\"click\")";
    public const string Markup = "\"><img src=x onerror=alert(1)> & <script>1</script>";
    public const string Coded = "_x0041_ and _x000D_";
    public const string Control = "bell\u0007 \uffff end";

    /// <summary>Formulas, markup, codes and control characters where names and texts stand.</summary>
    public static LatencyReport Injected()
    {
        LatencyReport report = Reports.Of(
            new MadeEnvironment(Formula).RoundTrips(null, 100, 110).Build(),
            new MadeEnvironment("@SUM(1)" + Markup).RoundTrips(null, 100, 120).Build());
        string[] odd = ["+1+1", "-2", "@x", Formula, Markup, Coded, Control, " kept "];
        ReportRow[] rows = [.. odd.Select((text, index) => new ReportRow($"{index}", [.. report.Logs.Columns.Select(_ => (ReportCell)new TextCell(text))]))];
        return report with { Title = Formula + Control, Logs = report.Logs with { Rows = rows } };
    }

    public static LatencyReport WithoutRows()
    {
        LatencyReport report = Reports.Of(new MadeEnvironment("a").RoundTrips(null, 100).Build(), new MadeEnvironment("b").RoundTrips(null, 100).Build());
        ReportTable Bare(ReportTable table) => table with { Rows = [], Introduction = null };
        return report with { Findings = [], Charts = [], Stages = Bare(report.Stages), Closure = Bare(report.Closure), Logs = Bare(report.Logs), Spread = Bare(report.Spread) };
    }

    /// <summary>Names and texts that are longer than a header, a cell or a sheet takes.</summary>
    public static LatencyReport TooLong()
    {
        string name = new string('n', 300);
        LatencyReport report = Reports.Of(new MadeEnvironment(name).RoundTrips(null, 100, 110).Build(), new MadeEnvironment(name + "m").RoundTrips(null, 100, 120).Build());
        ReportRow row = report.Logs.Rows[0];
        string text = string.Concat(Enumerable.Repeat("\U0001F600", 20_000));
        return report with { Logs = report.Logs with { Rows = [row with { Cells = [.. row.Cells.Select(_ => new TextCell(text))] }] } };
    }

    /// <summary>A waterfall that falls from 100 through 0, on below it, up to -20, up through it, and ends at 40.</summary>
    public static LatencyReport BelowZero()
    {
        ReportChartItem Item(string id, double value, bool isTotal = false) => new(id, id, [value]) { IsTotal = isTotal };
        ReportChart fall = Reports.Reference.Chart("DeltaWaterfall")!;
        return Reports.Reference with
        {
            Charts = [.. Reports.Reference.Charts.Where(chart => chart != fall), fall with { Items = [Item("from", 100, isTotal: true), Item("a", -130), Item("b", -20), Item("c", 30), Item("d", 60), Item("to", 40, isTotal: true)] }],
        };
    }
}
