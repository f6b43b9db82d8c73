using System.Management.Automation;
using VirtLatency.Environments;
using VirtLatency.Parsing;

namespace VirtLatency.Common;

/// <summary>Turns what reading says into the streams of a cmdlet. All calls come on the pipeline's thread.</summary>
internal sealed class CommandReport(PSCmdlet command) : IImportReport
{
    private ReadProgress? _progress;

    public void Verbose(string message) => command.WriteVerbose(message);

    public void Warning(string message) => command.WriteWarning(message);

    public void FileProblem(string path, Exception cause) => command.WriteError(ErrorFactory.File(path, cause));

    public void LineProblem(string path, ParseIssue issue) => command.WriteError(ErrorFactory.LineMalformed(path, issue));

    public IProgress<long>? ProgressOf(string path)
    {
        CompleteProgress();
        return _progress = new ReadProgress(command, path);
    }

    /// <summary>Takes the display of the file before away.</summary>
    public void CompleteProgress()
    {
        _progress?.Complete();
        _progress = null;
    }
}
