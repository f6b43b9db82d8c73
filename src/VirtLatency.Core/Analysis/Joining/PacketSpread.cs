using VirtLatency.Model;

namespace VirtLatency.Analysis.Joining;

/// <summary>Spread and quantiles of a computed part over the packets that join.</summary>
internal sealed class PacketSpread
{
    public static readonly PacketSpread None = new([]);

    private readonly List<double> _sorted;
    private readonly Moments _moments;

    private PacketSpread(List<double> sorted)
    {
        _sorted = sorted;
        foreach (double value in sorted)
        {
            _moments.Add((long)Math.Round(value * 1000));
        }
    }

    public double? StdDevUs => _moments.StdDevUs;

    public double? MinUs => _moments.MinUs;

    public double? MaxUs => _moments.MaxUs;

    /// <summary>The spread of all runs' samples together.</summary>
    public static PacketSpread Of(IReadOnlyList<RunPacketValues> runs)
    {
        var values = new List<double>(runs.Sum(run => run.ValuesUs.Count));
        foreach (RunPacketValues run in runs)
        {
            values.AddRange(run.ValuesUs);
        }

        values.Sort();
        return new PacketSpread(values);
    }

    public double? Quantile(double p, int least = 1) => Analysis.Quantile.Of(_sorted, p, least);

    /// <summary>Says so where the mean is of other packets too.</summary>
    public string? NoteFor(long meanCount) => _sorted.Count == 0 || _sorted.Count == meanCount
        ? null
        : FormattableString.Invariant($"spread and quantiles of the {_sorted.Count} packets that all these logs have");
}
