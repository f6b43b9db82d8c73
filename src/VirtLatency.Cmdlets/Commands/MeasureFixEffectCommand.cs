using System.Management.Automation;
using VirtLatency.Analysis;
using VirtLatency.Analysis.FixEffects;
using VirtLatency.Common;
using VirtLatency.Model;

namespace VirtLatency.Commands;

/// <summary>Measure-FixEffect: whether a change helped, by how much, and whether all is as in the baseline again; part by part and end to end.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "FixEffect", DefaultParameterSetName = WorkloadSet)]
[OutputType(typeof(FixEffect))]
public sealed class MeasureFixEffectCommand : PSCmdlet
{
    private const string EnvironmentSet = "Environment";
    private const string WorkloadSet = "Workload";
    private const string Wanted = "one environment of Import-LatencyEnvironment";

    /// <summary>The environment before the change.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = EnvironmentSet)]
    [ValidateNotNull]
    public object? Before { get; set; }

    /// <summary>The environment after it.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = EnvironmentSet)]
    [ValidateNotNull]
    public object? After { get; set; }

    /// <summary>What is aimed at.</summary>
    [Parameter(Position = 2, ParameterSetName = EnvironmentSet)]
    [ValidateNotNull]
    public object? Baseline { get; set; }

    /// <summary>How the round trip is cut; default: Container, Layer, Segment and Stage.</summary>
    [Parameter(ParameterSetName = EnvironmentSet)]
    [ValidateNotNullOrEmpty]
    public BreakdownLevel[] Level { get; set; } = [.. FixRequest.AllLevels];

    /// <summary>Compares B_1 on one side with I_1 on the other where no direction is on both.</summary>
    [Parameter(ParameterSetName = EnvironmentSet)]
    public SwitchParameter AllowMixedDirection { get; set; }

    /// <summary>A csv file with runs of what users wait for.</summary>
    [Parameter(ParameterSetName = EnvironmentSet)]
    [Parameter(Mandatory = true, ParameterSetName = WorkloadSet)]
    [ValidateNotNullOrEmpty]
    public string? Workload { get; set; }

    /// <summary>Confidence of the intervals and verdicts.</summary>
    [Parameter]
    [ValidateRange(0.51, 0.9999)]
    public double ConfidenceLevel { get; set; } = 0.95;

    /// <summary>
    /// Difference in us up to which two means count as the same; by default 5 % of the baseline's round trip, at least two print
    /// steps. Of a workload that is asked for alone it is the workload's, by default 5 % of the baseline's mean.
    /// </summary>
    [Parameter]
    [ValidateRange(0.000001, 1e9)]
    public double EquivalenceMarginUs { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var test = new TestRequest(ConfidenceLevel, MyInvocation.BoundParameters.ContainsKey(nameof(EquivalenceMarginUs)) ? EquivalenceMarginUs : null);
        if (ParameterSetName == EnvironmentSet)
        {
            WriteObject(FixComparison.Of(RequestOf(test)), enumerateCollection: true);
        }

        if (Workload is not null && PathResolver.Existing(this, Workload) is { } path)
        {
            // Beside environments the margin means the round trip: what users wait for takes other times.
            WriteWorkload(path, ParameterSetName == WorkloadSet ? test : test with { EquivalenceMarginUs = null });
        }
    }

    private FixRequest RequestOf(TestRequest test)
    {
        LatencyEnvironment before = EnvironmentOf(Before!);
        LatencyEnvironment after = EnvironmentOf(After!);
        LatencyEnvironment? baseline = Baseline is null ? null : EnvironmentOf(Baseline);
        if (!AllowMixedDirection && MixedDirection.Of(before, after) is { } mixed)
        {
            WriteError(ErrorFactory.MixedDirection(mixed));
        }

        return new FixRequest { Before = before, After = after, Baseline = baseline, Levels = Level, Test = test, AllowMixedDirection = AllowMixedDirection };
    }

    private LatencyEnvironment EnvironmentOf(object item)
    {
        object? only = Unwrap.BaseObject(item) is object[] { Length: 1 } items ? items[0] : item;
        if (Unwrap.BaseObject(only) is LatencyEnvironment environment)
        {
            return environment;
        }

        ThrowTerminatingError(Unwrap.Refuse(only!, Wanted));
        return null!;
    }

    private void WriteWorkload(string path, TestRequest test)
    {
        if (Directory.Exists(path))
        {
            WriteError(ErrorFactory.WorkloadIsDirectory(path));
            return;
        }

        WorkloadTable? table = null;
        try
        {
            table = WorkloadFile.Read(path, issue => WriteError(ErrorFactory.WorkloadLineMalformed(path, issue)));
        }
        catch (WorkloadException e)
        {
            WriteError(ErrorFactory.WorkloadInvalid(e));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            WriteError(ErrorFactory.File(path, e));
        }

        if (table is not null)
        {
            WriteObject(FixComparison.Of(table, test), enumerateCollection: true);
        }
    }
}
