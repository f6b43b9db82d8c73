using VirtLatency.Analysis.Joining;
using VirtLatency.Model;

namespace VirtLatency.Analysis.Closing;

/// <summary>
/// What must hold between the numbers of an environment, whatever its latencies are: parts of one clock make up its
/// total, what lies inside is not longer than what holds it. Tolerances are those of print steps alone. A check that
/// cannot be made has a row that says why.
/// </summary>
public static class Closure
{
    /// <summary>Checks an environment.</summary>
    /// <param name="environment">The environment.</param>
    /// <returns>The same checks in the same order for every environment, and one more where a log prints a total of its own.</returns>
    public static IEnumerable<ClosureCheck> Of(LatencyEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return Of(environment, new EnvironmentFigures(environment));
    }

    /// <summary>The same, of an environment whose packets may have been looked at before.</summary>
    internal static IEnumerable<ClosureCheck> Of(LatencyEnvironment environment, EnvironmentFigures figures)
    {
        var rows = new RowWriter(figures, BreakdownLevel.Layer);
        return IdentityChecks.Of(rows)
            .Concat(JoinChecks.Of(rows))
            .Concat(PacketChecks.Of(rows))
            .Concat(MeanChecks.Of(rows))
            .Append(InstrumentationCheck.Of(rows.Figures, environment));
    }
}
