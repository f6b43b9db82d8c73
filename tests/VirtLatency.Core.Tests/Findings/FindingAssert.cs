using VirtLatency.Findings;
using VirtLatency.Model;

namespace VirtLatency.Tests.Findings;

/// <summary>What a rule finds, asked by its id.</summary>
internal static class FindingAssert
{
    public static LatencyFinding[] Of(string rule, PathEnvironment difference, PathEnvironment? reference = null, PathEnvironment? after = null, params CStateConfig[] hosts) =>
        [.. FindingRules.Of(new FindingInput(difference.Build(), reference?.Build(), after?.Build(), hosts)).Where(finding => finding.Rule == rule)];

    public static LatencyFinding One(string rule, PathEnvironment difference, PathEnvironment? reference = null, PathEnvironment? after = null, params CStateConfig[] hosts) =>
        Assert.Single(Of(rule, difference, reference, after, hosts));

    public static void None(string rule, PathEnvironment difference, PathEnvironment? reference = null, PathEnvironment? after = null, params CStateConfig[] hosts) =>
        Assert.Empty(Of(rule, difference, reference, after, hosts));
}
