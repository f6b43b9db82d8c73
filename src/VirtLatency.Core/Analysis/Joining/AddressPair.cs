using VirtLatency.Model;

namespace VirtLatency.Analysis.Joining;

/// <summary>
/// The two ends of a ping, in no order: builds differ in which one they print first. An end that a log does not print is
/// 0 and stands for any; it comes first.
/// </summary>
/// <param name="Low">The smaller address.</param>
/// <param name="High">The larger address.</param>
internal readonly record struct AddressPair(uint Low, uint High)
{
    /// <summary>True when both ends are known.</summary>
    public bool IsWhole => Low != 0;

    public static AddressPair Of(in SampleFlow flow) =>
        new(Math.Min(flow.Source, flow.Destination), Math.Max(flow.Source, flow.Destination));

    /// <summary>Whether this can be the given pair, as far as its ends are known.</summary>
    public bool Fits(AddressPair whole) => IsWhole ? this == whole : High == 0 || High == whole.Low || High == whole.High;
}
