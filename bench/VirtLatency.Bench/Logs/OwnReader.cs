using VirtLatency.Environments;
using VirtLatency.Model;
using VirtLatency.Parsing;

namespace VirtLatency.Bench.Logs;

/// <summary>What Import-LatencyEnvironment does with one log named by its role.</summary>
internal static class OwnReader
{
    public static LatencyEnvironment Read(LogRole role, string path) => Read(new Dictionary<LogRole, string> { [role] = path });

    public static LatencyEnvironment Read(IReadOnlyDictionary<LogRole, string> logs) =>
        EnvironmentReader.Read(new EnvironmentRequest("bench", null, logs, default, SampleStore.DefaultMaxSampleCount), new Silence());

    private sealed class Silence : IImportReport
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
}
