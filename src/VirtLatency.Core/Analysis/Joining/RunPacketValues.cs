namespace VirtLatency.Analysis.Joining;

/// <summary>Samples of one run.</summary>
/// <param name="Run">The run; null where there is only one, without a name.</param>
/// <param name="ValuesUs">The samples in us, in packet order.</param>
internal sealed record RunSamples(string? Run, List<double> ValuesUs);
