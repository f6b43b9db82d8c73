using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Drawing.Charts;
using A = DocumentFormat.OpenXml.Drawing;
using Index = DocumentFormat.OpenXml.Drawing.Charts.Index;

namespace VirtLatency.Reporting.Workbook;

/// <summary>A series of a bar chart in the terms of the format.</summary>
internal static class ChartSeriesXml
{
    private const string Format = "0.0";

    public static BarChartSeries Of(ChartSeries series, ChartBlock block, uint number)
    {
        var element = new BarChartSeries(
            new Index { Val = number },
            new Order { Val = number },
            new SeriesText(new StringReference(new Formula(series.NameAt), Texts([series.Name]))),
            new ChartShapeProperties(series.Colour is { } colour ? ChartText.Solid(colour) : new A.NoFill(), new A.Outline(new A.NoFill())),
            new InvertIfNegative { Val = false });
        if (series.Colour is not null)
        {
            element.Append(series.Bounds.Order().Select(index => Bound(index, series.Colour)));
        }

        element.Append(
            Labels(series, block),
            new CategoryAxisData(new StringReference(new Formula(block.CategoriesAt), Texts(block.Categories))),
            new Values(new NumberReference(new Formula(series.ValuesAt), Numbers(series.Values))));
        return element;
    }

    /// <summary>A bound is hatched: it is no measurement.</summary>
    private static DataPoint Bound(int index, string colour) => new(
        new Index { Val = (uint)index },
        new InvertIfNegative { Val = false },
        new Bubble3D { Val = false },
        new ChartShapeProperties(
            new A.PatternFill(new A.ForegroundColor(new A.RgbColorModelHex { Val = colour }), new A.BackgroundColor(new A.RgbColorModelHex { Val = Colours.Neutral })) { Preset = A.PresetPatternValues.WideUpwardDiagonal },
            new A.Outline(ChartText.Solid(colour))));

    private static DataLabels Labels(ChartSeries series, ChartBlock block)
    {
        var labels = new DataLabels();
        if (series.Labelled.Count == 0)
        {
            labels.Append(Shown(isShown: false));
            return labels;
        }

        labels.Append(Enumerable.Range(0, series.Values.Count).Where(index => !series.Labelled.Contains(index)).Select(index => new DataLabel(new Index { Val = (uint)index }, new Delete { Val = true })));
        labels.Append(
            new NumberingFormat { FormatCode = Format, SourceLinked = false },
            new ChartShapeProperties(new A.NoFill()),
            ChartText.Letters(800),
            new DataLabelPosition { Val = block.IsStacked ? DataLabelPositionValues.Center : DataLabelPositionValues.OutsideEnd });
        labels.Append(Shown(isShown: true));
        return labels;
    }

    private static OpenXmlElement[] Shown(bool isShown) =>
    [
        new ShowLegendKey { Val = false },
        new ShowValue { Val = isShown },
        new ShowCategoryName { Val = false },
        new ShowSeriesName { Val = false },
        new ShowPercent { Val = false },
        new ShowBubbleSize { Val = false },
    ];

    private static StringCache Texts(IReadOnlyList<string> texts)
    {
        var cache = new StringCache(new PointCount { Val = (uint)texts.Count });
        cache.Append(texts.Select((text, index) => new StringPoint(new NumericValue(CellText.Escape(text))) { Index = (uint)index }));
        return cache;
    }

    /// <summary>A value that there is not has no point.</summary>
    private static NumberingCache Numbers(IReadOnlyList<double?> values)
    {
        var cache = new NumberingCache(new FormatCode(Format), new PointCount { Val = (uint)values.Count });
        for (int i = 0; i < values.Count; i++)
        {
            if (values[i] is { } value)
            {
                cache.Append(new NumericPoint(new NumericValue(value.ToString("R", CultureInfo.InvariantCulture))) { Index = (uint)i });
            }
        }

        return cache;
    }
}
