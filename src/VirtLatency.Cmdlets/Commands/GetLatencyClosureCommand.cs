using System.Management.Automation;
using VirtLatency.Analysis.Closing;
using VirtLatency.Common;
using VirtLatency.Model;

namespace VirtLatency.Commands;

/// <summary>Get-LatencyClosure: what must hold between an environment's numbers, and whether it does.</summary>
[Cmdlet(VerbsCommon.Get, "LatencyClosure", DefaultParameterSetName = InputSet)]
[OutputType(typeof(ClosureCheck))]
public sealed class GetLatencyClosureCommand : EnvironmentInputCommand
{
    /// <inheritdoc/>
    private protected override void Answer(LatencyEnvironment environment)
    {
        foreach (ClosureCheck row in Closure.Of(environment))
        {
            WriteObject(row);
        }
    }
}
