namespace VirtLatency.Reporting.Workbook;

/// <summary>What a chart draws in one colour, and where its numbers stand.</summary>
/// <param name="Name">Its name.</param>
/// <param name="NameAt">The cell of the name.</param>
/// <param name="Values">Its values in us, one per category; null for nothing to draw.</param>
/// <param name="ValuesAt">The cells of the values.</param>
internal sealed record ChartSeries(string Name, string NameAt, IReadOnlyList<double?> Values, string ValuesAt)
{
    /// <summary>Its colour; null for one that is not drawn, but stacked.</summary>
    public string? Colour { get; init; }

    /// <summary>False for what would only repeat another's colour in the legend.</summary>
    public bool IsInLegend { get; init; } = true;

    /// <summary>Categories whose value is written beside it.</summary>
    public IReadOnlySet<int> Labelled { get; init; } = new HashSet<int>();

    /// <summary>Categories whose value is an upper bound: hatched.</summary>
    public IReadOnlySet<int> Bounds { get; init; } = new HashSet<int>();
}
