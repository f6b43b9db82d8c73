using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>All rules, and what they find.</summary>
public static class FindingRules
{
    private static readonly IFindingRule[] All =
    [
        new RoundTripDiffersRule(), new VhostWorkerWakeupRule(), new HostToHostIdleWakeupRule(), new HostForwardingRule(),
        new VmStackNotClearedRule(), new VmStackNotGuiltyRule(), new CStateDiffersRule(),
        new FixWithoutRoundTripRule(), new FixNotShownRule(), new FixOnAnotherHostRule(),
        new PiecesExceedContainerRule(), new DirectOverTotalRule(), new DoubleCountingRule(), new ClosureFailedRule(), new PacketsNotJoinedRule(),
        new TooFewRunsRule(), new TooFewSamplesRule(), new PacketLossRule(), new BiasedLogRule(), new SamplesLeftOutRule(), new SameLogsRule(), new VersionMismatchRule(), new CoarseGranularityRule(),
        new CStateNotUniformRule(), new BootParameterRule(), new InstrumentationRule(), new MissingLogRule(),
    ];

    /// <summary>The ids of all rules, in their order.</summary>
    public static IReadOnlyList<string> Ids { get; } = [.. All.Select(rule => rule.Id)];

    /// <summary>What the rules find: what does not fit together first, then most severe first, and in the rules' order among equals.</summary>
    /// <param name="input">The evidence.</param>
    /// <returns>The findings; none where no rule has its evidence.</returns>
    public static IReadOnlyList<LatencyFinding> Of(FindingInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return [.. All.SelectMany(rule => rule.Of(input).Select(finding => FailedChecks.Weigh(finding with { Rule = rule.Id }, input)))
            .OrderBy(FailedChecks.RankOf)
            .ThenBy(finding => Enum.Parse<FindingSeverity>(finding.Severity))];
    }
}
