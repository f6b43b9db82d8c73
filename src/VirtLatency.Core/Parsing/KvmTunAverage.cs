using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>One average of the closing block.</summary>
/// <param name="Line">Line in the file.</param>
/// <param name="Name">S0, S1, S2 or Total.</param>
/// <param name="SampleCount">Samples behind it; null where they are not printed.</param>
/// <param name="Mean">Nanoseconds, or <see cref="Latency.Missing"/> for n/a.</param>
/// <param name="Run">Run in the file, from 1.</param>
public readonly record struct KvmTunAverage(long Line, string Name, long? SampleCount, long Mean, int Run = 1);
