using System.Management.Automation;
using VirtLatency.Analysis;
using VirtLatency.Common;
using VirtLatency.Findings;
using VirtLatency.Model;

namespace VirtLatency.Commands;

/// <summary>Get-LatencyFinding: what can be concluded from environments, what cannot, and what to do next.</summary>
[Cmdlet(VerbsCommon.Get, "LatencyFinding", DefaultParameterSetName = ComparedSet)]
[OutputType(typeof(LatencyFinding))]
public sealed class GetLatencyFindingCommand : PSCmdlet
{
    private const string ComparedSet = "Difference";
    private const string AloneSet = "InputObject";
    private const string Wanted = "an environment";

    private LatencyEnvironment? _reference;
    private LatencyEnvironment? _after;

    /// <summary>The environment to compare against.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ComparedSet)]
    [ValidateNotNullOrEmpty]
    public object[] Reference { get; set; } = [];

    /// <summary>The environments in question.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ComparedSet)]
    [ValidateNotNullOrEmpty]
    public object[] Difference { get; set; } = [];

    /// <summary>Environments to look at one by one.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = AloneSet)]
    [ValidateNotNull]
    public object[] InputObject { get; set; } = [];

    /// <summary>The environment in question after a change.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? After { get; set; }

    /// <summary>Idle states of hosts, from Get-CStateConfig.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public CStateConfig[] CStateConfig { get; set; } = [];

    /// <summary>Confidence of the intervals and verdicts.</summary>
    [Parameter]
    [ValidateRange(0.5, 0.9999)]
    public double ConfidenceLevel { get; set; } = 0.95;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Reference.Length > 1)
        {
            ThrowTerminatingError(ErrorFactory.SeveralReferences(Reference.Length));
        }

        _reference = Reference.Length == 0 ? null : EnvironmentOf(Reference[0]);
        _after = After is null ? null : EnvironmentOf(After);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        LatencyEnvironment[] environments = [.. (ParameterSetName == ComparedSet ? Difference : InputObject).Select(EnvironmentOf)];
        foreach (LatencyEnvironment environment in environments)
        {
            WriteObject(FindingRules.Of(new FindingInput(environment, _reference, _after, CStateConfig, new TestRequest(ConfidenceLevel))), enumerateCollection: true);
        }
    }

    private LatencyEnvironment EnvironmentOf(object item)
    {
        if (Unwrap.BaseObject(item) is not LatencyEnvironment environment)
        {
            ThrowTerminatingError(Unwrap.Refuse(item, Wanted));
            throw new System.Diagnostics.UnreachableException();
        }

        return environment;
    }
}
