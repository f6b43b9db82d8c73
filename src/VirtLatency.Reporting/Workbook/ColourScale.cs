namespace VirtLatency.Reporting.Workbook;

/// <summary>Colours of differences: white at 0, and at the same distance above and below equally strong.</summary>
/// <param name="Cells">The cells.</param>
/// <param name="Most">The distance from 0 with the full colour, above 0.</param>
/// <param name="Below">Colour at -Most.</param>
/// <param name="Above">Colour at +Most.</param>
internal sealed record ColourScale(IReadOnlyList<string> Cells, double Most, string Below, string Above);
