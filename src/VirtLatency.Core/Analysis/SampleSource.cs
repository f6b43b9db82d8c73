using VirtLatency.Model;

namespace VirtLatency.Analysis;

/// <summary>Gives the samples of a table's rows: of one log, or joined where several logs give a part.</summary>
internal sealed class SampleSource
{
    private readonly EnvironmentFigures _figures;

    /// <param name="figures">The environment.</param>
    /// <param name="rows">The table's rows; null where the environment has none.</param>
    public SampleSource(EnvironmentFigures figures, IEnumerable<SegmentLatency?> rows)
    {
        _figures = figures;
    }

    public PartSamples Of(SegmentLatency row)
    {
        IReadOnlyList<RoleSamples> roles = RoleSamples.Of(_figures, row.Terms, row.Level is nameof(BreakdownLevel.Span) or nameof(BreakdownLevel.Layer));
        return new PartSamples(roles, null);
    }

    /// <summary>The coarsest print step among a row's logs, in us.</summary>
    public double StepOf(SegmentLatency row) => row.Terms.Max(term => _figures.StepOf(term.Role));
}
