using VirtLatency.Environments;
using VirtLatency.Model;

namespace VirtLatency.Bench.Logs;

/// <summary>What Import-LatencyEnvironment does with one log named by its role.</summary>
internal static class OwnReader
{
    public static LatencyEnvironment Read(LogRole role, string path, bool keepsSamples = true) =>
        EnvironmentReader.Read(
            new EnvironmentRequest("bench", null, new Dictionary<LogRole, string> { [role] = path }, default, SampleStore.DefaultMaxSampleCount) { KeepsSamples = keepsSamples },
            new Silence());
}
