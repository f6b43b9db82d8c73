using System.Management.Automation;
using VirtLatency.Analysis.Joining;
using VirtLatency.Common;
using VirtLatency.Model;

namespace VirtLatency.Commands;

/// <summary>
/// Get-PacketBreakdown: single packets through all logs that have them. Rows stream; what was matched, unmatched and
/// ambiguous is said in verbose output once an environment is through.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PacketBreakdown", DefaultParameterSetName = InputSet)]
[OutputType(typeof(PacketBreakdown))]
public sealed class GetPacketBreakdownCommand : EnvironmentInputCommand
{
    /// <inheritdoc/>
    private protected override void Answer(LatencyEnvironment environment)
    {
        PacketJoin join = PacketJoin.Of(environment);
        foreach (PacketBreakdown row in PacketRows.Of(environment, join))
        {
            WriteObject(row);
        }

        JoinRates rates = join.Rates;
        if (rates.JoinedCount == 0)
        {
            WriteWarning($"No packet of '{environment.Name}' is in two of its logs: {rates.Summary()}. -Verbose tells of each log.");
        }

        WriteVerbose($"{environment.Name}: {rates.Summary()}.");
        foreach (LogJoin log in rates.Logs)
        {
            WriteVerbose($"{environment.Name}: {log}.");
        }
    }
}
