using System.Management.Automation;
using VirtLatency.Analysis;
using VirtLatency.Common;
using VirtLatency.Environments;
using VirtLatency.Model;
using VirtLatency.Report;

namespace VirtLatency.Commands;

/// <summary>Export-LatencyReport: two environments, compared, as one file for people to read; the file's extension says how.</summary>
[Cmdlet(VerbsData.Export, "LatencyReport", DefaultParameterSetName = ParameterSets.Path, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportLatencyReportCommand : PSCmdlet
{
    private const string Wanted = "an environment of Import-LatencyEnvironment";

    private string _target = string.Empty;
    private IReportWriter? _writer;

    /// <summary>The file to write; it is taken literally, and its extension says in which format.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSets.Path)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The environment to compare against.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ParameterSets.Path)]
    [ValidateNotNullOrEmpty]
    public object[] Reference { get; set; } = [];

    /// <summary>The environment in question.</summary>
    [Parameter(Mandatory = true, Position = 2, ParameterSetName = ParameterSets.Path)]
    [ValidateNotNullOrEmpty]
    public object[] Difference { get; set; } = [];

    /// <summary>The environment in question after a change.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? After { get; set; }

    /// <summary>Idle states of hosts, from Get-CStateConfig.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public CStateConfig[] CStateConfig { get; set; } = [];

    /// <summary>The report's heading; by default one with the environments' names.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>The report's language; by default that of the session's messages.</summary>
    [Parameter]
    [ValidateSet("en", "zh-CN")]
    public string? Language { get; set; }

    /// <summary>Confidence of the intervals and verdicts.</summary>
    [Parameter]
    [ValidateRange(0.5, 0.9999)]
    public double ConfidenceLevel { get; set; } = 0.95;

    /// <summary>Replaces an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Hands on the file, once it is written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private ReportText Text => Language switch
    {
        null => ReportText.Of(Host.CurrentUICulture),
        "en" => ReportText.English,
        _ => ReportText.Chinese,
    };

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _target = ExportTarget.Check(this, Path, "report.html", Force);
        try
        {
            _writer = ReportingLibrary.Instance.WriterOf(_target);
        }
        catch (Exception e) when (e is IOException or BadImageFormatException)
        {
            ThrowTerminatingError(ErrorFactory.ReportingMissing(ReportingLibrary.Instance.MainPath, e));
        }

        if (_writer is null)
        {
            ThrowTerminatingError(ErrorFactory.ReportFormatUnknown(_target, ReportingLibrary.Instance.Extensions));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Reference.Length > 1)
        {
            ThrowTerminatingError(ErrorFactory.SeveralReferences(Reference.Length));
        }

        if (Difference.Length > 1)
        {
            ThrowTerminatingError(ErrorFactory.SeveralDifferences(Difference.Length));
        }

        var request = new ReportRequest
        {
            Reference = EnvironmentOf(Reference[0]),
            Difference = EnvironmentOf(Difference[0]),
            After = After is null ? null : EnvironmentOf(After),
            CStateConfig = CStateConfig,
            Title = Title,
            Text = Text,
            Test = new TestRequest(ConfidenceLevel),
            CreatedUtc = DateTime.UtcNow,
        };
        if (ShouldProcess(_target, $"Export report of {request.Difference} against {request.Reference}"))
        {
            Write(request);
        }
    }

    private LatencyEnvironment EnvironmentOf(object item)
    {
        object? only = Unwrap.BaseObject(item) is object[] { Length: 1 } items ? items[0] : item;
        if (Unwrap.BaseObject(only) is LatencyEnvironment environment)
        {
            return environment;
        }

        ThrowTerminatingError(Unwrap.Refuse(only!, Wanted));
        throw new System.Diagnostics.UnreachableException();
    }

    private void Write(ReportRequest request)
    {
        try
        {
            LatencyReport report = ReportBuilder.Of(request);
            WholeFile.Write(_target, Force, stream => _writer!.Write(report, stream));
        }
        catch (ReportException e)
        {
            ThrowTerminatingError(ErrorFactory.Report(e, _target));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(!Force && File.Exists(_target) ? ErrorFactory.FileExists(_target) : ErrorFactory.FileNotWritten(_target, e));
        }

        if (PassThru)
        {
            WriteObject(new FileInfo(_target));
        }
    }
}
