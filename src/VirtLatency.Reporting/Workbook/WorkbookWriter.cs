using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using VirtLatency.Report;

namespace VirtLatency.Reporting.Workbook;

/// <summary>A report as a workbook (Office Open XML): a sheet per table, real tables, native charts, no formulas.</summary>
internal sealed class WorkbookWriter : IReportWriter
{
    public void Write(LatencyReport report, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(stream);
        using var document = new MemoryStream();
        Build(report, document);
        document.Position = 0;
        FixedArchive.Copy(document, stream, report.CreatedUtc);
    }

    private static void Build(LatencyReport report, Stream stream)
    {
        using SpreadsheetDocument document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook);
        WorkbookPart book = document.AddWorkbookPart();
        document.ChangeIdOfPart(book, "workbook");
        IReadOnlyList<Sheet> sheets = WorkbookSheets.Of(report);
        var strings = new SharedStrings();
        var styles = new StyleBook();
        var writer = new WorksheetWriter(strings, styles);
        uint tables = 0;
        for (int i = 0; i < sheets.Count; i++)
        {
            WorksheetPart part = book.AddNewPart<WorksheetPart>(IdOf("sheet", i));
            string[] tableIds = [.. sheets[i].Tables.Select((table, index) => Add(part, table, IdOf("table", index), ++tables))];
            writer.Write(sheets[i], part, i == 0, Draw(part, sheets[i], report.Text.Language), tableIds);
        }

        strings.Write(book.AddNewPart<SharedStringTablePart>("strings"));
        styles.Write(book.AddNewPart<WorkbookStylesPart>("styles"));
        book.Workbook = BookOf(sheets);
        DocumentProperties.Write(document, report);
    }

    private static DocumentFormat.OpenXml.Spreadsheet.Workbook BookOf(IReadOnlyList<Sheet> sheets)
    {
        var book = new DocumentFormat.OpenXml.Spreadsheet.Workbook(
            new BookViews(new WorkbookView { ActiveTab = 0, TabRatio = 800 }),
            new Sheets(sheets.Select((sheet, index) => new DocumentFormat.OpenXml.Spreadsheet.Sheet { Name = CellText.Escape(sheet.Name), SheetId = (uint)index + 1, Id = IdOf("sheet", index) })));
        DefinedName[] printed =
        [
            .. sheets.Select((sheet, index) => (Sheet: sheet, Index: index)).Where(item => item.Sheet.PrintedRow is not null)
                .Select(item => new DefinedName(CellName.RowOnSheet(item.Sheet.Name, item.Sheet.PrintedRow!.Value)) { Name = "_xlnm.Print_Titles", LocalSheetId = (uint)item.Index }),
        ];
        if (printed.Length > 0)
        {
            book.Append(new DefinedNames(printed));
        }

        return book;
    }

    private static string Add(WorksheetPart part, SheetTable table, string id, uint number)
    {
        part.AddNewPart<TableDefinitionPart>(id).Table = TableXml.Of(table, number);
        return id;
    }

    /// <summary>Adds a sheet's charts; null where it has none.</summary>
    private static string? Draw(WorksheetPart part, Sheet sheet, string language)
    {
        const string Id = "drawing";
        if (sheet.Charts.Count == 0)
        {
            return null;
        }

        DrawingsPart drawing = part.AddNewPart<DrawingsPart>(Id);
        for (int i = 0; i < sheet.Charts.Count; i++)
        {
            drawing.AddNewPart<ChartPart>(IdOf("chart", i)).ChartSpace = ChartXml.Of(sheet.Charts[i].Block, language);
        }

        drawing.WorksheetDrawing = DrawingXml.Of(sheet, [.. sheet.Charts.Select((_, index) => IdOf("chart", index))]);
        return Id;
    }

    private static string IdOf(string kind, int index) => FormattableString.Invariant($"{kind}{index + 1}");
}
