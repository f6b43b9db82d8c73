using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Drawing.Charts;
using A = DocumentFormat.OpenXml.Drawing;
using Index = DocumentFormat.OpenXml.Drawing.Charts.Index;

namespace VirtLatency.Reporting.Workbook;

/// <summary>A bar or column chart in the terms of the format, with a copy of its numbers for programs that do not look them up.</summary>
internal static class ChartXml
{
    private const uint CategoryAxisId = 1;
    private const uint ValueAxisId = 2;

    public static ChartSpace Of(ChartBlock block, string language) => new(
        new Date1904 { Val = false },
        new EditingLanguage { Val = language },
        new RoundedCorners { Val = false },
        new Chart(
            ChartText.Title(block.Title, size: 1400, isTurned: false),
            new AutoTitleDeleted { Val = false },
            new PlotArea(new Layout(), Bars(block), Categories(block), Values(block)),
            LegendOf(block),
            new PlotVisibleOnly { Val = false },
            new DisplayBlanksAs { Val = DisplayBlanksAsValues.Gap }),
        new ChartShapeProperties(ChartText.Solid(Colours.Neutral), new A.Outline(ChartText.Solid(Colours.Line))));

    private static BarChart Bars(ChartBlock block)
    {
        var chart = new BarChart(
            new BarDirection { Val = block.IsHorizontal ? BarDirectionValues.Bar : BarDirectionValues.Column },
            new BarGrouping { Val = block.IsStacked ? BarGroupingValues.Stacked : BarGroupingValues.Clustered },
            new VaryColors { Val = false });
        chart.Append(block.Series.Select((series, index) => ChartSeriesXml.Of(series, block, (uint)index)));
        chart.Append(new GapWidth { Val = 50 });
        if (block.IsStacked)
        {
            chart.Append(new Overlap { Val = 100 });
        }

        chart.Append(new AxisId { Val = CategoryAxisId }, new AxisId { Val = ValueAxisId });
        return chart;
    }

    /// <summary>Labels stay at the edge when values lie below 0; of bars, the first is uppermost.</summary>
    private static CategoryAxis Categories(ChartBlock block) => new(
        new AxisId { Val = CategoryAxisId },
        new Scaling(new Orientation { Val = block.IsHorizontal ? OrientationValues.MaxMin : OrientationValues.MinMax }),
        new Delete { Val = false },
        new AxisPosition { Val = block.IsHorizontal ? AxisPositionValues.Left : AxisPositionValues.Bottom },
        new NumberingFormat { FormatCode = "General", SourceLinked = false },
        new MajorTickMark { Val = TickMarkValues.None },
        new MinorTickMark { Val = TickMarkValues.None },
        new TickLabelPosition { Val = TickLabelPositionValues.Low },
        new ChartShapeProperties(new A.Outline(ChartText.Solid(Colours.Faint))),
        ChartText.Letters(900),
        new CrossingAxis { Val = ValueAxisId },
        new Crosses { Val = CrossesValues.AutoZero },
        new AutoLabeled { Val = true },
        new LabelAlignment { Val = LabelAlignmentValues.Center },
        new LabelOffset { Val = 100 },
        new NoMultiLevelLabels { Val = true });

    private static ValueAxis Values(ChartBlock block) => new(
        new AxisId { Val = ValueAxisId },
        new Scaling(new Orientation { Val = OrientationValues.MinMax }),
        new Delete { Val = false },
        new AxisPosition { Val = block.IsHorizontal ? AxisPositionValues.Bottom : AxisPositionValues.Left },
        new MajorGridlines(new ChartShapeProperties(new A.Outline(ChartText.Solid(Colours.Line)))),
        ChartText.Title(block.Axis, size: 1000, isTurned: !block.IsHorizontal),
        new NumberingFormat { FormatCode = "0", SourceLinked = false },
        new MajorTickMark { Val = TickMarkValues.Outside },
        new MinorTickMark { Val = TickMarkValues.None },
        new TickLabelPosition { Val = TickLabelPositionValues.NextTo },
        new ChartShapeProperties(new A.Outline(ChartText.Solid(Colours.Faint))),
        ChartText.Letters(900),
        new CrossingAxis { Val = CategoryAxisId },
        new Crosses { Val = block.IsHorizontal ? CrossesValues.Maximum : CrossesValues.AutoZero },
        new CrossBetween { Val = CrossBetweenValues.Between });

    private static Legend LegendOf(ChartBlock block)
    {
        var legend = new Legend(new LegendPosition { Val = LegendPositionValues.Bottom });
        for (int i = 0; i < block.Series.Count; i++)
        {
            if (!block.Series[i].IsInLegend)
            {
                legend.Append(new LegendEntry(new Index { Val = (uint)i }, new Delete { Val = true }));
            }
        }

        legend.Append(new Overlay { Val = false }, ChartText.Letters(900));
        return legend;
    }
}
