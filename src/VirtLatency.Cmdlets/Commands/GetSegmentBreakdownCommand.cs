using System.Management.Automation;
using VirtLatency.Analysis;
using VirtLatency.Common;
using VirtLatency.Model;

namespace VirtLatency.Commands;

/// <summary>
/// Get-SegmentBreakdown: where the round trip's time is. Environments are answered as they come; samples are added up
/// until the pipeline ends, for a mean needs all of them.
/// </summary>
[Cmdlet(VerbsCommon.Get, "SegmentBreakdown", DefaultParameterSetName = InputSet)]
[OutputType(typeof(SegmentLatency))]
public sealed class GetSegmentBreakdownCommand : EnvironmentInputCommand
{
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
    private protected override void Answer(LatencyEnvironment environment)
    {
        foreach (SegmentLatency row in Breakdown.Of(environment, Level, Attribution, Detail))
        {
            WriteObject(row);
        }
    }
}
