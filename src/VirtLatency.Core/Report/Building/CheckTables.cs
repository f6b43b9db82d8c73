using VirtLatency.Findings;
using VirtLatency.Model;

namespace VirtLatency.Report.Building;

/// <summary>Closure, C-states, and findings.</summary>
internal sealed class CheckTables(ReportSource source)
{
    private ReportText Text => source.Text;

    public ReportTable Closure()
    {
        ReportColumn[] columns =
        [
            new("Environment", Text["Column.Environment"]),
            new("Check", Text["Column.Check"]),
            new("Scope", Text["Column.Scope"]),
            new("Expected", Text["Column.Expected"]),
            new("Actual", Text["Column.Actual"]) { Unit = ReportUnit.Microseconds, HasCount = true },
            new("Residual", Text["Column.Residual"]) { Unit = ReportUnit.Microseconds, IsSigned = true },
            new("Tolerance", Text["Column.Tolerance"]) { Unit = ReportUnit.Microseconds },
            new("Failed", Text["Column.Failed"]) { Unit = ReportUnit.Count },
            new("Verdict", Text["Column.Passed"]),
            new("Note", Text["Column.Meaning"]) { IsLong = true },
        ];
        return new ReportTable
        {
            Id = "Closure",
            Title = Text["Table.Closure"],
            Introduction = Text["Table.Closure.Introduction"],
            Columns = columns,
            Rows = [.. source.Input.Sides.SelectMany(side => side.Closure.Select(check => RowOf(side, check)))],
        };
    }

    public ReportTable? CStates()
    {
        if (source.Input.CStateConfig.Count == 0)
        {
            return null;
        }

        ReportColumn[] columns =
        [
            new("Host", Text["Column.Host"]),
            new("Environment", Text["Column.Environment"]),
            new("Driver", Text["Column.Driver"]),
            new("Governor", Text["Column.Governor"]),
            new("Cpus", Text["Column.Cpus"]) { Unit = ReportUnit.Count },
            new("States", Text["Column.States"]),
            new("Deepest", Text["Column.Deepest"]),
            new("ExitLatency", Text["Column.ExitLatency"]) { Unit = ReportUnit.Microseconds },
            new("EffectiveLimit", Text["Column.EffectiveLimit"]) { Unit = ReportUnit.Microseconds },
            new("Uniform", Text["Column.Uniform"]),
            new("BootParameter", Text["Column.BootParameter"]),
            new("Kernel", Text["Column.Kernel"]),
            new("Note", Text["Column.Note"]) { IsLong = true },
        ];
        return new ReportTable
        {
            Id = "CStates",
            Title = Text["Table.CStates"],
            Introduction = Text["Table.CStates.Introduction"],
            Columns = columns,
            Rows = [.. source.Input.CStateConfig.Select((host, index) => RowOf(host, FormattableString.Invariant($"{index}")))],
        };
    }

    public IReadOnlyList<ReportFinding> Findings() => [.. source.Findings.Select(Of)];

    public ReportFinding Of(LatencyFinding finding) => new()
    {
        Rule = finding.Rule,
        Severity = finding.Severity,
        SeverityText = Text["Severity." + finding.Severity],
        Statement = Cells.Clean(Text.Phrase(finding.Finding)),
        Evidence = Cells.Clean(Text.Phrase(finding.Evidence)),
        Confidence = Cells.Clean(Text.Phrase(finding.Confidence)),
        Caveat = Cells.Clean(Text.Phrase(finding.Caveat)),
        NextStep = [.. finding.NextStep.Split('\n').Select(line => Cells.Clean(line.StartsWith("# ", StringComparison.Ordinal) ? "# " + Text.Phrase(line[2..]) : line))],
    };

    private ReportRow RowOf(FindingSide side, ClosureCheck check) => new(
        $"{side.Name} {check.Check} {check.Scope}",
        [
            Cells.Text(side.Name),
            Cells.Text(Text.Phrase(check.Check?.Replace(" within ", " \u2264 ", StringComparison.Ordinal))),
            Cells.Text(check.Scope is null ? null : Text["Scope." + check.Scope]),
            Cells.Text(Text.Phrase(check.Expected)),
            Cells.Us(check.ActualUs, check.SampleCount),
            Cells.Number(check.ResidualUs, ReportUnit.Microseconds, isSigned: true),
            Cells.Us(check.ToleranceUs),
            Cells.Count(check.Passed is null ? null : check.FailedCount),
            Cells.Text(Text[check.Passed switch { true => "Passed.Yes", false => "Passed.No", _ => "Passed.Unknown" }]),
            Cells.Text(Text.Phrase(check.Meaning)),
        ])
    {
        Tone = check.Passed switch { true => ReportTone.Plain, false => ReportTone.Worse, _ => ReportTone.Doubtful },
    };

    private ReportRow RowOf(CStateConfig host, string id) => new(
        id,
        [
            Cells.Text(host.HostName),
            Cells.Text(string.Join(", ", source.Input.EnvironmentsOf(host))),
            Cells.Text(host.Driver),
            Cells.Text(host.Governor),
            Cells.Count(host.CpuCount),
            Cells.Text(host.States),
            Cells.Text(host.DeepestEnabled),
            Cells.Us(host.MaxExitLatencyUs),
            Cells.Us(host.EffectiveLimitUs),
            Cells.Text(host.Uniform is { } isUniform ? Text[isUniform ? "Yes" : "No"] : null),
            Cells.Text(host.BootParameter),
            Cells.Text(host.KernelRelease),
            Cells.Text(Text.Phrase(host.Note)),
        ]);
}
