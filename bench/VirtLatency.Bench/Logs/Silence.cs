using VirtLatency.Environments;
using VirtLatency.Parsing;

namespace VirtLatency.Bench.Logs;

/// <summary>Hears what reading says and keeps nothing; a file that cannot be read ends the benchmark.</summary>
internal sealed class Silence : IImportReport
{
    public void Verbose(string message)
    {
    }

    public void Warning(string message)
    {
    }

    public void FileProblem(string path, Exception cause) => throw new InvalidOperationException(path, cause);

    public void LineProblem(string path, ParseIssue issue)
    {
    }

    public IProgress<long>? ProgressOf(string path) => null;
}
