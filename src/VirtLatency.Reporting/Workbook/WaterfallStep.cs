namespace VirtLatency.Reporting.Workbook;

/// <summary>
/// A column of a waterfall that is made of stacked columns. What is above 0 and what is below 0 are stacked apart from each
/// other, so a column has a base that is not drawn and a piece on each side of 0; one that crosses 0 has no base.
/// </summary>
/// <param name="Base">Up to where nothing is drawn, from 0: above 0 or below it; null for nothing.</param>
/// <param name="Above">The piece above 0; null for none.</param>
/// <param name="Below">The piece below 0, itself below 0; null for none.</param>
internal readonly record struct WaterfallStep(double? Base, double? Above, double? Below)
{
    /// <summary>The column between two levels.</summary>
    public static WaterfallStep Between(double from, double to)
    {
        (double low, double high) = (Math.Min(from, to), Math.Max(from, to));
        double start = low > 0 ? low : high < 0 ? high : 0;
        return new WaterfallStep(OrNull(start), OrNull(Math.Max(high, 0) - Math.Max(low, 0)), OrNull(Math.Min(low, 0) - Math.Min(high, 0)));
    }

    private static double? OrNull(double value) => value == 0 ? null : value;
}
