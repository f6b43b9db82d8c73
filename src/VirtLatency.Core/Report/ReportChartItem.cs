using VirtLatency.Model;

namespace VirtLatency.Report;

/// <summary>One thing that a chart draws, with a value for each series.</summary>
/// <param name="Id">Stable name: the part's id.</param>
/// <param name="Label">What to write beside it, in the report's language.</param>
/// <param name="Values">In us, one per series; null where that series has none: draw nothing, never 0.</param>
public sealed record ReportChartItem(string Id, string Label, IReadOnlyList<double?> Values)
{
    /// <summary>The weakest basis among its values; an UpperBound is to look like one.</summary>
    public Basis? Basis { get; init; }

    /// <summary>In a waterfall: true for a whole, false for a step.</summary>
    public bool IsTotal { get; init; }

    /// <summary>In a path: where the item lies; null in other charts.</summary>
    public ReportLane? Lane { get; init; }

    /// <summary>In a path: Request, TurnRound, Reply or Both.</summary>
    public string? Direction { get; init; }

    /// <summary>In a path: the item that holds this one, which was measured inside it, perhaps in another run; null for items that add up.</summary>
    public string? Container { get; init; }
}
