using VirtLatency.Environments;
using VirtLatency.Model;

namespace VirtLatency.Tests.Analysis;

/// <summary>Environments read from folders.</summary>
internal static class TestEnvironments
{
    public static LatencyEnvironment Example(string name) => Read(Path.Combine(RepositoryFolder.ExampleData, name));

    public static LatencyEnvironment Read(
        string folder,
        RecordingReport? report = null,
        int maxSampleCount = SampleStore.DefaultMaxSampleCount,
        IReadOnlyDictionary<LogRole, string>? named = null,
        SampleSelection selection = default) => EnvironmentReader.Read(
            new EnvironmentRequest(Path.GetFileName(folder), folder, named ?? new Dictionary<LogRole, string>(), selection, maxSampleCount),
            report ?? new RecordingReport());
}
