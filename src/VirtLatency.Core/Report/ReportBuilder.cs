using System.Reflection;
using VirtLatency.Analysis;
using VirtLatency.Report.Building;

namespace VirtLatency.Report;

/// <summary>Makes reports from environments. All numbers are those of the comparison, the breakdown, the closure and the findings; nothing is computed anew.</summary>
public static class ReportBuilder
{
    /// <summary>Makes a report.</summary>
    /// <param name="request">What it is made from.</param>
    /// <returns>The report, latencies in us.</returns>
    /// <exception cref="ReportException">No part of the path was measured in both environments.</exception>
    public static LatencyReport Of(ReportRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var source = new ReportSource(request);
        RefuseNothingInCommon(source);
        var parts = new PartTables(source);
        var checks = new CheckTables(source);
        var environments = new EnvironmentTables(source);
        var fix = new FixTables(source);
        var packets = new PacketTables(source);
        var distributions = new DistributionTables(source);
        var method = new MethodText(source);
        IReadOnlyList<ReportDistributionGroup> groups = distributions.Groups();
        return new LatencyReport
        {
            Text = request.Text,
            Title = request.Title is { } title ? Cells.Clean(title) : request.Text.Format("Title", source.Names.Reference, source.Names.Difference),
            CreatedUtc = request.CreatedUtc,
            ProgramVersion = typeof(ReportBuilder).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0",
            Answer = new ReportAnswer(source).Sentences(),
            Environments = environments.Environments(),
            Logs = environments.Logs(),
            Layers = parts.Of("Layers", BreakdownLevel.Layer),
            Spans = parts.Of("Spans", BreakdownLevel.Span),
            Containers = parts.Of("Containers", BreakdownLevel.Container),
            Segments = parts.Of("Segments", BreakdownLevel.Segment),
            Stages = parts.Of("Stages", BreakdownLevel.Stage),
            Closure = checks.Closure(),
            Findings = checks.Findings(),
            FixEffect = fix.Table(),
            CStates = checks.CStates(),
            Packets = packets.Joins(),
            SlowPackets = packets.Slowest(),
            Spread = distributions.Spread(groups),
            Distributions = groups,
            Charts = new ChartBuilder(source).All(fix),
            Path = method.Path(),
            Method = method.Paragraphs(),
        };
    }

    /// <summary>A report in which every difference is missing would look like one that found nothing.</summary>
    private static void RefuseNothingInCommon(ReportSource source)
    {
        BreakdownLevel[] levels = Enum.GetValues<BreakdownLevel>();
        if (levels.Any(level => source.Pair.Rows(level).Any(row => row is { ReferenceUs: not null, DifferenceUs: not null })))
        {
            return;
        }

        throw new ReportException(
            ReportProblem.NoCommonLevel,
            $"Nothing of the path was measured in both environments. {Has(source.Request.Reference)}; {Has(source.Request.Difference)}. Capture the same tools on both sides.");
    }

    private static string Has(Model.LatencyEnvironment environment)
    {
        string roles = string.Join(", ", environment.Logs.Select(log => log.Role).OfType<string>().Distinct());
        return $"'{Cells.Clean(environment.Name)}' has {(roles.Length == 0 ? "no log whose role is known" : roles)}";
    }
}
