using System.Management.Automation;
using VirtLatency.Analysis;
using VirtLatency.Common;
using VirtLatency.Environments;
using VirtLatency.Model;

namespace VirtLatency.Commands;

/// <summary>
/// Get-SegmentBreakdown: where the round trip's time is. Environments are answered as they come; samples are added up
/// until the pipeline ends, for a mean needs all of them.
/// </summary>
[Cmdlet(VerbsCommon.Get, "SegmentBreakdown", DefaultParameterSetName = "InputObject")]
[OutputType(typeof(SegmentLatency))]
public sealed class GetSegmentBreakdownCommand : PSCmdlet
{
    private readonly EnvironmentBuilder _samples = new();

    /// <summary>Environments, or samples of any importer, mixed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "InputObject")]
    [ValidateNotNull]
    public object[] InputObject { get; set; } = [];

    /// <summary>How finely to cut.</summary>
    [Parameter]
    public BreakdownLevel Level { get; set; } = BreakdownLevel.Segment;

    /// <summary>At level Layer: what the virtualization layers are made from.</summary>
    [Parameter]
    public LayerAttribution Attribution { get; set; } = LayerAttribution.Remainder;

    /// <summary>At level Layer: also the measured pieces inside the virtualization layers and what they leave.</summary>
    [Parameter]
    public SwitchParameter Detail { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Level != BreakdownLevel.Layer && (Detail || MyInvocation.BoundParameters.ContainsKey(nameof(Attribution))))
        {
            WriteWarning("-Attribution and -Detail say how layers are made; they have no effect at other levels.");
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (object item in InputObject)
        {
            object? input = Unwrap.BaseObject(item);
            if (input is LatencyEnvironment environment)
            {
                Write(environment);
            }
            else if (input is null || !_samples.TryAdd(input))
            {
                WriteError(Unwrap.Refuse(item, "an environment or a sample of an Import-*Log cmdlet"));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (LatencyEnvironment environment in _samples.Build())
        {
            Write(environment);
        }
    }

    private void Write(LatencyEnvironment environment)
    {
        foreach (SegmentLatency row in Breakdown.Of(environment, Level, Attribution, Detail))
        {
            WriteObject(row);
        }
    }
}
