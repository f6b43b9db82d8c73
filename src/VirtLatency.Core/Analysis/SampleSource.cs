using VirtLatency.Analysis.Joining;
using VirtLatency.Model;

namespace VirtLatency.Analysis;

/// <summary>Gives the samples of a table's rows: of one log, or joined where several logs give a part.</summary>
internal static class SampleSource
{
    /// <summary>The samples of a row that has a mean.</summary>
    /// <param name="figures">The row's environment.</param>
    /// <param name="row">The row.</param>
    public static PartSamples Of(EnvironmentFigures figures, SegmentLatency row)
    {
        BreakdownLevel level = Enum.Parse<BreakdownLevel>(row.Level!);
        IReadOnlyList<RoleSamples> roles = RoleSamples.Of(figures, row.Terms, level is BreakdownLevel.Span or BreakdownLevel.Layer);
        return new PartSamples(roles, roles.Count > 1 && DerivedSamples.IsDerived(row.Segment!) ? Joined(figures.DerivedOf(level).Of(row.Segment!), roles) : null);
    }

    /// <summary>The coarsest print step among a row's logs, in us.</summary>
    public static double StepOf(EnvironmentFigures figures, SegmentLatency row) => row.Terms.Max(term => figures.StepOf(term.Role));

    /// <summary>The part per packet, where the logs have the same packets: with others in the mean, theirs would not be its error.</summary>
    private static RoleSamples? Joined(IReadOnlyList<RunPacketValues> runs, IReadOnlyList<RoleSamples> roles)
    {
        long joined = runs.Sum(run => (long)run.ValuesUs.Count);
        bool isWhole = joined > 0 && roles.All(role => role.Count == joined);
        return isWhole ? new RoleSamples(roles[0].Role, [.. runs.Select(run => new RunSamples(run.Run ?? string.Empty, run.ValuesUs, run.ValuesUs.Count, run.ValuesUs.Average(), true))]) : null;
    }
}
