using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace VirtLatency.Reporting.Workbook;

/// <summary>Writes a sheet row by row, so that a long one is never in memory as a tree; its parts stand in the order of the schema.</summary>
/// <param name="strings">The workbook's texts.</param>
/// <param name="styles">The workbook's styles.</param>
internal sealed class WorksheetWriter(SharedStrings strings, StyleBook styles)
{
    private const uint PaperA4 = 9;

    /// <summary>Writes the sheet.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="part">Where it goes.</param>
    /// <param name="isFirst">True for the sheet that is seen when the file is opened.</param>
    /// <param name="drawingId">The relationship of its charts; null without charts.</param>
    /// <param name="tableIds">The relationships of its tables.</param>
    public void Write(Sheet sheet, WorksheetPart part, bool isFirst, string? drawingId, IReadOnlyList<string> tableIds)
    {
        using OpenXmlWriter writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(new SheetProperties(new PageSetupProperties { FitToPage = true }));
        writer.WriteElement(new SheetViews(View(sheet, isFirst)));
        writer.WriteElement(new SheetFormatProperties { DefaultRowHeight = 15 });
        writer.WriteElement(new Columns(sheet.Widths.Select(Column)));
        writer.WriteStartElement(new SheetData());
        foreach (SheetRow row in sheet.Rows)
        {
            writer.WriteElement(RowOf(row));
        }

        writer.WriteEndElement();
        foreach (OpenXmlElement element in After(sheet, drawingId, tableIds))
        {
            writer.WriteElement(element);
        }

        writer.WriteEndElement();
    }

    private static IEnumerable<OpenXmlElement> After(Sheet sheet, string? drawingId, IReadOnlyList<string> tableIds)
    {
        if (sheet.Merged.Count > 0)
        {
            yield return new MergeCells(sheet.Merged.Select(area => new MergeCell { Reference = area })) { Count = (uint)sheet.Merged.Count };
        }

        for (int i = 0; i < sheet.Scales.Count; i++)
        {
            yield return Scale(sheet.Scales[i], i + 1);
        }

        if (sheet.Links.Count > 0)
        {
            yield return new Hyperlinks(sheet.Links.Select(link => new Hyperlink { Reference = link.Cell, Location = CellName.Quote(link.Sheet) + "!A1", Display = link.Sheet }));
        }

        yield return new PageMargins { Left = 0.4, Right = 0.4, Top = 0.5, Bottom = 0.6, Header = 0.3, Footer = 0.3 };
        yield return new PageSetup { PaperSize = PaperA4, Orientation = OrientationValues.Landscape, FitToWidth = 1, FitToHeight = 0 };
        yield return new HeaderFooter(new OddFooter("&L&A&R&P / &N"));
        if (drawingId is not null)
        {
            yield return new DocumentFormat.OpenXml.Spreadsheet.Drawing { Id = drawingId };
        }

        if (tableIds.Count > 0)
        {
            yield return new TableParts(tableIds.Select(id => new TablePart { Id = id })) { Count = (uint)tableIds.Count };
        }
    }

    private static SheetView View(Sheet sheet, bool isFirst)
    {
        var view = new SheetView { WorkbookViewId = 0, ShowGridLines = false, TabSelected = isFirst ? true : null };
        if (sheet.FrozenRows > 0)
        {
            view.Append(new Pane
            {
                VerticalSplit = sheet.FrozenRows,
                HorizontalSplit = sheet.FrozenColumns > 0 ? sheet.FrozenColumns : null,
                TopLeftCell = CellName.Of(sheet.FrozenRows + 1, sheet.FrozenColumns + 1),
                ActivePane = sheet.FrozenColumns > 0 ? PaneValues.BottomRight : PaneValues.BottomLeft,
                State = PaneStateValues.Frozen,
            });
        }

        return view;
    }

    private static Column Column(double width, int index) => new() { Min = (uint)index + 1, Max = (uint)index + 1, Width = Math.Round(width, 2), CustomWidth = true };

    private Row RowOf(SheetRow row)
    {
        var element = new Row { RowIndex = (uint)row.Index };
        if (row.Height is { } height)
        {
            element.Height = Math.Round(height, 2);
            element.CustomHeight = row.IsHeightFixed ? true : null;
        }

        element.Append(row.Cells.Select(cell => CellOf(row.Index, cell)));
        return element;
    }

    private Cell CellOf(int row, SheetCell cell)
    {
        var element = new Cell { CellReference = CellName.Of(row, cell.Column), StyleIndex = styles.NumberOf(cell.Style) };
        if (cell.Text is { } text)
        {
            element.DataType = CellValues.SharedString;
            element.CellValue = new CellValue(strings.PlaceOf(text).ToString(CultureInfo.InvariantCulture));
        }
        else if (cell.Number is { } number)
        {
            element.CellValue = new CellValue(number.ToString("R", CultureInfo.InvariantCulture));
        }

        return element;
    }

    private static ConditionalFormatting Scale(ColourScale scale, int priority)
    {
        string most = scale.Most.ToString("R", CultureInfo.InvariantCulture);
        return new ConditionalFormatting(new ConditionalFormattingRule(new ColorScale(
            Limit("-" + most),
            Limit("0"),
            Limit(most),
            Colour(scale.Below),
            Colour(Colours.Neutral),
            Colour(scale.Above)))
        {
            Type = ConditionalFormatValues.ColorScale,
            Priority = priority,
        })
        {
            SequenceOfReferences = new ListValue<StringValue>(scale.Cells.Select(cell => new StringValue(cell))),
        };
    }

    private static ConditionalFormatValueObject Limit(string value) => new() { Type = ConditionalFormatValueObjectValues.Number, Val = value };

    private static Color Colour(string colour) => new() { Rgb = "FF" + colour };
}
