using VirtLatency.Model;
using VirtLatency.Report;
using VirtLatency.Tests.Analysis;

namespace VirtLatency.Tests.Reporting;

/// <summary>Reports of the example data and of environments that a test makes.</summary>
internal static class Reports
{
    public static readonly DateTime Made = new(2026, 1, 15, 8, 30, 0, DateTimeKind.Utc);

    private static readonly Lazy<LatencyReport> LazyReference = new(() => Of(ReportText.English));
    private static readonly Lazy<LatencyReport> LazyChinese = new(() => Of(ReportText.Chinese));

    /// <summary>smtx against zbs, with zbs-c6off as the change, in English.</summary>
    public static LatencyReport Reference => LazyReference.Value;

    /// <summary>The same in Chinese.</summary>
    public static LatencyReport Chinese => LazyChinese.Value;

    public static LatencyReport Of(LatencyEnvironment reference, LatencyEnvironment difference, ReportText? text = null) => ReportBuilder.Of(new ReportRequest
    {
        Reference = reference,
        Difference = difference,
        Text = text ?? ReportText.English,
        CreatedUtc = Made,
    });

    public static NumberCell Number(this ReportTable table, string row, string column) =>
        Assert.IsType<NumberCell>(table.Cell(table.Row(row) ?? throw new ArgumentException($"no row {row}"), column));

    public static string Text(this ReportTable table, string row, string column) =>
        Assert.IsType<TextCell>(table.Cell(table.Row(row) ?? throw new ArgumentException($"no row {row}"), column)).Text;

    private static LatencyReport Of(ReportText text) => ReportBuilder.Of(new ReportRequest
    {
        Reference = TestEnvironments.Example("smtx"),
        Difference = TestEnvironments.Example("zbs"),
        After = TestEnvironments.Example("zbs-c6off"),
        CStateConfig =
        [
            new CStateConfig { HostName = "hv-07", Driver = "acpi_idle", Governor = "menu", CpuCount = 4, States = "POLL 0us, C1 1us", DeepestEnabled = "C1", MaxExitLatencyUs = 1, Uniform = true, BootParameter = "processor.max_cstate=1", KernelRelease = "4.19" },
            new CStateConfig { HostName = "hv-08", Driver = "intel_idle", Governor = "menu", CpuCount = 4, States = "POLL 0us, C1 1us, C6 290us", DeepestEnabled = "C6", MaxExitLatencyUs = 290, Uniform = true, BootParameter = string.Empty, KernelRelease = "5.10" },
        ],
        Text = text,
        CreatedUtc = Made,
    });
}
