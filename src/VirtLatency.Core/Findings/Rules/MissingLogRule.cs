using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>Roles that no log fills, with the commands that take them: what is not measured cannot be concluded from.</summary>
internal sealed class MissingLogRule : IFindingRule
{
    public string Id => "MissingLog";

    public IEnumerable<LatencyFinding> Of(FindingInput input) => input.Sides.Where(side => !side.IsPingOnly).Select(side => FindingOf(input, side)).OfType<LatencyFinding>();

    private static LatencyFinding? FindingOf(FindingInput input, FindingSide side)
    {
        LogRole[] missing = [.. Enum.GetValues<LogRole>().Where(role => !LogRoleName.IsOptional(role) && !side.Has(role))];
        if (missing.Length == 0)
        {
            return null;
        }

        string[] unknown = [.. side.Environment.Logs.Where(log => log.RoleValue is null).Select(log => $"{Path.GetFileName(log.File) ?? "samples"} ({log.Reason})")];
        return new LatencyFinding
        {
            // What lacks after a change has a finding of its own.
            Severity = (missing.Contains(LogRole.SenderVm) && side != input.After ? FindingSeverity.Caution : FindingSeverity.Information).ToString(),
            Finding = $"{side.Name} has no log of {FindingText.List(missing.Select(role => role.ToString()))}",
            Evidence = FindingText.Join(". ", "Not measured: " + string.Join("; ", missing.Select(WhatIsMissing)), unknown.Length == 0 ? null : "Logs whose place on the path is not known: " + string.Join("; ", unknown)) + ".",
            Confidence = "Certain: no log fills these roles.",
            Caveat = "What is not measured is in no sum. I_1 without its log is shown as an upper bound only.",
            NextStep = string.Join('\n', missing.Select(role => CommandText.Noted(MachineOf(role), CommandText.Capture(side, role)))),
            DifferenceEnvironment = side.Name,
        };
    }

    private static string WhatIsMissing(LogRole role) => role switch
    {
        LogRole.SenderVm => "RoundTrip, A and M",
        LogRole.ReceiverVm => "F, G and H",
        LogRole.SenderHost => "B, K and HostToHost",
        LogRole.ReceiverHost => "D, I, HostToHost and VirtReceiver",
        LogRole.ReceiverTunIrq => "E",
        LogRole.SenderTunIrq => "L",
        LogRole.SenderKvmTun => "B_1",
        _ => "I_1",
    };

    private static string MachineOf(LogRole role) => LogRoleName.MachineOf(role) switch
    {
        PathMachine.SenderVm => "in the sender VM",
        PathMachine.ReceiverVm => "in the receiver VM",
        PathMachine.SenderHost => "on the sender host",
        _ => "on the receiver host",
    };
}
