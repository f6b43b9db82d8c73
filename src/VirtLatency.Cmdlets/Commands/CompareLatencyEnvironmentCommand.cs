using System.Management.Automation;
using VirtLatency.Analysis;
using VirtLatency.Common;
using VirtLatency.Model;

namespace VirtLatency.Commands;

/// <summary>
/// Compare-LatencyEnvironment: which part of the round trip differs, and by how much. Takes environments, or rows of
/// Get-SegmentBreakdown; rows are gathered until the pipeline ends, for a comparison needs all of them.
/// </summary>
[Cmdlet(VerbsData.Compare, "LatencyEnvironment", DefaultParameterSetName = "Difference")]
[OutputType(typeof(LatencyDifference))]
public sealed class CompareLatencyEnvironmentCommand : PSCmdlet
{
    private const string RowNote = "compared from breakdown rows: no samples, so no test";
    private const string Wanted = "an environment or a row of Get-SegmentBreakdown";

    private readonly List<SegmentLatency> _differenceRows = [];
    private LatencyEnvironment? _reference;
    private List<SegmentLatency> _referenceRows = [];

    /// <summary>The environment to compare against, or its breakdown rows.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Difference")]
    [ValidateNotNullOrEmpty]
    public object[] Reference { get; set; } = [];

    /// <summary>The environments to compare, or their breakdown rows.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ParameterSetName = "Difference")]
    [ValidateNotNullOrEmpty]
    public object[] Difference { get; set; } = [];

    /// <summary>How finely to cut.</summary>
    [Parameter]
    public BreakdownLevel Level { get; set; } = BreakdownLevel.Segment;

    /// <summary>At level Layer: what the virtualization layers are made from.</summary>
    [Parameter]
    public LayerAttribution Attribution { get; set; } = LayerAttribution.Remainder;

    /// <summary>Confidence of the intervals and verdicts.</summary>
    [Parameter]
    [ValidateRange(0.51, 0.9999)]
    public double ConfidenceLevel { get; set; } = 0.95;

    /// <summary>Difference in us up to which two means count as the same; by default 5 % of the reference's round trip, at least two print steps.</summary>
    [Parameter]
    [ValidateRange(0.000001, 1e9)]
    public double EquivalenceMarginUs { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        var rows = new List<SegmentLatency>();
        var environments = new List<LatencyEnvironment>();
        Sort(Reference, nameof(Reference), environments, rows);
        if (environments.Count > 1)
        {
            ThrowTerminatingError(ErrorFactory.SeveralReferences(environments.Count));
        }

        string[] names = rows.Select(row => row.Environment ?? string.Empty).Distinct().ToArray();
        if (names.Length > 1)
        {
            ThrowTerminatingError(ErrorFactory.SeveralReferences(names.Length));
        }

        _reference = environments.FirstOrDefault();
        _referenceRows = rows;
        string? cut = CutParameter();
        if (rows.Count > 0 && cut is not null)
        {
            ThrowTerminatingError(ErrorFactory.LevelNeedsEnvironment(cut));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var environments = new List<LatencyEnvironment>();
        Sort(Difference, nameof(Difference), environments, _differenceRows);
        foreach (LatencyEnvironment environment in environments)
        {
            if (_reference is null)
            {
                ThrowTerminatingError(ErrorFactory.MixedInput($"{nameof(Reference)} and -{nameof(Difference)}"));
            }

            Write(Comparison.Of(_reference!, environment, Level, Attribution, Request()));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_differenceRows.Count == 0)
        {
            return;
        }

        if (_reference is not null)
        {
            ThrowTerminatingError(ErrorFactory.MixedInput($"{nameof(Reference)} and -{nameof(Difference)}"));
        }

        foreach (IGrouping<string?, SegmentLatency> environment in _differenceRows.GroupBy(row => row.Environment))
        {
            Write(Comparison.Of(_referenceRows, [.. environment], RowNote));
        }
    }

    private void Sort(object[] input, string parameter, List<LatencyEnvironment> environments, List<SegmentLatency> rows)
    {
        foreach (object item in input)
        {
            switch (Unwrap.BaseObject(item))
            {
                case LatencyEnvironment environment:
                    environments.Add(environment);
                    break;
                case SegmentLatency row:
                    rows.Add(row);
                    break;
                default:
                    ThrowTerminatingError(Unwrap.Refuse(item, Wanted));
                    break;
            }
        }

        if (environments.Count > 0 && rows.Count > 0)
        {
            ThrowTerminatingError(ErrorFactory.MixedInput(parameter));
        }
    }

    private string? CutParameter() => new[] { nameof(Level), nameof(Attribution), nameof(ConfidenceLevel), nameof(EquivalenceMarginUs) }.FirstOrDefault(MyInvocation.BoundParameters.ContainsKey);

    private TestRequest Request() => new(ConfidenceLevel, MyInvocation.BoundParameters.ContainsKey(nameof(EquivalenceMarginUs)) ? EquivalenceMarginUs : null);

    private void Write(IEnumerable<LatencyDifference> rows)
    {
        foreach (LatencyDifference row in rows)
        {
            WriteObject(row);
        }
    }
}
