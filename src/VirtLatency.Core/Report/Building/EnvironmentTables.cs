using VirtLatency.Analysis;
using VirtLatency.Findings;
using VirtLatency.Model;

namespace VirtLatency.Report.Building;

/// <summary>What was compared, and the logs it came from.</summary>
internal sealed class EnvironmentTables(ReportSource source)
{
    private ReportText Text => source.Text;

    public IReadOnlyList<ReportEnvironment> Environments()
    {
        (string reference, string difference) = source.Names;
        List<ReportEnvironment> all = [Of(source.Request.Reference, reference, "Reference"), Of(source.Request.Difference, difference, "Difference")];
        if (source.Request.After is { } after)
        {
            all.Add(Of(after, source.AfterName!, "After"));
        }

        return all;
    }

    public ReportTable Logs()
    {
        ReportColumn[] columns =
        [
            new("Environment", Text["Column.Environment"]),
            new("Role", Text["Column.Role"]),
            new("File", Text["Column.File"]),
            new("Tool", Text["Column.Tool"]),
            new("Version", Text["Column.Version"]),
            new("Host", Text["Column.Host"]),
            new("Kernel", Text["Column.Kernel"]),
            new("Device", Text["Column.Device"]),
            new("Samples", Text["Column.Samples"]) { Unit = ReportUnit.Count },
            new("Excluded", Text["Column.Excluded"]) { Unit = ReportUnit.Count },
            new("Note", Text["Column.Note"]) { IsLong = true },
        ];
        return new ReportTable
        {
            Id = "Logs",
            Title = Text["Table.Logs"],
            Introduction = Text["Table.Logs.Introduction"],
            Columns = columns,
            Rows = [.. source.Input.Sides.SelectMany((side, place) => side.Environment.Logs.Select((log, index) => RowOf(side, log, FormattableString.Invariant($"{place}.{index}"))))],
        };
    }

    private ReportRow RowOf(FindingSide side, EnvironmentLog log, string id) => new(
        id,
        [
            Cells.Text(side.Name),
            Cells.Text(log.Role is null ? Text["Role.Unknown"] : Text.Or("Role." + log.Role, log.Role)),
            Cells.Text(EnvironmentFigures.FileOf(log)),
            Cells.Text(log.Tool),
            Cells.Text(log.Version),
            Cells.Text(log.HostName),
            Cells.Text(log.KernelRelease),
            Cells.Text(log.Device),
            Cells.Count(log.SampleCount),
            Cells.Count(log.ExcludedCount),
            Cells.Text(Text.Phrase(log.Caveat)),
        ])
    {
        Tone = log.Caveat is null && log.Role is not null ? ReportTone.Plain : ReportTone.Doubtful,
    };

    private ReportEnvironment Of(LatencyEnvironment environment, string name, string part) => new()
    {
        Name = name,
        Part = Text["Environment." + part],
        Path = environment.Path is null ? null : Cells.Clean(environment.Path),
        Note = environment.Note is null ? null : Cells.Clean(environment.Note),
        RunCount = environment.RunCount,
        LogCount = environment.Logs.Count,
        SampleCount = environment.Logs.Sum(log => log.SampleCount),
        ExcludedCount = environment.Logs.Sum(log => log.ExcludedCount),
        Hosts = Distinct(environment, log => log.HostName),
        Kernels = Distinct(environment, log => log.KernelRelease),
        Tools = Distinct(environment, log => log.Version is null ? log.Tool : $"{log.Tool} ({log.Version})"),
        MissingLogs = [.. Enum.GetValues<LogRole>()
            .Where(role => !LogRoleName.IsOptional(role) && environment.Logs.All(log => log.RoleValue != role))
            .Select(role => Text.Or("Role." + role, role.ToString()))],
    };

    private static string[] Distinct(LatencyEnvironment environment, Func<EnvironmentLog, string?> value) =>
        [.. environment.Logs.Select(value).OfType<string>().Distinct().Select(Cells.Clean)];
}
