using System.Management.Automation;
using VirtLatency.Environments;
using VirtLatency.Model;

namespace VirtLatency.Common;

/// <summary>
/// A cmdlet that takes environments or samples. Environments are answered as they come; samples are put together until
/// the pipeline ends, for what is asked of them needs all.
/// </summary>
public abstract class EnvironmentInputCommand : PSCmdlet
{
    /// <summary>The one parameter set.</summary>
    protected const string InputSet = "InputObject";

    private readonly EnvironmentBuilder _samples = new();

    /// <summary>Environments, or samples of any importer, mixed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = InputSet)]
    [ValidateNotNull]
    public object[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (object item in InputObject)
        {
            object? input = Unwrap.BaseObject(item);
            if (input is LatencyEnvironment environment)
            {
                Answer(environment);
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
            Answer(environment);
        }
    }

    /// <summary>Writes an environment's rows.</summary>
    /// <param name="environment">The environment.</param>
    private protected abstract void Answer(LatencyEnvironment environment);
}
