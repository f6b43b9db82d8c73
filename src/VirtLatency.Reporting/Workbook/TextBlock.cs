namespace VirtLatency.Reporting.Workbook;

/// <summary>Text over several columns: merged cells, whose height no program finds by itself.</summary>
internal static class TextBlock
{
    /// <summary>A line of text of the default size in points.</summary>
    public const double LineHeight = 15;

    /// <summary>The default font's letters are narrower than its digits; the fonts that stand in for it are wider.</summary>
    private const double FillOfLine = 0.93;

    /// <summary>A row with the text in column A, as high as it needs to be over so many digits of width.</summary>
    public static SheetRow Row(int index, string text, CellStyle style, double width)
    {
        double size = style.Size / 11.0;
        return new SheetRow(index, SheetCell.Of(1, text, style)) { Height = LinesOf(text, width / size) * LineHeight * size, IsHeightFixed = true };
    }

    /// <summary>Lines that a text takes in a width of digits when it breaks at words.</summary>
    public static int LinesOf(string text, double width) => text.Split('\n').Sum(line => CellText.WidthOf(line) <= width ? 1 : LinesOfLine(line, width * FillOfLine));

    private static int LinesOfLine(string line, double width)
    {
        (int lines, double filled) = (1, 0);
        foreach (string word in line.Split(' '))
        {
            double length = CellText.WidthOf(word);
            if (filled > 0 && filled + length > width)
            {
                (lines, filled) = (lines + 1, 0);
            }

            // A word that is longer than a line is cut.
            int more = (int)Math.Floor(length / width);
            (lines, filled) = (lines + more, filled + length - (more * width) + 1);
        }

        return lines;
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
