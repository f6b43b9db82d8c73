using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>A log that does not stand for all packets: it has the slow ones only, or lost some, or was read in part.</summary>
internal sealed class BiasedLogRule : IFindingRule
{
    public string Id => "BiasedLog";

    public IEnumerable<LatencyFinding> Of(FindingInput input) =>
        from side in input.Sides
        from log in side.Environment.Logs
        where log.IsThresholdBiased || log.Caveat is not null
        select FindingOf(side, log);

    private static LatencyFinding FindingOf(FindingSide side, EnvironmentLog log) => new()
    {
        Severity = nameof(FindingSeverity.Caution),
        Finding = log.IsThresholdBiased
            ? $"The {NameOf(log)} of {side.Name} holds slow packets only: its means are too high"
            : $"The {NameOf(log)} of {side.Name} may not stand for all packets",
        Evidence = FormattableString.Invariant($"{log.Caveat ?? "the tool ran with a threshold"} (n {log.SampleCount})."),
        Confidence = "Certain: the log itself says so, or could not be read whole.",
        Caveat = "By how much the means are off cannot be told from this log. A comparison with a log without this flaw shows the flaw too.",
        NextStep = log.RoleValue is { } role ? CommandText.Capture(side, role) : $"{CommandText.Variable(side.Name)}.Logs | Format-List",
        DifferenceEnvironment = side.Name,
    };

    private static string NameOf(EnvironmentLog log) => log.RoleValue is { } role ? LogRoleName.Describe(role) : $"log of {log.Tool}";
}
