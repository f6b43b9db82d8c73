namespace VirtLatency.Analysis;

/// <summary>What one run of one log says of a part.</summary>
/// <param name="Run">The run, as <see cref="Model.EnvironmentLog.Runs"/> names it.</param>
/// <param name="Values">A value per sample in us, in the order of the file; empty where only the mean was printed.</param>
/// <param name="Count">Samples behind the mean; more than the values where a reservoir kept a choice.</param>
/// <param name="MeanUs">The mean of all samples in us.</param>
/// <param name="IsOrdered">Whether the values stand in the file's order: a reservoir's do not.</param>
internal sealed record RunSamples(string Run, IReadOnlyList<double> Values, long Count, double MeanUs, bool IsOrdered);
