using System.Management.Automation;
using VirtLatency.Common;
using VirtLatency.Environments;
using VirtLatency.Model;

namespace VirtLatency.Commands;

/// <summary>
/// Export-LatencyEnvironment: environments to one file that Import-LatencyEnvironment reads back. All of them are
/// gathered first: the file is written once, whole, when the pipeline ends, or not at all.
/// </summary>
[Cmdlet(VerbsData.Export, "LatencyEnvironment", DefaultParameterSetName = ParameterSets.Path, SupportsShouldProcess = true)]
[OutputType(typeof(LatencyEnvironment))]
public sealed class ExportLatencyEnvironmentCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<LatencyEnvironment> _environments = [];
    private string _target = string.Empty;

    /// <summary>The file to write; it is taken literally.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSets.Path)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Environments.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ParameterSetName = ParameterSets.Path)]
    [ValidateNotNull]
    public object[] InputObject { get; set; } = [];

    /// <summary>Replaces an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Hands the environments on, once they are written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _target = ExportTarget.Check(this, Path, "base.vlenv", Force);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (object item in InputObject)
        {
            if (Unwrap.BaseObject(item) is not LatencyEnvironment environment)
            {
                ThrowTerminatingError(Unwrap.Refuse(item, "an environment of Import-LatencyEnvironment"));
                return;
            }

            _environments.Add(environment);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_environments.Count == 0)
        {
            WriteError(ErrorFactory.NothingToExport(_target));
            return;
        }

        if (ShouldProcess(_target, "Export environment " + string.Join(", ", _environments)))
        {
            Write();
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    private void Write()
    {
        try
        {
            EnvironmentFile.Write(_target, _environments, Force, _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(!Force && File.Exists(_target) ? ErrorFactory.FileExists(_target) : ErrorFactory.FileNotWritten(_target, e));
        }

        if (PassThru)
        {
            WriteObject(_environments, enumerateCollection: true);
        }
    }
}
