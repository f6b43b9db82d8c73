using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Drawing.Spreadsheet;
using A = DocumentFormat.OpenXml.Drawing;
using C = DocumentFormat.OpenXml.Drawing.Charts;

namespace VirtLatency.Reporting.Workbook;

/// <summary>Where charts lie on their sheet, with texts for those who do not see them.</summary>
internal static class DrawingXml
{
    /// <summary>Units of drawings per pixel.</summary>
    private const long PerPixel = 9525;

    /// <summary>Makes the drawing of a sheet.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="ids">The relationship of each of its charts.</param>
    public static WorksheetDrawing Of(Sheet sheet, IReadOnlyList<string> ids) =>
        new(sheet.Charts.Select((chart, index) => Anchor(chart, ids[index], (uint)index + 2, sheet.Widths)));

    private static OneCellAnchor Anchor(SheetChart chart, string id, uint number, IReadOnlyList<double> widths)
    {
        (int column, int offset) = ColumnAt(chart.Left, widths);
        return new OneCellAnchor(
            new FromMarker(
                new ColumnId(column.ToString(CultureInfo.InvariantCulture)),
                new ColumnOffset((offset * PerPixel).ToString(CultureInfo.InvariantCulture)),
                new RowId((chart.Row - 1).ToString(CultureInfo.InvariantCulture)),
                new RowOffset("0")),
            new Extent { Cx = chart.Block.Width * PerPixel, Cy = chart.Block.Height * PerPixel },
            new GraphicFrame(
                new NonVisualGraphicFrameProperties(
                    new NonVisualDrawingProperties { Id = number, Name = chart.Block.Id, Description = CellText.Of(chart.Block.AltText) },
                    new NonVisualGraphicFrameDrawingProperties()),
                new Transform(new A.Offset { X = 0, Y = 0 }, new A.Extents { Cx = 0, Cy = 0 }),
                new A.Graphic(new A.GraphicData(new C.ChartReference { Id = id }) { Uri = "http://schemas.openxmlformats.org/drawingml/2006/chart" }))
            {
                Macro = string.Empty,
            },
            new ClientData());
    }

    /// <summary>The column, from 0, in which a distance from the left edge ends, and how far it reaches into it.</summary>
    private static (int Column, int Offset) ColumnAt(int left, IReadOnlyList<double> widths)
    {
        int column = 0;
        int rest = left;
        for (; column < widths.Count && rest >= PixelsOf(widths[column]); column++)
        {
            rest -= PixelsOf(widths[column]);
        }

        return (column, rest);
    }

    /// <summary>A digit of the default font takes seven pixels.</summary>
    private static int PixelsOf(double width) => (int)Math.Truncate((width * 7) + 0.5);
}
