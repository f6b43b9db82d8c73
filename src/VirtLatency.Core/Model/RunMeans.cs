namespace VirtLatency.Model;

/// <summary>The means of one run of a log without samples.</summary>
/// <param name="Flow">What the run's packets share.</param>
/// <param name="Columns">One for each stored column.</param>
internal sealed record RunMeans(SampleFlow Flow, IReadOnlyList<ColumnMean>? Columns);
