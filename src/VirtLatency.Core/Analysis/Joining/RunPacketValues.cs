namespace VirtLatency.Analysis.Joining;

/// <summary>Values that joined packets of one run have of a part.</summary>
/// <param name="Run">The run; null where there is only one, without a name.</param>
/// <param name="ValuesUs">A value per packet in us, in packet order.</param>
internal sealed record RunPacketValues(string? Run, List<double> ValuesUs);
