namespace VirtLatency.Reporting.Html.Charts;

/// <summary>What a colour of a picture means.</summary>
/// <param name="Look">The classes that its shapes have.</param>
/// <param name="Words">What it is, with its numbers where there is room for them here only.</param>
internal sealed record LegendEntry(string Look, string Words);
