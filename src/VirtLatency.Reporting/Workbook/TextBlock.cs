namespace VirtLatency.Reporting.Workbook;

/// <summary>Text over several columns: merged cells, whose height no program finds by itself.</summary>
internal static class TextBlock
{
    private const double LineHeight = 15;

    /// <summary>Letters are narrower than digits, but lines break at words.</summary>
    private const double FillOfLine = 0.95;

    /// <summary>A row with the text in column A, as high as it needs to be over so many digits of width.</summary>
    public static SheetRow Row(int index, string text, CellStyle style, double width)
    {
        int lines = text.Split('\n').Sum(line => Math.Max(1, (int)Math.Ceiling(CellText.WidthOf(line) * style.Size / 11.0 / (width * FillOfLine))));
        return new SheetRow(index, [SheetCell.Of(1, text, style)]) { Height = lines * LineHeight * style.Size / 11.0 };
    }

    /// <summary>Columns from A on that together are about as wide as can be read: at least one.</summary>
    public static int ColumnsFor(IReadOnlyList<double> widths, double wanted)
    {
        double sum = 0;
        for (int i = 0; i < widths.Count; i++)
        {
            sum += widths[i];
            if (sum >= wanted)
            {
                return i + 1;
            }
        }

        return Math.Max(1, widths.Count);
    }
}
