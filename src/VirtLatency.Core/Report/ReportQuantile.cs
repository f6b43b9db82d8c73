namespace VirtLatency.Report;

/// <summary>A point of a distribution.</summary>
/// <param name="Probability">0 to 1: the part of the samples that is not larger.</param>
/// <param name="ValueUs">The latency in us.</param>
public readonly record struct ReportQuantile(double Probability, double ValueUs);
