using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>A build of tun_tx_to_kvm_irq prints a total below each chain that adds all four delays, though that of stage 4 counts from stage 2.</summary>
internal sealed class DoubleCountingRule : IFindingRule
{
    public string Id => "DoubleCounting";

    public IEnumerable<LatencyFinding> Of(FindingInput input) =>
        from side in input.Sides
        from log in side.Environment.Logs
        where log.PrintedTotalUs is not null && log.RoleValue is not null
        select FindingOf(side, log);

    private static LatencyFinding FindingOf(FindingSide side, EnvironmentLog log)
    {
        string segment = log.RoleValue == LogRole.ReceiverTunIrq ? "E" : "L";
        Moments chain = log.Store.MomentsOf(SampleColumn.S1ToS5, completeOnly: true);
        Moments twice = log.Store.MomentsOf(SampleColumn.S2ToS3, completeOnly: true);
        string own = chain.MeanUs is { } mean
            ? FormattableString.Invariant($"; stages 2, 4 and 5 give S1 to S5 as {FindingText.Us(mean)} us (n {chain.Count}), and S2->S3 is {FindingText.Us(twice.MeanUs ?? 0)} us")
            : string.Empty;
        return new LatencyFinding
        {
            Severity = nameof(FindingSeverity.Caution),
            Finding = $"The tool's own Total(S1->S5) counts S2->S3 twice in {side.Name}: it is not {segment}",
            Evidence = FormattableString.Invariant($"{log.PrintedTotalCount} printed totals average {FindingText.Us(log.PrintedTotalUs!.Value)} us{own}."),
            Confidence = "Certain: the delay printed for stage 4 counts from stage 2, so it holds S2->S3 already.",
            Caveat = "A log of both directions prints totals of both; those of the other direction are in the first average.",
            NextStep = $"Import-TunIrqLog {CommandText.Literal(log.File ?? "LOG")} | Measure-Object TotalUs, PrintedSumUs -Average",
            DifferenceEnvironment = side.Name,
        };
    }
}
