using VirtLatency.Environments;
using VirtLatency.Parsing;

namespace VirtLatency.Tests.Analysis;

/// <summary>Keeps what reading says.</summary>
internal sealed class RecordingReport : IImportReport
{
    public List<string> VerboseMessages { get; } = [];

    public List<string> Warnings { get; } = [];

    public List<(string Path, Exception Cause)> FileProblems { get; } = [];

    public List<(string Path, ParseIssue Issue)> LineProblems { get; } = [];

    public void Verbose(string message) => VerboseMessages.Add(message);

    public void Warning(string message) => Warnings.Add(message);

    public void FileProblem(string path, Exception cause) => FileProblems.Add((path, cause));

    public void LineProblem(string path, ParseIssue issue) => LineProblems.Add((path, issue));

    public IProgress<long>? ProgressOf(string path) => null;
}
