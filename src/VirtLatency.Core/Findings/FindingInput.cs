using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>What findings are looked for in: one environment, or two compared; the state after a change; idle states of hosts.</summary>
public sealed class FindingInput
{
    /// <summary>Gathers evidence. Nothing is computed before a rule asks for it.</summary>
    /// <param name="difference">The environment in question.</param>
    /// <param name="reference">What it is compared against; null to look at it alone.</param>
    /// <param name="after">The environment in question after a change; null without one.</param>
    /// <param name="cstateConfig">Idle states of hosts.</param>
    /// <param name="test">Confidence level and margin of the tests.</param>
    public FindingInput(LatencyEnvironment difference, LatencyEnvironment? reference = null, LatencyEnvironment? after = null, IReadOnlyList<CStateConfig>? cstateConfig = null, TestRequest? test = null)
    {
        ArgumentNullException.ThrowIfNull(difference);
        Request = test ?? TestRequest.Default;
        CStateConfig = cstateConfig ?? [];
        Difference = new FindingSide(difference);
        Reference = SideOf(reference);
        After = SideOf(after);
        Compared = Reference is null ? null : PairOf(Reference, Difference);
        Change = After is null ? null : PairOf(Difference, After);
    }

    /// <summary>Confidence level and margin of the tests.</summary>
    internal TestRequest Request { get; }

    /// <summary>Idle states of hosts, one row each.</summary>
    public IReadOnlyList<CStateConfig> CStateConfig { get; }

    internal FindingSide? Reference { get; }

    internal FindingSide Difference { get; }

    internal FindingSide? After { get; }

    /// <summary>The environment in question against the reference.</summary>
    internal FindingPair? Compared { get; }

    /// <summary>After the change against before it.</summary>
    internal FindingPair? Change { get; }

    /// <summary>All environments, in the order in which they are spoken of.</summary>
    internal IEnumerable<FindingSide> Sides => new[] { Reference, Difference, After }.OfType<FindingSide>().Distinct();

    /// <summary>Both comparisons.</summary>
    internal IEnumerable<FindingPair> Pairs => new[] { Compared, Change }.OfType<FindingPair>();

    /// <summary>Chance of calling something the same that is not.</summary>
    internal double EquivalenceAlpha => Request.EquivalenceAlpha;

    /// <summary>Confidence of the intervals.</summary>
    internal double ConfidenceLevel => Request.ConfidenceLevel;

    /// <summary>A comparison of two of the environments that is not one of the usual two.</summary>
    internal FindingPair PairOf(FindingSide reference, FindingSide difference) => new(reference, difference, Request);

    /// <summary>The environments that have logs of a host, as a manifest names their machines; none where no log names it.</summary>
    internal IEnumerable<string> EnvironmentsOf(CStateConfig config) =>
        Sides.Where(side => side.Environment.Logs.Any(log => IsSameHost(log.HostName, config.HostName))).Select(side => side.Name).Distinct();

    /// <summary>An environment that is compared with itself is looked at once.</summary>
    private FindingSide? SideOf(LatencyEnvironment? environment) =>
        environment is null ? null : Sides.FirstOrDefault(side => ReferenceEquals(side.Environment, environment)) ?? new FindingSide(environment);

    /// <summary>root@hv-07.lab is hv-07 where one of the two names has no domain.</summary>
    private static bool IsSameHost(string? one, string? other)
    {
        string[] first = Labels(one);
        string[] second = Labels(other);
        int common = Math.Min(first.Length, second.Length);
        return common > 0 && (common == 1 || first.Length == second.Length) && first.Take(common).SequenceEqual(second.Take(common), StringComparer.OrdinalIgnoreCase);
    }

    private static string[] Labels(string? name) => (name ?? string.Empty).Split('@')[^1].Split('.', StringSplitOptions.RemoveEmptyEntries);
}
