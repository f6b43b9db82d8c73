using VirtLatency.Analysis;
using VirtLatency.Analysis.Closing;
using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>One environment as rules ask it; each table is made once, when it is first wanted.</summary>
internal sealed class FindingSide(LatencyEnvironment environment)
{
    private readonly Dictionary<(BreakdownLevel Level, LayerAttribution Attribution, bool Detail), IReadOnlyList<SegmentLatency>> _rows = [];
    private IReadOnlyList<ClosureCheck>? _closure;

    public string Name => Environment.Name;

    public LatencyEnvironment Environment { get; } = environment;

    public EnvironmentFigures Figures { get; } = new(environment);

    /// <summary>What must hold between its numbers.</summary>
    public IReadOnlyList<ClosureCheck> Closure => _closure ??= [.. Analysis.Closing.Closure.Of(Environment, Figures)];

    /// <summary>Logs that fill a role, by role in path order.</summary>
    public IEnumerable<IGrouping<LogRole, EnvironmentLog>> Roles => Environment.Logs.Where(log => log.RoleValue is not null).GroupBy(log => log.RoleValue!.Value).OrderBy(role => role.Key);

    /// <summary>True for an environment of a ping that ran without any tool beside it.</summary>
    public bool IsPingOnly => Environment.Logs.All(log => log.RoleValue is LogRole.SenderPing or LogRole.SenderPingWithoutTools);

    public bool Has(LogRole role) => Figures.Logs(role).Count > 0;

    public IReadOnlyList<SegmentLatency> Rows(BreakdownLevel level, LayerAttribution attribution = LayerAttribution.Remainder, bool detail = false)
    {
        if (!_rows.TryGetValue((level, attribution, detail), out IReadOnlyList<SegmentLatency>? rows))
        {
            _rows.Add((level, attribution, detail), rows = [.. Breakdown.Of(Figures, level, attribution, detail)]);
        }

        return rows;
    }
}
