namespace VirtLatency.Reporting.Workbook;

/// <summary>A chart with the cells that its numbers stand in.</summary>
internal sealed record ChartBlock
{
    /// <summary>The report's id of the picture.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>What stands beside the axis of values: what they are, with their unit.</summary>
    public required string Axis { get; init; }

    /// <summary>What it shows in words and numbers, for those who do not see it.</summary>
    public required string AltText { get; init; }

    /// <summary>What to know when looking at it; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Series lie on each other rather than beside each other.</summary>
    public required bool IsStacked { get; init; }

    /// <summary>Bars from left to right, the first category uppermost, rather than columns.</summary>
    public required bool IsHorizontal { get; init; }

    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>The cells of the categories.</summary>
    public required string CategoriesAt { get; init; }

    public required IReadOnlyList<ChartSeries> Series { get; init; }

    /// <summary>The cells of all that.</summary>
    public required IReadOnlyList<SheetRow> Rows { get; init; }

    /// <summary>In pixels.</summary>
    public int Width => IsHorizontal ? 900 : Categories.Count > 3 ? 900 : 560;

    /// <summary>In pixels.</summary>
    public int Height => IsHorizontal ? Math.Clamp(160 + (Categories.Count * (IsStacked ? 70 : 16 + (14 * Series.Count))), 280, 1100) : 440;
}
